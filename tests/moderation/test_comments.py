"""What a submission may be: the limits, the same on both databases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.comments import InvalidComment, Submission

LONG = "https://paper.example/?gclid=" + "x" * 2_100
USUAL = {"site": "demo", "page": "/a", "name": "Ada", "text": "Well argued."}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "x"),
        ("name", "x" * 80),
        ("name", "е\u0301" * 40),  # counted after NFC
        ("text", "x" * 10_000),
        ("text", "two\nlines\tand a tab"),
        ("text", "\U0001f600" * 10_000),
        ("page", "/" + "x" * 499),
        ("text", "\U0001fae8"),  # an emoji of Unicode 15
        ("name", "\U00031350"),  # an ideograph of Unicode 15
        ("name", "علی\u200cرضا"),  # Persian parts letters with a joiner
        ("text", "👩\u200d💻 ❤\ufe0f क\u094d\u200dष"),
    ],
)
def test_field_within_its_limit_is_kept_byte_for_byte(field: str, value: str) -> None:
    assert getattr(Submission.parse({**USUAL, field: value}), field) == value


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", None, "name is missing: give 1 to 80 characters"),
        ("name", "", "name must have at least one visible character"),
        ("name", " \u200b\u202e", "name must have at least one visible character"),
        ("name", "\u2800\u2800", "name must have at least one visible character"),
        ("text", "\u3164", "text must have at least one visible character"),
        ("text", "\u0301", "text must have at least one visible character"),
        ("name", "x" * 81, "name has 81 characters, at most 80 are allowed"),
        ("name", "Ada\nand Bob", "name must be one line without tabs or control characters"),
        ("text", "x" * 10_001, "text has 10,001 characters, at most 10,000 are allowed"),
        ("text", ["a"], "text must be a string of 1 to 10,000 characters"),
        ("text", "a\0b", "text must not contain the NUL character (U+0000)"),
        (
            "text",
            "a\ud800b",
            "text must be valid Unicode, it has a lone surrogate (U+D800 to U+DFFF)",
        ),
        ("page", "", "page is missing: give the page's path, or a name of your own for it"),
        ("page", None, "page is missing: give the page's path, or a name of your own for it"),
        ("page", 5, "page is missing: give the page's path, or a name of your own for it"),
        ("page", "\u200b", "page is missing: give the page's path, or a name of your own for it"),
        ("title", 3, "title must be a string, or be left out"),
        ("url", ["https://paper.example/"], "url must be a string, or be left out"),
        ("query", {"a": ["b"]}, "query must be a string, or be left out"),
    ],
)
def test_field_that_cannot_be_taken_is_named(field: str, value: object, sentence: str) -> None:
    with pytest.raises(InvalidComment) as refused:
        Submission.parse({**USUAL, field: value})

    assert (refused.value.field, str(refused.value)) == (field, sentence)


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("page", "/" + "%E6%97%A5" * 61, "/" + "日" * 61),
        ("page", "/a\nb\0", "/ab%00"),
        ("title", "T" * 301, "T" * 299 + "…"),
        ("title", "A  bridge\n\tof\0 iron", "A bridge of iron"),
        ("title", "\ud800", "\ufffd"),
        ("title", " \u200b", None),
        (
            "url",
            "https://paper.example/?q=" + "x" * 2_100,
            "https://paper.example/?q=" + "x" * 2_100,
        ),
        ("url", "https://paper.example/" + "x" * 8_000, None),
        ("url", "javascript:alert(1)", None),
        ("url", "\ud800\0", None),
    ],
)
def test_no_text_that_is_said_of_the_page_refuses_a_comment(
    field: str, value: str, kept: str | None
) -> None:
    assert getattr(Submission.parse({**USUAL, field: value}), field) == kept


@given(st.sampled_from(["url", "title", "query"]), st.text() | st.none())
def test_nor_does_any_other(field: str, value: str | None) -> None:
    submission = Submission.parse({**USUAL, field: value})

    assert (submission.page, submission.text) == ("/a", "Well argued.")


def test_unknown_fields_change_nothing() -> None:
    forged = {**USUAL, "status": "approved", "id": "mine", "submitted_at": "1970"}

    assert Submission.parse(forged) == Submission.parse(USUAL)


@given(st.dictionaries(st.sampled_from([*USUAL, "url", "title", "parent"]), st.text() | st.none()))
def test_anything_is_a_submission_or_an_invalid_field(fields: dict[str, object]) -> None:
    result = parsed(fields)

    if isinstance(result, Submission):
        assert (result.name, result.text) == (fields["name"], fields["text"])
    else:
        assert result.field in str(result)


def parsed(fields: dict[str, object]) -> Submission | InvalidComment:
    try:
        return Submission.parse(fields)
    except InvalidComment as refused:
        return refused
