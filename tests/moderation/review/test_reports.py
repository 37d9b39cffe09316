"""What a reader may say against a comment."""

import pytest

from moderation.comments import InvalidComment
from moderation.review.reports import MAX_TEXT, Reason, Report


@pytest.mark.parametrize("reason", list(Reason))
def test_each_reason_is_taken_without_a_text(reason: Reason) -> None:
    assert Report.parse({"reason": reason.value, "text": ""}) == Report(reason)


def test_a_text_is_kept_as_it_is() -> None:
    fields = {"reason": "other", "text": "It is\nabout my <b>sister</b>."}

    assert Report.parse(fields).text == fields["text"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "reason"),
        ({"reason": "dislike"}, "reason"),
        ({"reason": ["spam"]}, "reason"),
        ({"reason": "spam", "text": 7}, "text"),
        ({"reason": "spam", "text": " \u200b "}, "text"),
        ({"reason": "spam", "text": "a\0"}, "text"),
        ({"reason": "spam", "text": "a" * (MAX_TEXT + 1)}, "text"),
    ],
)
def test_what_is_wrong_is_named(fields: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidComment) as refused:
        Report.parse(fields)

    assert refused.value.field == field
