from models.serving.languages.text_parts import ReadText


def test_short_sentences_are_a_part_together_so_that_nothing_is_left_out() -> None:
    text = ReadText("Thanks. Du Idiot! Halt dein dummes Maul... Ja")

    assert text.parts == ["thanks du idiot halt dein dummes maul ja"]


def test_a_long_sentence_is_several_parts() -> None:
    words = [f"word{letter}" for letter in "abcdefghijklmnop"]

    assert ReadText(" ".join(words)).parts == [" ".join(words[:10]), " ".join(words[10:])]
