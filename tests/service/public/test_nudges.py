"""A site may tell authors once which of their words would make a comment wait."""

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from moderation.comments import Status
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import comments as table
from moderation.storage.sites.rule_versions import RuleVersions
from tests.support.clock import FakeClock
from tests.support.web_app import ORIGIN

RUDE, CIVIL = "You are a stupid idiot.", "Thank you for this article."
SPAM = "Buy cheap pills at http://pills.example now, best prices, free shipping!!!"


@pytest.fixture
def nudging(site: Site, sites: Sites) -> Site:
    sites.change(site.name, lambda site: replace(site, nudges=True))
    return sites.get(site.name)


def send(client: FlaskClient, text: str, **fields: object) -> Any:
    sent = {"site": "demo", "page": "/a", "name": "Ada", "text": text, **fields}
    return client.post("/v1/comments", json=sent, headers={"Origin": ORIGIN})


def stored(database: Database) -> int:
    with database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_an_author_is_told_the_words_and_nothing_is_stored(
    client: FlaskClient, nudging: Site, database: Database
) -> None:
    answer = send(client, RUDE, nudge=True)

    assert answer.status_code == 200
    assert "idiot" in answer.get_json()["nudge"]["words"]
    assert stored(database) == 0


def test_on_a_closed_page_nobody_is_asked_to_change_words(
    client: FlaskClient, nudging: Site, database: Database, clock: FakeClock
) -> None:
    RuleVersions(database, clock).change("demo", {"closing": {"closed": True}}, "/a")

    assert send(client, RUDE, nudge=True).status_code == 403


def test_what_is_sent_as_it_is_is_taken(
    client: FlaskClient, nudging: Site, comments: Comments
) -> None:
    taken = send(client, RUDE)

    assert taken.status_code == 202
    assert comments.get(taken.get_json()["id"]).status is Status.PENDING


@pytest.mark.parametrize("text", [CIVIL, SPAM])
def test_civil_comments_and_spam_hear_nothing(
    client: FlaskClient, nudging: Site, text: str
) -> None:
    assert send(client, text, nudge=True).status_code == 202


def test_a_site_that_has_it_off_takes_all(client: FlaskClient, site: Site) -> None:
    assert send(client, RUDE, nudge=True).status_code == 202


@pytest.mark.parametrize("nudge", [None, False])
def test_only_who_can_be_told_is_told(client: FlaskClient, nudging: Site, nudge: object) -> None:
    assert send(client, RUDE, nudge=nudge).status_code == 202
