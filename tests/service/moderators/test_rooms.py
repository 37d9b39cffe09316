"""Bulks, the score chart, reports and the audit sample, as pages and forms."""

import re
from typing import Any

import pytest

from moderation.comments import Comment, Status
from moderation.policy import Decision
from moderation.review.reports import Reason, Report
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.database.engine import Database
from moderation.storage.review.reports import Reports
from tests.support.clock import FakeClock
from tests.support.factories import settle
from tests.support.flagged_comments import GOOD, SCORES, add_scored
from tests.support.moderator_browser import Browser
from tests.support.moderator_pages import names

REJECTED = Decision(Status.REJECTED)


def fields_of(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that is sent there."""
    form = re.search(rf'<form [^>]*action="{action}"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert form
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1]))


def test_a_bulk_shows_what_it_would_be_before_it_is_and_can_be_undone(
    anna: Browser, database: Database, clock: FakeClock, site: Site, comments: Comments
) -> None:
    waiting = [add_scored(database, clock, name=f"Reader {number}") for number in range(12)]

    dry = anna.page("/moderate/bulk?to=approved&status=flagged&attribute=toxicity&low=0.5")
    assert "Approve 12 comments?" in dry
    assert "Waiting comments, toxicity 50 % to 100 %" in dry
    assert "Too few decisions to know how often this would be wrong" in dry
    assert len(names(dry)) == 10
    assert comments.get(waiting[0].id) == waiting[0]

    answer = anna.send("/moderate/bulk", **fields_of(dry, "/moderate/bulk"))
    done = anna.page(answer.location or "")
    assert "<strong>Approved 12 comments</strong>" in done
    assert comments.get(waiting[0].id).status is Status.APPROVED

    answer = anna.send(f"{answer.location}/undo")
    assert "Undone." in anna.page(answer.location or "")
    assert comments.get(waiting[0].id).status is Status.FLAGGED
    assert "<strong>Approved 12 comments</strong>" in anna.page("/moderate/bulks")


def test_a_bulk_of_nothing_has_no_button(anna: Browser, site: Site) -> None:
    page = anna.page("/moderate/bulk?to=rejected&text=nothing")

    assert "No comments to decide." in page
    assert 'name="upto"' not in page


def test_a_wrong_bulk_is_refused(anna: Browser, flagged: Comment) -> None:
    assert anna.get("/moderate/bulk?to=flagged").status_code == 422
    assert anna.get("/moderate/bulks/no-such").status_code == 404
    assert anna.send("/moderate/bulks/no-such/undo").status_code == 404
    assert anna.send("/moderate/bulk", to="approved", upto="no-such").status_code == 404
    assert anna.send("/moderate/bulk", to="approved", upto="\0").status_code == 404


def test_the_chart_has_bars_a_table_and_what_is_known_of_the_range(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    for toxicity in (0.415, 0.42, 0.83):
        add_scored(database, clock, scores={**SCORES, "toxicity": toxicity})

    page = anna.page("/moderate/scores?attribute=toxicity&low=40&high=50")

    assert page.count("<ellipse") == 3
    assert '<g class="column chosen" data-column="42"' in page
    assert '<g class="column" data-column="83"' in page
    assert '<span id="number">2</span>' in page
    assert '<th scope="row">83 % to 84 %</th><td>1</td>' in page
    assert "0 comments with such scores one by one, 30 are needed." in page
    assert "attribute=toxicity&amp;low=0.4&amp;high=0.5" in page


def test_the_charts_script_is_told_of_another_range(
    anna: Browser, flagged: Comment, site: Site
) -> None:
    path = "/moderate/scores?attribute=toxicity&site=demo&low=90&high=80"
    body = anna.client.get(path, headers={"Accept": "application/json"}).json

    assert body
    assert body["number"] == "1"
    assert body.keys() == {"number", "approving", "rejecting"}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("attribute=beauty", 422),
        ("low=-1", 422),
        ("high=101", 422),
        ("low=²", 422),
        ("low=٣", 422),
        (f"high={'9' * 5_000}", 422),
        ("site=no-such", 404),
        ("low=100&high=100", 200),
        ("low=0&high=0", 200),
    ],
)
def test_what_is_asked_of_the_chart_is_checked(anna: Browser, query: str, status: int) -> None:
    assert anna.get(f"/moderate/scores?{query}").status_code == status


@pytest.mark.parametrize(
    ("action", "status"), [("keep", Status.APPROVED), ("reject", Status.REJECTED)]
)
def test_a_reported_comment_is_kept_or_rejected(
    anna: Browser,
    database: Database,
    clock: FakeClock,
    site: Site,
    comments: Comments,
    action: str,
    status: Status,
) -> None:
    comment = add_scored(database, clock, GOOD)
    report = Report(Reason.ABUSE, "<b>My</b> name\u202e!")
    Reports(database, clock).add(comment.id, site, report, "reader")
    page = anna.page("/moderate/reports")
    assert "1 reported by readers" in page
    assert "abuse 1" in page
    assert "&lt;b&gt;My&lt;/b&gt; name<bdi" in page

    basis: dict[str, Any] = {"status": comment.status, "version": comment.version}
    answer = anna.send(f"/moderate/reports/{comment.id}/{action}", **basis)

    assert answer.location == f"/moderate/reports?done={action}"
    assert comments.get(comment.id).status is status
    assert "No open reports." in anna.page(answer.location or "")
    assert anna.get("/moderate/reports?site=no-such").status_code == 404


def test_the_sample_shows_nothing_of_what_was_decided(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    settle(database, clock, site, REJECTED, GOOD)

    page = anna.page("/moderate/sample")

    assert "2 to review" in page
    cards = page[page.index('<div id="cards">') : page.index('id="announcement"')]
    for word in (
        "approved",
        "rejected",
        "status",
        "toxicity",
        "Scores",
        "policy",
        "<meter",
        "Thread",
    ):
        assert word not in cards


def test_agreeing_is_noted_and_disagreeing_may_change_it(
    anna: Browser, database: Database, clock: FakeClock, site: Site, comments: Comments
) -> None:
    rejected, approved = settle(database, clock, site, REJECTED, GOOD)

    answer = anna.send(f"/moderate/sample/{approved.id}/approve")
    assert answer.location == "/moderate/sample?done=agreed"
    assert "Noted: the policy had decided the same." in anna.page(answer.location)

    answer = anna.send(f"/moderate/sample/{rejected.id}/approve")
    page = anna.page(answer.location or "")
    assert "the policy rejected it, you would have approved it" in page
    assert comments.get(rejected.id) == rejected
    path = f"/moderate/comments/{rejected.id}/approve"
    answer = anna.send(path, **fields_of(page, path))
    assert answer.location == "/moderate/sample?done=approved"
    assert comments.get(rejected.id).status is Status.APPROVED
    assert anna.send(f"/moderate/sample/{rejected.id}/approve").status_code == 409
    assert anna.send("/moderate/sample/no-such/approve").status_code == 404


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("decided", "Decided"),
        ("numbers", "Statistics"),
        ("people", "People"),
        ("sites", "Sites"),
        ("webhooks", "Webhooks"),
        ("account", "Account"),
    ],
)
def test_the_menu_says_which_page_is_open(anna: Browser, path: str, name: str) -> None:
    header = anna.page(f"/moderate/{path}").partition("</header>")[0]

    assert re.findall(r'aria-current="page">([\w ]+)', header) == [name]
