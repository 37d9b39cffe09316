"""Notes, and reasons of sanctions: what can be kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.review.notes import MAX_NOTE, InvalidNote, note_text
from moderation.sanctions import InvalidSanction, sanction_reason


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" Asked the author. ", "Asked the author."),
        ("two\r\nlines\n", "two\nlines"),
        ("e\u0301" * MAX_NOTE, "\u00e9" * MAX_NOTE),
    ],
)
def test_a_note_is_kept_without_spaces_around_it(value: str, text: str) -> None:
    assert note_text(value) == text


@pytest.mark.parametrize(
    "value", ["", " \n ", "a\0b", "a\ud800", "x" * (MAX_NOTE + 1), "\x1b[2J", "\u2800\u3164"]
)
def test_what_is_no_note_is_refused(value: str) -> None:
    with pytest.raises(InvalidNote, match="a note is 1 to 1,000 characters"):
        note_text(value)


@given(st.text())
def test_a_note_that_is_kept_can_be_stored(value: str) -> None:
    try:
        text = note_text(value)
    except InvalidNote:
        return

    assert note_text(text) == text
    assert "\0" not in text
    assert text.encode()


@pytest.mark.parametrize("value", ["", " ", "x" * 301, "a\0b", "a\u202eb", "\u2800"])
def test_a_sanction_needs_a_reason_that_can_be_read(value: str) -> None:
    with pytest.raises(InvalidSanction, match="say why"):
        sanction_reason(value)


def test_a_reason_is_one_line() -> None:
    assert sanction_reason("  spam,\n again ") == "spam, again"
