"""The room of campaigns: nearly the same text, shown once and decided together."""

import re

import pytest
from flask import Flask

from moderation.accounts.moderators import Role
from moderation.comments import Comment, Status
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.roles import Roles
from moderation.storage.comments.comments import Comments
from moderation.storage.database.engine import Database
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.moderator_browser import Browser, signed_in

VOTE = "Vote NO on the harbour tunnel, neighbours!"
ROOM = "/moderate/campaigns"


@pytest.fixture
def anna(app: Flask, database: Database, clock: FakeClock) -> Browser:
    return signed_in(app, Moderators(database, clock), "Anna")


@pytest.fixture
def spread(database: Database, clock: FakeClock, site: Site) -> list[Comment]:
    texts = (VOTE, VOTE.lower(), f"{VOTE} VOTE!")
    spread = [
        add_scored(database, clock, text=text, name=name)
        for text, name in zip(texts, ("Ada", "Bob", "Cy"), strict=True)
    ]
    return [*spread, add_scored(database, clock, GOOD, text=VOTE, name="Di", page="/b")]


def test_a_campaign_is_one_card_with_its_numbers_and_what_differs(
    anna: Browser, spread: list[Comment]
) -> None:
    page = re.sub(r"\s+", " ", anna.page(ROOM))

    assert page.count("<article") == 1
    assert "4 comments with nearly the same text" in page
    assert "4 names, 2 pages" in page
    assert "3 waiting" in page
    assert "1 approved" in page
    assert "<mark>vote no </mark>" in page
    assert 'Campaigns <span class="menu-number">1</span>' in page


def test_without_any_a_sentence_says_so(anna: Browser, site: Site) -> None:
    assert "No campaigns in the last day" in anna.page(ROOM)


@pytest.mark.parametrize("days", ["0", "31", "x", "٣"])
def test_wrong_days_are_refused(anna: Browser, site: Site, days: str) -> None:
    assert anna.get(f"{ROOM}?days={days}").status_code == 422


def test_all_of_it_is_rejected_by_the_form_of_its_card(
    anna: Browser, database: Database, clock: FakeClock, spread: list[Comment]
) -> None:
    fields = dict(re.findall(r'name="(alike|newer)" value="(\w+)"', anna.page(ROOM)))
    preview = anna.page(f"/moderate/bulk?alike={fields['alike']}&newer=1&to=rejected")
    upto = re.findall(r'name="upto" value="(\w+)"', preview)[0]

    anna.send("/moderate/bulk", **fields, to="rejected", upto=upto, reason="spam")

    stored = Comments(database, clock)
    assert {stored.get(one.id).status for one in spread} == {Status.REJECTED}
    assert "with nearly the same text" in anna.page("/moderate/bulks")


def test_some_are_checked_and_decided_whatever_they_are(
    anna: Browser, database: Database, clock: FakeClock, spread: list[Comment]
) -> None:
    alike = re.findall(r'name="alike" value="(\w+)"', anna.page(ROOM))[0]
    page = anna.page(f"/moderate/comments?alike={alike}")
    boxes = re.findall(r'name="chosen" .*?value="([\w.]+)"', page)
    assert len(boxes) == 4

    anna.send("/moderate/bulk/chosen", chosen=boxes[:2], to="rejected", reason="spam")

    stored = Comments(database, clock)
    statuses = [stored.get(one.id).status for one in spread]
    assert statuses == [Status.FLAGGED, Status.FLAGGED, Status.REJECTED, Status.REJECTED]


@pytest.mark.parametrize("wrong", ["x", "0" * 15, "G" * 16, "0" * 17])
def test_a_fingerprint_that_is_none_is_refused(anna: Browser, site: Site, wrong: str) -> None:
    assert anna.get(f"/moderate/comments?alike={wrong}").status_code == 422


def test_who_may_only_look_sees_no_buttons(
    app: Flask, database: Database, clock: FakeClock, spread: list[Comment]
) -> None:
    moderators = Moderators(database, clock)
    moderators.add("Root")  # the first is an admin
    eve = signed_in(app, moderators, "Eve")
    Roles(database, clock).set_role("Eve", Role.VIEWER)

    page = eve.page(ROOM)

    assert "4 comments with nearly the same text" in page
    assert "Reject all" not in page
