"""The section of what is likely to be rejected: nothing is unseen, many are decided together."""

import re

import pytest
from flask.testing import FlaskClient

from moderation.comments import Comment, Status
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.database.engine import Database
from tests.support.clock import FakeClock
from tests.support.flagged_comments import LIKELY, SCORES, add_scored
from tests.support.moderator_browser import Browser
from tests.support.moderator_pages import names

PAGE = "/moderate?section=likely_rejected"


@pytest.fixture
def likely(database: Database, clock: FakeClock, site: Site) -> list[Comment]:
    """Three, and one that is in doubt; the second has the highest score."""
    add_scored(database, clock, name="Doubtful")
    scores = ({**SCORES, "toxicity": toxicity} for toxicity in (0.9, 0.99, 0.95))
    return [
        add_scored(database, clock, LIKELY, score, name=f"Likely {number}")
        for number, score in enumerate(scores, start=1)
    ]


def test_section_has_its_own_page_with_the_highest_score_first(
    anna: Browser, likely: list[Comment]
) -> None:
    assert names(anna.page()) == ["Doubtful"]
    assert names(anna.page(PAGE)) == ["Likely 2", "Likely 3", "Likely 1"]
    assert '<span id="waiting">3</span> likely to be rejected' in anna.page(PAGE)


def test_every_page_says_in_its_menu_how_many_wait_in_each_section(
    anna: Browser, likely: list[Comment]
) -> None:
    numbers = r'(Queue|Likely rejected) <span class="menu-number">(\d+)</span>'

    for page in ("/moderate", PAGE, "/moderate/comments", "/moderate/numbers"):
        assert re.findall(numbers, anna.page(page)) == [("Queue", "1"), ("Likely rejected", "3")]


def test_checked_ones_are_rejected_together_and_all_taken_back(
    anna: Browser, likely: list[Comment], comments: Comments
) -> None:
    chosen = [f"{comment.id}.{comment.version}" for comment in likely[:2]]

    answer = anna.send("/moderate/bulk/chosen", chosen=chosen, to="rejected", reason="abuse")

    assert "comments chosen one by one" in anna.page(answer.location).lower()
    assert [comments.get(comment.id).status for comment in likely] == [
        Status.REJECTED,
        Status.REJECTED,
        Status.FLAGGED,
    ]
    anna.send(f"{answer.location}/undo")
    assert names(anna.page(PAGE)) == ["Likely 2", "Likely 3", "Likely 1"]


def test_what_somebody_decided_meanwhile_is_left_as_it_is(
    anna: Browser, bea: Browser, likely: list[Comment], comments: Comments
) -> None:
    bea.decide(likely[0], "approve")

    chosen = [f"{comment.id}.{comment.version}" for comment in likely]
    anna.send("/moderate/bulk/chosen", chosen=chosen, to="rejected")

    assert comments.get(likely[0].id).status is Status.APPROVED
    assert comments.get(likely[1].id).status is Status.REJECTED


@pytest.mark.parametrize(
    ("chosen", "status"),
    [([], 422), (["no-such.2"], 404), (["no-such"], 422), (["a.b"], 422), (["\0.2"], 404)],
)
def test_nothing_that_can_be_decided_is_a_sentence(
    anna: Browser, likely: list[Comment], chosen: list[str], status: int
) -> None:
    answer = anna.send("/moderate/bulk/chosen", chosen=chosen, to="rejected")

    assert answer.status_code == status


def test_all_of_the_section_are_rejected_after_a_preview(
    anna: Browser, likely: list[Comment], comments: Comments
) -> None:
    query = "to=rejected&section=likely_rejected"
    page = anna.page(f"/moderate/bulk?{query}")
    assert "Reject 3 comments?" in page
    upto = re.findall(r'name="upto" value="([^"]+)"', page)[0]

    anna.send("/moderate/bulk", section="likely_rejected", to="rejected", upto=upto)

    assert all(comments.get(comment.id).status is Status.REJECTED for comment in likely)
    assert names(anna.page()) == ["Doubtful"]


def test_one_at_a_time_stays_in_the_section(anna: Browser, likely: list[Comment]) -> None:
    query = "section=likely_rejected"

    first = anna.send(f"/moderate/one/next?{query}")
    comment = likely[1]
    after = anna.send(f"/moderate/comments/{comment.id}/reject?back=one&{query}", version=2)

    assert first.location == f"/moderate/one?{query}"
    assert query in after.location
    assert names(anna.page(after.location)) == ["Likely 3"]


def test_search_knows_the_section(anna: Browser, likely: list[Comment]) -> None:
    assert names(anna.page("/moderate/comments?section=in_doubt")) == ["Doubtful"]
    assert len(names(anna.page("/moderate/comments?section=likely_rejected"))) == 3


def test_feeds_link_leads_into_the_section(anna: Browser, likely: list[Comment]) -> None:
    answer = anna.get(f"/moderate/waiting/{likely[1].id}")

    assert names(anna.page(answer.location))[0] == "Likely 2"


def test_scripts_get_the_numbers_of_the_section(anna: Browser, likely: list[Comment]) -> None:
    query = "since=0&section=likely_rejected"

    assert anna.get(f"/moderate/arrivals?{query}").json == {"waiting": 3, "new": 3}
    assert anna.get("/moderate/arrivals?since=0").json == {"waiting": 1, "new": 1}


def test_metrics_count_each_section(client: FlaskClient, likely: list[Comment]) -> None:
    metrics = client.get("/metrics").text

    assert 'parley_comments{status="flagged"} 4.0' in metrics
    assert 'parley_queue_comments{section="in_doubt"} 1.0' in metrics
    assert 'parley_queue_comments{section="likely_rejected"} 3.0' in metrics


@pytest.mark.parametrize("path", ["/moderate", "/moderate/comments", "/moderate/arrivals?since=0"])
def test_there_is_no_other_section(anna: Browser, path: str) -> None:
    joint = "&" if "?" in path else "?"

    assert anna.get(f"{path}{joint}section=else").status_code == 422
