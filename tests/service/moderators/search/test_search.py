"""All comments: searched, and decided from where they are found."""

import json
import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from moderation.comments import Comment, Status
from moderation.policy import Decision
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.database.engine import Database
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.moderator_browser import Browser
from tests.support.moderator_pages import names


def change(
    browser: Browser, comment: Comment, action: str, *, accept: str = "text/html", **more: object
) -> TestResponse:
    path = f"/moderate/comments/{comment.id}/{action}"
    basis: dict[str, Any] = {"status": comment.status, "version": comment.version}
    return browser.send(path, accept=accept, **{**basis, **more})


def test_a_result_shows_what_a_moderator_needs(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    parent = add_scored(database, clock, GOOD, name="Ben", text="I disagree.")
    add_scored(database, clock, name="Cy", text="You fool!", parent=parent.id, title="A bridge")

    page = anna.page("/moderate/comments?text=FOOL")

    for shown in (
        "<bdi>Cy</bdi>",
        "You fool!",
        "<bdi>A bridge</bdi></a>",
        '<a href="/moderate/pages/1">Thread</a>',
        "In reply to <bdi>Ben</bdi>",
        '<li class="reason">83 % of comments like this are toxic; waits from 41 %</li>',
        "Scores by model test-1",
        '<span class="status">waiting</span>',
        "by the policy, <time datetime=",
        'value="FOOL"',
    ):
        assert shown in page
    assert names(page) == ["Cy"]


def test_pages_go_on_with_the_same_filter(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    for number in range(22):
        add_scored(database, clock, name=f"Reader {number}")

    first = anna.page("/moderate/comments?status=flagged&text=fools&name=reader")
    first_empty = anna.page("/moderate/comments?status=approved")
    following = re.search(
        r'<a href="([^"]*)" rel="next">Next 20', anna.page("/moderate/comments?status=flagged")
    )

    assert "No comments match." in first
    assert "No comments match." in first_empty
    assert following
    assert names(anna.page(following[1].replace("&amp;", "&"))) == ["Reader 1", "Reader 0"]


@pytest.mark.parametrize(
    ("before", "action", "after", "sentence"),
    [
        (Status.APPROVED, "reject", Status.REJECTED, "Rejected: readers will not see it."),
        (Status.REJECTED, "approve", Status.APPROVED, "Approved: readers see it now."),
        (Status.APPROVED, "reopen", Status.FLAGGED, "Back in the queue"),
    ],
)
def test_a_result_is_decided_and_one_comes_back_to_the_search(
    anna: Browser,
    database: Database,
    clock: FakeClock,
    site: Site,
    comments: Comments,
    before: Status,
    action: str,
    after: Status,
    sentence: str,
) -> None:
    comment = add_scored(database, clock, Decision(before))

    answer = change(anna, comment, action, back="/moderate/comments?text=a+b&done=approved")

    assert answer.status_code == 303
    assert answer.location == f"/moderate/comments?text=a+b&done={after}"
    assert comments.get(comment.id).status is after
    assert sentence in anna.page(answer.location)


def test_a_script_is_told_what_the_comment_is_now(anna: Browser, flagged: Comment) -> None:
    answer = change(anna, flagged, "approve", accept="application/json")

    body = json.loads(answer.text)
    assert (body["done"], body["status"], body["version"]) == (
        "Approved: readers see it now.",
        "approved",
        3,
    )


def test_who_comes_second_is_told(anna: Browser, bea: Browser, flagged: Comment) -> None:
    change(bea, flagged, "reject")

    answer = change(anna, flagged, "approve")

    assert answer.status_code == 409
    assert "The comment was rejected already by Bea." in answer.text


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/moderate",
        "//evil.example/moderate",
        "//[",
        "//[/moderate",
        "/moderated",
        "",
        "/\\evil",
        "/v1",
    ],
)
def test_one_comes_back_to_our_own_pages_only(anna: Browser, flagged: Comment, back: str) -> None:
    answer = change(anna, flagged, "approve", back=back)

    assert answer.location.startswith("/moderate?done=approved&undo=")


@pytest.mark.parametrize(
    "query",
    ["status=gone", "attribute=x", "low=2", "newer=-1", "by=me", "older=1e9"],
)
def test_a_wrong_filter_is_told(anna: Browser, query: str) -> None:
    assert anna.get(f"/moderate/comments?{query}").status_code == 422


def test_the_form_has_scores_in_percent(anna: Browser) -> None:
    for query in ("low=0.425&high=1", "least=42.5&most=", "least=42.5%25"):
        page = anna.page(f"/moderate/comments?attribute=toxicity&{query}")

        assert 'name="least" type="number" min="0" max="100" step="any" value="42.5"' in page
        assert 'name="most" type="number" min="0" max="100" step="any" value=""' in page


def test_hostile_words_are_words(anna: Browser, flagged: Comment) -> None:
    for query in ("%22", "fool*%20OR", "'", "a" * 10_000, "%F0%9F%96%95" * 500, "%E2%80%8B", "%FF"):
        assert anna.get(f"/moderate/comments?text={query}&name={query}").status_code == 200
        assert anna.get(f"/moderate/comments?page={query}&site={query}").status_code == 200
    assert anna.get("/moderate/comments?after=no-such").status_code == 404


def test_a_form_of_what_it_was_not_is_refused(anna: Browser, flagged: Comment) -> None:
    for wrong in ({"status": "gone"}, {"version": "x"}, {"version": ""}):
        assert change(anna, flagged, "approve", **wrong).status_code == 422
    assert change(anna, flagged, "approve", status="approved").status_code == 409


def test_an_articles_page_has_its_threads(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    parent = add_scored(database, clock, GOOD, name="Ben", url="https://paper.example/a")
    add_scored(database, clock, name="Cy")
    add_scored(database, clock, name="Dee", parent=parent.id)

    page = anna.page("/moderate/pages/1")

    assert names(page) == ["Ben", "Dee", "Cy"]
    assert re.findall(r"depth-(\d)", page) == ["0", "1", "0"]
    assert "3 comments, 1 of them public" in page
    assert (
        '<a href="https://paper.example/a" rel="noopener noreferrer">Open the article</a>' in page
    )
    assert anna.get("/moderate/pages/9").status_code == 404
    assert anna.get(f"/moderate/pages/{9 * 10**30}").status_code == 404
