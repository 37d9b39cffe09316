"""Campaigns for programs: by token or key, in scope, decided up to what was read."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from moderation.accounts.moderators import Role
from moderation.comments import Comment, Status
from moderation.sites import KeyScope, Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.roles import Roles
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.sites.site_keys import SiteKeys
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.moderator_browser import Browser, signed_in

VOTE = "Vote NO on the harbour tunnel, neighbours!"
ID = "fd9a8781450e2fc5"  # the fingerprint of VOTE
BUY = "Buy cheap golden watches from our little shop"
CAMPAIGNS = "/v1/moderation/campaigns"
_TOKEN = re.compile(r'id="token">([\w-]+)<')


class Program:
    """A program with a moderator's token."""

    def __init__(self, browser: Browser, client: FlaskClient) -> None:
        shown = browser.send("/moderate/tokens", name="a bot")
        token = _TOKEN.search(shown.text)
        assert token, shown.text
        self._headers = {"Authorization": f"Bearer {token[1]}"}
        self._client = client

    def get(self, path: str = CAMPAIGNS) -> TestResponse:
        return self._client.get(path, headers=self._headers)

    def read(self, query: str = "") -> list[dict[str, str]]:
        campaigns: list[dict[str, str]] = self.get(CAMPAIGNS + query).get_json()["campaigns"]
        return campaigns

    def decide(self, campaign_id: str, *, query: str = "", **fields: object) -> TestResponse:
        path = f"{CAMPAIGNS}/{campaign_id}/decision{query}"
        return self._client.post(path, json=fields, headers=self._headers)


@pytest.fixture
def anna(app: Flask, database: Database, clock: FakeClock) -> Browser:
    return signed_in(app, Moderators(database, clock), "Anna")


@pytest.fixture
def program(anna: Browser, app: Flask) -> Program:
    return Program(anna, app.test_client())


@pytest.fixture
def spread(database: Database, clock: FakeClock, site: Site) -> list[Comment]:
    """Four alike, of which the last is published, by four authors on two pages."""
    spread = [add_scored(database, clock, text=VOTE, name=name) for name in ("Ada", "Bob", "Cy")]
    return [*spread, add_scored(database, clock, GOOD, text=VOTE.lower(), name="Di", page="/b")]


def test_a_campaign_is_read_with_its_numbers(program: Program, spread: list[Comment]) -> None:
    assert program.get().json == {
        "whole": True,
        "campaigns": [
            {
                "id": ID,
                "upto": spread[-1].id,
                "comments": 4,
                "statuses": {"flagged": 3, "approved": 1},
                "names": 4,
                "addresses": 0,
                "pages": 2,
                "sites": ["demo"],
                "first_at": "2026-01-31T12:00:00.000Z",
                "last_at": "2026-01-31T12:00:00.000Z",
                "texts": [VOTE, VOTE.lower()],
            }
        ],
        "next": None,
    }


def test_campaigns_are_read_in_parts_the_largest_first(
    program: Program, database: Database, clock: FakeClock, spread: list[Comment]
) -> None:
    for name in ("Ada", "Bob", "Cy"):
        add_scored(database, clock, text=BUY, name=name)

    first = program.get(f"{CAMPAIGNS}?limit=1").get_json()
    second = program.get(f"{CAMPAIGNS}?limit=1&after={first['next']}").get_json()

    texts = [part["campaigns"][0]["texts"][0] for part in (first, second)]
    assert (texts, second["next"]) == ([VOTE, BUY], None)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("days=0", 422),
        ("days=31", 422),
        ("limit=101", 422),
        ("after=no-such", 422),
        ("site=no-such", 404),
    ],
)
def test_what_is_no_question_is_refused(
    program: Program, site: Site, query: str, status: int
) -> None:
    assert program.get(f"{CAMPAIGNS}?{query}").status_code == status


def test_a_campaign_is_decided_up_to_what_was_read_and_undone(
    program: Program,
    anna: Browser,
    database: Database,
    clock: FakeClock,
    spread: list[Comment],
) -> None:
    (read,) = program.read()
    late = add_scored(database, clock, text=VOTE, name="Eve")

    answer = program.decide(
        read["id"], status="rejected", upto=read["upto"], reason="spam"
    ).get_json()

    stored = Comments(database, clock)
    assert {stored.get(one.id).status for one in spread} == {Status.REJECTED}
    assert stored.get(late.id).status is Status.FLAGGED
    assert answer["decided"] == 4
    anna.send(f"/moderate/bulks/{answer['bulk']}/undo")
    assert [stored.get(one.id).status for one in spread] == [one.status for one in spread]


def test_only_one_site_is_decided_where_one_was_read(
    program: Program, sites: Sites, database: Database, clock: FakeClock, spread: list[Comment]
) -> None:
    sites.add(Site(0, "other", "Other", ()))
    elsewhere = add_scored(database, clock, site="other", text=VOTE, name="Eve")

    answer = program.decide(ID, query="?site=demo", status="approved", upto=elsewhere.id)

    assert answer.get_json()["decided"] == 3
    assert Comments(database, clock).get(elsewhere.id).status is Status.FLAGGED


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"status": "erased"}, 422),
        ({"status": "flagged"}, 422),
        ({"reason": "dull"}, 422),
        ({"status": "approved", "reason": "spam"}, 422),
        ({"upto": None}, 404),
        ({"upto": "a\0b"}, 404),
        ({"upto": ["x"]}, 404),
    ],
)
def test_what_is_no_decision_is_refused(
    program: Program, spread: list[Comment], fields: dict[str, object], status: int
) -> None:
    body: dict[str, Any] = {"status": "rejected", "upto": spread[-1].id, **fields}

    assert program.decide(ID, **body).status_code == status


@pytest.mark.parametrize("wrong", ["x", "0" * 15, "G" * 16])
def test_an_id_that_no_campaign_has_is_refused(
    program: Program, spread: list[Comment], wrong: str
) -> None:
    assert program.decide(wrong, status="rejected", upto=spread[-1].id).status_code == 422


def test_nobody_asks_without_a_token(client: FlaskClient, spread: list[Comment]) -> None:
    answers = (client.get(CAMPAIGNS), client.post(f"{CAMPAIGNS}/{ID}/decision"))

    assert [answer.status_code for answer in answers] == [401, 401]


@pytest.mark.parametrize("scope", list(KeyScope))
def test_a_sites_server_reads_what_came_there_and_decides_no_campaign(
    client: FlaskClient, site_keys: SiteKeys, sites: Sites, spread: list[Comment], scope: KeyScope
) -> None:
    sites.add(Site(0, "other", "Other", ()))
    headers = {"Authorization": f"Bearer {site_keys.make('demo', scope=scope)}"}
    others = {"Authorization": f"Bearer {site_keys.make('other', scope=scope)}"}
    body = {"status": "rejected", "upto": spread[-1].id}

    read = client.get(CAMPAIGNS, headers=headers)
    decided = client.post(f"{CAMPAIGNS}/{ID}/decision", json=body, headers=headers)

    may_read = scope in (KeyScope.READ, KeyScope.MODERATE)
    assert (read.status_code, decided.status_code) == ((200, 403) if may_read else (401, 401))
    if may_read:
        assert len(read.get_json()["campaigns"]) == 1
        assert client.get(CAMPAIGNS, headers=others).get_json()["campaigns"] == []


def test_a_viewers_token_reads_and_decides_nothing(
    app: Flask,
    anna: Browser,
    database: Database,
    clock: FakeClock,
    spread: list[Comment],
) -> None:
    vera = Program(signed_in(app, Moderators(database, clock), "Vera"), app.test_client())
    Roles(database, clock).set_role("Vera", Role.VIEWER)

    assert len(vera.read()) == 1
    assert vera.decide(ID, status="rejected", upto=spread[-1].id).status_code == 403
    assert Comments(database, clock).get(spread[0].id).status is Status.FLAGGED
