"""What is new: a tiny answer that costs nothing while nothing changed."""

from urllib.parse import quote

from moderation.comments import Comment
from moderation.sites import Site
from moderation.storage.database.engine import Database
from tests.support.clock import FakeClock
from tests.support.flagged_comments import add_scored
from tests.support.moderator_browser import Browser
from tests.support.web_app import NO_NUMBERS


def test_what_came_since_the_page_was_made_is_told(
    anna: Browser, database: Database, clock: FakeClock, flagged: Comment, site: Site
) -> None:
    assert 'data-url="/moderate/arrivals?since=1"' in anna.page()
    before = anna.get("/moderate/arrivals?since=1")
    add_scored(database, clock)

    after = anna.get("/moderate/arrivals?since=1&site=demo")

    assert before.json == {"waiting": 1, "new": 0}
    assert after.json == {"waiting": 2, "new": 1}


def test_while_nothing_changed_nothing_is_sent(
    anna: Browser, database: Database, clock: FakeClock, flagged: Comment
) -> None:
    etag = anna.get("/moderate/arrivals?since=1").headers["ETag"]
    again = anna.client.get("/moderate/arrivals?since=1", headers={"If-None-Match": etag})
    add_scored(database, clock)

    changed = anna.client.get("/moderate/arrivals?since=1", headers={"If-None-Match": etag})

    assert (again.status_code, again.data) == (304, b"")
    assert changed.json == {"waiting": 2, "new": 1}


def test_what_is_asked_wrongly_is_told(anna: Browser, flagged: Comment) -> None:
    for since in (*map(quote, NO_NUMBERS), "9" * 10):
        assert anna.get(f"/moderate/arrivals?since={since}").status_code == 422
    assert anna.get("/moderate/arrivals?since=1&site=no-such").status_code == 404
