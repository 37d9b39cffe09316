import pytest

from models.serving.languages.plain_english import is_plainly_english


@pytest.mark.parametrize(
    "text",
    [
        "I think that this is the best article you have had for a long time.",
        "It’s not what they said – and we all know it…",
    ],
)
def test_english_with_its_little_words_everywhere_is_plain(text: str) -> None:
    assert is_plainly_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Rubbish.",
        "Dit is een heel goed artikel.",
        "See on vaga hea artikkel",
        "I think that you should all go there. Du bist ein dummer Esel und sollst schweigen.",
        "I think that you should all go there and ты дурак",
        "a a a u i m u i e",
    ],
)
def test_what_another_language_may_be_in_is_left_to_the_model(text: str) -> None:
    assert not is_plainly_english(text)
