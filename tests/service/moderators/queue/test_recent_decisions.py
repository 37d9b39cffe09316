"""Recently decided: whose, and decided otherwise."""

from urllib.parse import quote

import pytest

from moderation.comments import Comment, Status
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.database.engine import Database
from service.moderators.display.labels import status_name
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.moderator_browser import Browser
from tests.support.web_app import NO_NUMBERS

DECIDED = "/moderate/decided"


def test_nothing_was_decided_yet(anna: Browser, flagged: Comment) -> None:
    for whose in ("", "?whose=mine", "?whose=all", "?whose=machine"):
        assert "No decisions." in anna.page(DECIDED + whose)


def test_mine_everyones_and_the_machines_are_pages_of_their_own(
    anna: Browser, bea: Browser, database: Database, clock: FakeClock, flagged: Comment
) -> None:
    add_scored(database, clock, GOOD, text="Fine by the machine.")
    bea.decide(flagged, "reject")

    assert "You are all fools." not in anna.page(DECIDED)
    assert "You are all fools." in bea.page(DECIDED)
    assert "by <bdi>Bea</bdi>" in anna.page(f"{DECIDED}?whose=all")
    machine = anna.page(f"{DECIDED}?whose=machine")
    assert "Fine by the machine." in machine
    assert "You are all fools." not in machine


@pytest.mark.parametrize(
    ("action", "status"), [("reject", Status.REJECTED), ("reopen", Status.FLAGGED)]
)
def test_what_the_machine_approved_is_decided_otherwise(
    anna: Browser,
    database: Database,
    clock: FakeClock,
    site: Site,
    comments: Comments,
    action: str,
    status: Status,
) -> None:
    comment = add_scored(database, clock, GOOD)
    path, listed = f"/moderate/comments/{comment.id}/{action}", f"{DECIDED}?whose=machine"

    answer = anna.send(path, version=2, status="approved", back=listed)

    back = answer.location or ""
    assert back.startswith(f"{listed}&done={status}")
    assert comments.get(comment.id).status is status
    assert f"Changed since: it is {status_name(status)} now." in anna.page(back)


def test_pages_go_back(anna: Browser, database: Database, clock: FakeClock, site: Site) -> None:
    for number in range(31):
        comment = add_scored(database, clock, text=f"Text {number}.")
        anna.decide(comment, "approve")

    first = anna.page(DECIDED)

    assert first.count('<article class="card"') == 30
    assert "Text 0." not in first
    assert 'href="/moderate/decided?whose=mine&amp;before=4" rel="next"' in first
    second = anna.page(f"{DECIDED}?whose=mine&before=4")
    assert "Text 0." in second
    assert "Back to the newest" in second


def test_what_is_asked_wrongly_is_told(anna: Browser) -> None:
    before = [f"before={quote(value)}" for value in NO_NUMBERS if value]
    for query in ("whose=nobody", "before=9999999999", *before):
        assert anna.get(f"{DECIDED}?{query}").status_code == 422
