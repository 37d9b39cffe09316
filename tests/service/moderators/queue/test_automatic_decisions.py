"""The room of what no person decided."""

import pytest

from moderation.comments import Status
from moderation.policy import Decision, Reason
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.database.engine import Database
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.moderator_browser import Browser
from tests.support.moderator_pages import names

PAGE = "/moderate/automatic"
BAD = Decision(Status.REJECTED, (Reason("spam", 0.99, 0.9),))


def test_each_list_shows_scores_and_reasons(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    add_scored(database, clock, BAD, name="Bad")
    add_scored(database, clock, GOOD, name="Good")

    rejected, approved = anna.page(PAGE), anna.page(f"{PAGE}?list=approved")

    assert (names(rejected), names(approved)) == (["Bad"], ["Good"])
    assert "99 % of comments like this are spam; rejected from 90 %" in rejected
    assert "Scores by model test-1" in rejected
    assert "None yet." in anna.page(f"{PAGE}?list=sampled")


def test_what_was_decided_can_be_decided_again_and_still_says_why_it_was(
    anna: Browser, database: Database, clock: FakeClock, site: Site, comments: Comments
) -> None:
    comment = add_scored(database, clock, BAD, name="Bad")

    path = f"/moderate/comments/{comment.id}/approve"
    answer = anna.send(path, version=comment.version, status="rejected", back=PAGE)

    assert comments.get(comment.id).status is Status.APPROVED
    page = " ".join(anna.page(answer.location or "").split())
    sentence = "99 % of comments like this are spam; rejected from 90 %"
    assert f"The policy rejected it: {sentence}." in page


def test_pages_follow_each_other(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    for number in range(31):
        add_scored(database, clock, BAD, name=f"Bad {number}")

    first = anna.page(PAGE)
    link = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]

    assert names(first)[0] == "Bad 30"
    assert names(anna.page(link.replace("&amp;", "&"))) == ["Bad 0"]


@pytest.mark.parametrize("query", ["list=else", "list=pending"])
def test_there_is_no_other_list(anna: Browser, query: str) -> None:
    assert anna.get(f"{PAGE}?{query}").status_code == 422
