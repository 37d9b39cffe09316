import pytest
from hypothesis import example, given

from models.features.normalise import normalise
from models.features.normalise_offsets import normalise_traced
from tests.support.strategies import ANY_TEXT


def origin(text: str, word: str) -> str:
    """The part of the text that `word` of its plain form comes from."""
    traced = normalise_traced(text)
    first = traced.text.index(word)
    last = first + len(word) - 1
    return text[traced.begins[first] : traced.ends[last]]


@pytest.mark.parametrize(
    ("text", "word", "written"),
    [
        ("you STUPID man", "stupid", "STUPID"),
        ("you s t u p i d man", "stupid", "s t u p i d"),
        ("you stu\u200bpid man", "stupid", "stu\u200bpid"),
        ("you stu\U0001d173pid man", "stupid", "stu\U0001d173pid"),
        (
            "you\u2800s\u2800t\u2800u\u2800p\u2800i\u2800d",
            "stupid",
            "s\u2800t\u2800u\u2800p\u2800i\u2800d",
        ),
        ("you \ufb01lthy man", "filthy", "\ufb01lthy"),
        ("you stu\u0308pid\u0336 man", "stupid", "stu\u0308pid"),
        ("so stuuuuupid!!!!", "stupid", "stuuuuupid"),
        ("see https://example.com now", "<link>", "https://example.com"),
        ("\x00\u202e a$$ ", "ass", "a$$"),
    ],
)
def test_a_plain_word_leads_back_to_what_was_written(text: str, word: str, written: str) -> None:
    assert origin(text, word) == written


@given(ANY_TEXT)
@example("\ud800")
@example("\u0344\u0f73\u0f81\u20dd\u0301\u0323")
@example("ﷺ" * 900)
@example("a" * 9_000 + "b" * 9_000)
def test_the_traced_text_is_the_plain_text_and_lies_in_the_original(text: str) -> None:
    traced = normalise_traced(text)

    assert traced.text == normalise(text)
    assert len(traced.begins) == len(traced.ends) == len(traced.text)
    places = zip(traced.begins, traced.ends, strict=True)
    assert all(0 <= begin < end <= len(text) for begin, end in places)
