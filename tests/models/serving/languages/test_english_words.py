import gzip

import pytest

from models.serving.languages.english_words import (
    EnglishWords,
    WordKind,
    are_english,
    may_be_english,
    say_little,
)
from models.serving.languages.language_features import sentences_of_words
from models.serving.languages.words_file import pack_words, unpack_words
from models.serving.weights_file import WrongWeights

KINDS = {
    **dict.fromkeys(("great", "thanks", "think", "you", "with", "have"), WordKind.OWN),
    **dict.fromkeys(("photo", "is", "was", "lol"), WordKind.SHARED),
    **dict.fromkeys(("die", "belle"), WordKind.COMMON),
    **dict.fromkeys(("danke", "vete", "mierda", "tot"), WordKind.FOREIGN),
    **dict.fromkeys(("paris", "merkel"), WordKind.NAME),
}
WORDS = EnglishWords(KINDS)


def kinds(text: str) -> list[list[WordKind]]:
    return WORDS.kinds_of(sentences_of_words(text), text)


@pytest.mark.parametrize("text", ["Great photo!", "Thanks", "I think you have a great photo, lol"])
def test_words_that_are_english_alone_prove_it(text: str) -> None:
    assert WORDS.is_plain(text)


@pytest.mark.parametrize("text", ["", "123", "Danke", "photo lol", "die belle", "great xyzzy"])
def test_other_words_prove_nothing(text: str) -> None:
    assert not WORDS.is_plain(text)


def test_a_few_foreign_words_in_a_long_english_text_are_seen_wherever_they_stand() -> None:
    english = ["thanks", "great", "think", "you", "with", "have"] * 5
    for place in range(len(english) + 1):
        text = " ".join([*english[:place], "vete", "mierda", *english[place:]])

        assert not WORDS.is_plain(text)


def test_a_word_that_begins_with_a_capital_in_a_sentence_is_taken_for_a_name() -> None:
    assert kinds("Great photo, Xyzzy")[0][-1] is WordKind.TITLE
    assert kinds("Xyzzy great")[0][0] is WordKind.UNKNOWN
    assert are_english(kinds("Thanks Xyzzy"))


def test_a_letter_that_is_held_down_changes_no_word_and_laughter_is_none() -> None:
    assert kinds("greaaaat haha hahahahah mmmm") == [[WordKind.OWN, *[WordKind.FILLER] * 3]]


def test_a_word_with_an_accent_that_english_does_not_have_is_foreign() -> None:
    assert kinds("väga") == [[WordKind.FOREIGN]]


@pytest.mark.parametrize("text", ["lol", "lol photo", "Merkel", "Paris haha", "Danis Merkel"])
def test_two_words_of_any_language_and_names_say_little(text: str) -> None:
    assert say_little(kinds(text), text)


@pytest.mark.parametrize("text", ["Danke", "die", "belle photo", "xyzzy", "Xyzzy", "is was lol"])
def test_what_may_well_be_another_language_says_something(text: str) -> None:
    assert not say_little(kinds(text), text)


def test_a_model_is_believed_where_the_words_allow_it() -> None:
    assert may_be_english(kinds("great xyzzy"))
    assert not may_be_english(kinds("great xyzzy plugh"))
    assert not may_be_english(kinds("danke great photo lol"))


def test_a_sentence_with_a_foreign_word_must_be_english_by_itself() -> None:
    english = "I think you have great thanks, great thanks"

    assert are_english(kinds(f"{english}."))
    assert not WORDS.is_plain(f"Die danke. {english}.")
    assert not are_english(kinds(f"Die danke. {english}."))
    assert not may_be_english(kinds(f"{english}. Die danke."))


def test_words_are_written_alike_and_read_back() -> None:
    content = pack_words(KINDS)

    assert content == pack_words(dict(reversed(KINDS.items())))
    assert unpack_words(content).kinds == KINDS


@pytest.mark.parametrize(
    "content", [b"", b"words", gzip.compress(b"\xff\n\n\n\n", mtime=0), b"\x1f\x8b"]
)
def test_a_file_that_is_no_list_of_words_is_refused(content: bytes) -> None:
    with pytest.raises(WrongWeights):
        unpack_words(content)


def test_a_file_with_another_number_of_lists_is_refused() -> None:
    with pytest.raises(WrongWeights, match="1 line"):
        unpack_words(gzip.compress(b"great photo"))


def test_a_file_that_unpacks_to_no_end_is_refused() -> None:
    with pytest.raises(WrongWeights):
        unpack_words(gzip.compress(b"a " * (3 << 20)))
