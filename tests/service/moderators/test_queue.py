"""The queue: what a moderator sees, and what a decision does."""

import re

from flask.testing import FlaskClient

from moderation.comments import Comment, Status
from moderation.policy import hold
from moderation.sites import Site
from moderation.storage.comments import Comments
from moderation.storage.engine import Database
from moderation.storage.sites import Sites
from moderation.storage.tables import pages
from tests.conftest import FakeClock
from tests.flagged import GOOD, add_scored
from tests.service.moderators.conftest import Browser


def test_an_empty_queue_says_so_kindly(anna: Browser) -> None:
    page = anna.page()

    assert '<span id="waiting">0</span> waiting' in page
    assert "Nothing waits for you." in page


def test_a_card_shows_all_a_moderator_needs(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    parent = add_scored(database, clock, GOOD, name="Ben", text="I disagree.")
    place = {"url": "https://paper.example/a", "title": "A bridge"}
    add_scored(database, clock, name="Cy", text="You fool!", parent=parent.id, **place)
    clock.advance(3 * 3600)

    page = anna.page()

    for shown in (
        "<bdi>Cy</bdi>",
        "You fool!",
        "3 hours ago",
        'datetime="2026-01-31T12:00:00.000Z"',
        '<a href="https://paper.example/a" rel="noopener noreferrer"><bdi>A bridge</bdi></a>',
        "In reply to <bdi>Ben</bdi>",
        "I disagree.",
        "<li>toxicity 0.83, flagged from 0.41 up</li>",
        "Scores by model test-1",
    ):
        assert shown in page
    assert re.findall(r'<meter value="(.*?)"', page) == ["0.83"] + ["0.05"] * 6


def test_what_could_not_be_scored_says_so(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    add_scored(database, clock, hold("scoring_failed"), None)

    page = anna.page()

    assert "<li>could not be scored, however often it was tried</li>" in page
    assert "<meter" not in page


def test_no_text_becomes_anything_but_text(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    hostile = "\"'><script>alert(1)</script>{{ 7*7 }}"
    fields = dict.fromkeys(("page", "name", "text", "title"), hostile)
    add_scored(database, clock, **fields)

    page = anna.page()

    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}") == 3


def test_an_address_that_is_none_is_no_link(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    add_scored(database, clock, title="A bridge")
    for address in ("javascript:alert(1)", "\tjava\nscript:alert(1)", "data:text/html,x", "//x"):
        with database.write() as connection:
            connection.execute(pages.update().values(url=address))

        assert "on <bdi>A bridge</bdi>" in anna.page()


def test_approving_publishes_and_comes_back_to_the_queue(
    anna: Browser, client: FlaskClient, flagged: Comment
) -> None:
    answer = anna.decide(flagged, "approve")

    assert (answer.status_code, answer.location) == (303, "/moderate?done=approved")
    assert "Approved: readers see it now." in anna.page(answer.location)
    public = client.get("/v1/comments?site=demo&page=/a").json
    assert public
    assert (public["count"], public["comments"][0]["id"]) == (1, flagged.id)


def test_rejecting_hides_for_good(
    anna: Browser, client: FlaskClient, flagged: Comment, comments: Comments
) -> None:
    answer = anna.decide(flagged, "reject")

    assert "Rejected: readers will not see it." in anna.page(answer.location or "")
    assert comments.get(flagged.id).status is Status.REJECTED
    public = client.get("/v1/comments?site=demo&page=/a").json
    assert public
    assert public["count"] == 0


def test_a_script_is_told_what_is_new_on_its_page(anna: Browser, flagged: Comment) -> None:
    answer = anna.decide(flagged, "approve", accept="application/json")

    assert answer.json == {"done": "Approved: readers see it now.", "waiting": 0}


def test_who_comes_second_sees_who_decided_what(
    anna: Browser, bea: Browser, flagged: Comment, comments: Comments
) -> None:
    bea.decide(flagged, "reject")

    page = anna.decide(flagged, "approve")
    problem = anna.decide(flagged, "approve", accept="application/json").json

    assert page.status_code == 409
    assert "The comment was rejected already by Bea." in page.text
    assert 'href="/moderate"' in page.text
    assert problem
    assert problem["detail"] == "the comment was rejected already by Bea"
    assert comments.get(flagged.id).status is Status.REJECTED


def test_pages_hold_twenty_and_a_decision_stays_on_its_page(
    anna: Browser, database: Database, clock: FakeClock, site: Site
) -> None:
    waiting = [add_scored(database, clock, name=f"Reader {number}") for number in range(22)]
    after = f"/moderate?after={waiting[19].id}"

    first, second = anna.page(), anna.page(after)

    assert names(first) == [comment.name for comment in waiting[:20]]
    assert f'href="{after}" rel="next">Next 20' in first
    assert names(second) == ["Reader 20", "Reader 21"]
    assert 'rel="next"' not in second
    form = re.search(r'formaction="([^"]*approve[^"]*)"', second)
    assert form
    answer = anna.send(form[1].replace("&amp;", "&"), version=2)
    assert answer.location == f"{after}&done=approved"


def test_one_sites_comments_can_be_seen_alone(
    anna: Browser, database: Database, clock: FakeClock, sites: Sites, site: Site
) -> None:
    add_scored(database, clock, name="Ours")
    assert "All sites" not in anna.page()

    sites.add(Site(0, "post", "The Post", ("https://post.example",)))
    add_scored(database, clock, site="post", name="Theirs")
    page = anna.page("/moderate?site=post")

    assert names(anna.page()) == ["Ours", "Theirs"]
    assert names(page) == ["Theirs"]
    assert '<span id="waiting">1</span>' in page
    assert '<a href="/moderate?site=post" aria-current="page">The Post</a>' in page


def test_what_is_asked_wrongly_is_told(anna: Browser, flagged: Comment) -> None:
    path = f"/moderate/comments/{flagged.id}/approve"

    assert anna.get("/moderate?site=no-such").status_code == 404
    assert anna.get("/moderate?site=%00").status_code == 404
    assert anna.get("/moderate?after=no-such").status_code == 404
    assert anna.get("/moderate?after=%00").status_code == 404
    assert anna.send("/moderate/comments/no-such/approve", version=2).status_code == 404
    assert anna.send("/moderate/comments/%00/approve", version=2).status_code == 404
    assert anna.send(f"/moderate/comments/{flagged.id}/delete", version=2).status_code == 404
    for version in ("", "two", "-1", "²", "9" * 40):
        assert anna.send(path, version=version).status_code == 422


def names(page: str) -> list[str]:
    return re.findall(r"<h2 [^>]*><bdi>(.*?)</bdi>", page)
