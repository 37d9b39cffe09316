"""A filter, and how sure one can be, in words."""

import pytest

from moderation.comments import Status
from moderation.review.error_estimate import PastDecisions
from moderation.review.search_filter import Filter
from service.moderators.display.filter_text import error_in_words, filter_in_words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "comments of any status"),
        ({"status": "flagged", "site": "demo"}, "waiting comments, on site demo"),
        (
            {"status": "flagged", "attribute": "identity_attack", "low": "0.4"},
            "waiting comments, identity attack 40 % to 100 %",
        ),
        (
            {"status": "pending", "text": "a b", "name": "Ada"},
            "comments being scored, with the words “a b”, by a name with “Ada”",
        ),
        (
            {"status": "rejected", "page": "/a", "by": "policy"},
            "rejected comments, on page /a, decided by the policy",
        ),
        ({"by": "moderator:Anna"}, "comments of any status, decided by Anna"),
        (
            {"newer": "1", "older": "7"},
            "comments of any status, of the last day, older than 7 days",
        ),
    ],
)
def test_a_filter_is_one_phrase(fields: dict[str, str], words: str) -> None:
    assert filter_in_words(Filter.parse(fields)) == words


def test_the_expected_error_is_what_people_decided_otherwise() -> None:
    past = PastDecisions(approved=10, rejected=90)

    assert error_in_words(past, Status.APPROVED) == (
        "Expect 90.0 % (82.6 to 94.5) of these decisions to be wrong: moderators rejected 90 of"
        " 100 comments with such scores."
    )
    assert error_in_words(past, Status.REJECTED) == (
        "Expect 10.0 % (5.5 to 17.4) of these decisions to be wrong: moderators approved 10 of"
        " 100 comments with such scores."
    )


def test_with_too_few_it_says_so() -> None:
    assert error_in_words(PastDecisions(3, 26), Status.APPROVED) == (
        "Too few decisions to know how often this would be wrong: moderators decided 29 comments"
        " with such scores one by one, 30 are needed."
    )
