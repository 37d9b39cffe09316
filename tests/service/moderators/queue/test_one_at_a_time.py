"""One card at a time, each for one moderator only."""

import pytest

from moderation.comments import Comment, Status
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.database.engine import Database
from moderation.storage.review.holds import HOLD
from tests.support.clock import FakeClock
from tests.support.flagged_comments import add_scored
from tests.support.moderator_browser import Browser

ONE = "/moderate/one"


@pytest.fixture
def two(database: Database, clock: FakeClock, site: Site) -> list[Comment]:
    return [add_scored(database, clock, text=text) for text in ("First said.", "Then said.")]


def test_looking_takes_no_card(anna: Browser, two: list[Comment]) -> None:
    assert "You hold no card." in anna.page(ONE)
    assert "You hold no card." in anna.page(ONE)


def test_each_moderator_is_shown_another_card(
    anna: Browser, bea: Browser, two: list[Comment]
) -> None:
    for browser in (anna, bea):
        assert browser.send(f"{ONE}/next").location == ONE

    assert "First said." in anna.page(ONE)
    assert "Then said." in bea.page(ONE)
    assert "held by <bdi>Anna</bdi>" in bea.page()
    assert "held by <bdi>Bea</bdi>" in anna.page()


def test_a_decision_brings_the_next_card(
    anna: Browser, two: list[Comment], comments: Comments
) -> None:
    anna.send(f"{ONE}/next")

    answer = anna.send(f"/moderate/comments/{two[0].id}/reject?back=one", version=2, reason="hate")

    page = anna.page(answer.location or "")
    assert "Then said." in page
    assert "Rejected: readers will not see it." in page
    assert comments.get(two[0].id).status is Status.REJECTED


def test_undoing_brings_the_card_back(anna: Browser, two: list[Comment]) -> None:
    anna.send(f"{ONE}/next")
    anna.send(f"/moderate/comments/{two[1].id}/approve?back=one", version=2)

    path = f"/moderate/comments/{two[1].id}/reopen?back=one"
    answer = anna.send(path, version=3, status="approved")

    assert "Then said." in anna.page(answer.location or "")


def test_a_skipped_card_is_left_to_others(anna: Browser, bea: Browser, two: list[Comment]) -> None:
    anna.send(f"{ONE}/next")

    for comment in two:
        answer = anna.send(f"/moderate/comments/{comment.id}/skip?back=one")

    assert "You hold no card." in anna.page(answer.location or "")
    assert anna.send(f"{ONE}/next").location == f"{ONE}?none="
    assert "No card is free" in anna.page(f"{ONE}?none=")
    bea.send(f"{ONE}/next")
    assert "First said." in bea.page(ONE)


def test_a_note_keeps_the_card(anna: Browser, two: list[Comment], clock: FakeClock) -> None:
    anna.send(f"{ONE}/next")
    clock.advance(HOLD.total_seconds() - 1)

    answer = anna.send(f"/moderate/comments/{two[0].id}/note?back=one", note="Hm.")
    clock.advance(HOLD.total_seconds() - 1)

    assert "First said." in anna.page(answer.location or "")


def test_a_hold_is_renewed_and_ends(
    anna: Browser, bea: Browser, two: list[Comment], clock: FakeClock
) -> None:
    anna.send(f"{ONE}/next")
    renew = f"{ONE}/{two[0].id}/renew"
    assert anna.send(renew).status_code == 204
    assert bea.send(renew).status_code == 409

    clock.advance(HOLD.total_seconds())
    bea.send(f"{ONE}/next")

    lost = anna.send(renew, accept="application/json")
    assert lost.json
    assert (lost.status_code, lost.json["type"]) == (409, "urn:parley:hold-lost")
    assert "First said." in bea.page(ONE)
    assert anna.send(f"{ONE}/no-such/renew").status_code == 404


def test_who_holds_a_card_that_another_decided_is_told(
    anna: Browser, bea: Browser, two: list[Comment], comments: Comments
) -> None:
    anna.send(f"{ONE}/next")
    bea.decide(two[0], "approve")

    lost = anna.send(f"/moderate/comments/{two[0].id}/reject?back=one", version=2)

    assert lost.status_code == 409
    assert "The comment was approved already by Bea." in lost.text
    assert anna.send(f"{ONE}/{two[0].id}/renew").status_code == 409
    assert "You hold no card." in anna.page(ONE)
    assert comments.get(two[0].id).status is Status.APPROVED


def test_who_goes_back_to_the_list_lets_the_card_go(
    anna: Browser, bea: Browser, two: list[Comment]
) -> None:
    anna.send(f"{ONE}/next?order=score")

    assert anna.send(f"{ONE}/leave?order=score").location == "/moderate?order=score"

    assert "held by" not in bea.page()
