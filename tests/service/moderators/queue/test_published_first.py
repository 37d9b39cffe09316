"""The room of what was published to be looked at later."""

import re
from typing import Any

import pytest
from flask import Flask

from moderation.comments import Comment, QueueSection, Status
from moderation.policy import Decision, Reason
from moderation.rules.circumstances import PUBLISHED_FIRST
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.comments import Comments
from moderation.storage.database.engine import Database
from tests.support.clock import FakeClock
from tests.support.flagged_comments import add_scored
from tests.support.moderator_browser import Browser, signed_in

ROOM = "/moderate/published-first"
FIRST = Decision(
    Status.APPROVED,
    (Reason(PUBLISHED_FIRST), Reason("toxicity", 0.83, 0.41)),
    QueueSection.IN_DOUBT,
)


@pytest.fixture
def anna(app: Flask, database: Database, clock: FakeClock) -> Browser:
    return signed_in(app, Moderators(database, clock), "Anna")


@pytest.fixture
def published(database: Database, clock: FakeClock, site: Site) -> list[Comment]:
    return [add_scored(database, clock, FIRST, text=text) for text in ("Fool!", "Donkey!")]


def test_the_queue_leads_to_it_while_something_waits(
    anna: Browser, published: list[Comment]
) -> None:
    assert "Published first (2)" in anna.page()
    page = anna.page(ROOM)

    assert "2 published first" in page
    assert page.index("Fool!") < page.index("Donkey!")
    assert "published at once, to be looked at later" in page


def test_one_is_left_published_and_that_is_undone(anna: Browser, published: list[Comment]) -> None:
    first = published[0]
    seen: dict[str, Any] = {"status": "approved", "version": first.version}

    kept = anna.send(f"{ROOM}/{first.id}/keep", **seen)
    after = anna.page(kept.location)
    anna.send(f"{ROOM}/{first.id}/again", **seen)

    assert "Fool!" not in after
    assert f"{ROOM}/{first.id}/again" in after
    assert "2 published first" in anna.page(ROOM)


def test_one_is_rejected_with_a_reason(
    anna: Browser, database: Database, clock: FakeClock, published: list[Comment]
) -> None:
    first = published[0]

    anna.send(f"{ROOM}/{first.id}/reject", status="approved", version=first.version, reason="abuse")

    assert Comments(database, clock).get(first.id).status is Status.REJECTED
    assert "1 published first" in anna.page(ROOM)


def test_all_that_are_shown_are_left_published_at_once(
    anna: Browser, published: list[Comment]
) -> None:
    chosen = re.findall(r'name="chosen" value="([\w.]+)"', anna.page(ROOM))

    answer = anna.send(f"{ROOM}/keep", chosen=chosen)

    assert len(chosen) == 2
    assert "Nothing that was published first waits for a look." in anna.page(answer.location)
    assert "Published first" not in anna.page()


def test_who_is_late_is_told(anna: Browser, published: list[Comment]) -> None:
    first = published[0]
    seen: dict[str, Any] = {"status": "approved", "version": first.version}
    anna.send(f"{ROOM}/{first.id}/keep", **seen)

    assert anna.send(f"{ROOM}/{first.id}/keep", **seen).status_code == 409
