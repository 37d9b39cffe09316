"""Programs are told from readers by what readers neither see nor need."""

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from moderation.choices.safeguards import Safeguards
from moderation.sites import Site
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import comments
from moderation.storage.sites.site_keys import SiteKeys
from tests.support.clock import FakeClock

ORIGIN = {"Origin": "https://paper.example"}
USUAL = {"site": "demo", "page": "/a", "name": "Ada", "text": "Well argued, thank you."}
DAY = 86_400


@pytest.fixture
def token(client: FlaskClient, site: Site) -> str:
    answer = client.get("/v1/time-token?site=demo")
    assert answer.headers["Cache-Control"] == "no-store"
    return str((answer.json or {})["time_token"])


def guard(client: FlaskClient, sites: Sites, **safeguards: Any) -> None:
    sites.change("demo", lambda site: replace(site, safeguards=Safeguards(**safeguards)))
    client.application.extensions["parley"].site_cache._expires_at = 0.0


def send(client: FlaskClient, **fields: object) -> int:
    return client.post("/v1/comments", json={**USUAL, **fields}, headers=ORIGIN).status_code


def caught(database: Database) -> list[str | None]:
    with database.read() as connection:
        return list(
            connection.execute(select(comments.c.caught_by).order_by(comments.c.id)).scalars()
        )


@pytest.mark.parametrize(
    ("after", "catch"),
    [
        (0, "sent_too_fast"),
        (0.9, "sent_too_fast"),
        (1, None),
        (DAY, None),
        (DAY + 1, "old_time_token"),
        (-59, "sent_too_fast"),
        (-DAY, "old_time_token"),  # a server whose clock is off by a day
    ],
)
def test_comment_waits_that_is_sent_too_fast_or_too_late(
    client: FlaskClient, database: Database, clock: FakeClock, token: str, after: float, catch: str
) -> None:
    clock.advance(after)

    assert send(client, time_token=token) == 202
    assert caught(database) == [catch]


def test_token_is_good_once(
    client: FlaskClient, database: Database, clock: FakeClock, token: str
) -> None:
    clock.advance(5)

    for text in ("One.", "Two."):
        send(client, time_token=token, text=text)

    assert caught(database) == [None, "used_time_token"]


def test_the_same_comment_sent_again_is_not_caught(
    client: FlaskClient, database: Database, clock: FakeClock, token: str
) -> None:
    clock.advance(5)
    again = {**ORIGIN, "Idempotency-Key": "one"}
    fields = {**USUAL, "time_token": token}

    answers = [client.post("/v1/comments", json=fields, headers=again).json for _ in range(3)]

    assert len({str(answer) for answer in answers}) == 1
    assert caught(database) == [None]


@pytest.mark.parametrize("change", ["site", "time", "nonce", "signature", "words"])
def test_forged_token_waits(
    client: FlaskClient,
    database: Database,
    sites: Sites,
    clock: FakeClock,
    token: str,
    change: str,
) -> None:
    begun, nonce, signature = token.split(".")
    sites.add(Site(0, "other", "Other", ("https://other.example",)))
    foreign = (client.get("/v1/time-token?site=other").json or {})["time_token"]
    forged: dict[str, object] = {
        "site": foreign,
        "time": f"{int(begun) - 9000}.{nonce}.{signature}",
        "nonce": f"{begun}.{'0' * 24}.{signature}",
        "signature": f"{begun}.{nonce}.{'0' * 64}",
        "words": "let me in",
    }
    clock.advance(5)

    assert send(client, time_token=forged[change]) == 202
    assert caught(database) == ["forged_time_token"]


@pytest.mark.parametrize("filled", ["https://spam.example", " "])
def test_who_fills_in_the_hidden_field_waits(
    client: FlaskClient, database: Database, site: Site, filled: object
) -> None:
    assert send(client, website=filled) == 202
    assert caught(database) == ["honeypot"]


@pytest.mark.parametrize("field", ["website", "time_token"])
@pytest.mark.parametrize("wrong", [1, True, ["x"], {"a": "b"}])
def test_wrong_type_is_a_developers_mistake(
    client: FlaskClient, site: Site, field: str, wrong: object
) -> None:
    answer = client.post("/v1/comments", json={**USUAL, field: wrong}, headers=ORIGIN)

    assert (answer.status_code, (answer.json or {})["field"]) == (422, field)


def test_form_without_script_is_caught_by_its_hidden_field(
    client: FlaskClient, database: Database, site: Site
) -> None:
    for website in ("", "https://spam.example"):
        fields = {**USUAL, "website": website, "text": f"Hello {website}"}
        assert client.post("/v1/comments", data=fields, headers=ORIGIN).status_code == 303

    assert caught(database) == [None, "honeypot"]


def test_each_can_be_switched_off(
    client: FlaskClient, database: Database, site: Site, sites: Sites
) -> None:
    guard(client, sites, honeypot=False, time_token=False, token_required=True)

    send(client, website="https://spam.example", time_token=USUAL["text"])

    assert caught(database) == [None]


def test_token_can_be_required(
    client: FlaskClient, database: Database, clock: FakeClock, sites: Sites, token: str
) -> None:
    guard(client, sites, token_required=True)
    clock.advance(5)

    send(client)
    send(client, time_token=token, text="Two.")

    assert caught(database) == ["no_time_token", None]


def test_sites_own_server_is_asked_for_nothing(
    client: FlaskClient, database: Database, site: Site, sites: Sites, site_keys: SiteKeys
) -> None:
    guard(client, sites, token_required=True)
    headers = {"Authorization": f"Bearer {site_keys.make('demo')}"}

    client.post("/v1/comments", json={**USUAL, "website": "x"}, headers=headers)

    assert caught(database) == [None]


@pytest.mark.parametrize("limit", ["page_limit", "site_limit"])
def test_all_readers_together_have_a_limit(
    client: FlaskClient, site: Site, sites: Sites, limit: str
) -> None:
    guard(client, sites, **{limit: "2 per hour"})

    statuses = [send(client, text=f"{number}.") for number in range(3)]
    elsewhere = send(client, page="/b")

    assert statuses == [202, 202, 429]
    assert elsewhere == (202 if limit == "page_limit" else 429)


@pytest.mark.parametrize(("query", "status"), [("", 422), ("?site=", 422), ("?site=none", 404)])
def test_token_is_of_a_site(client: FlaskClient, site: Site, query: str, status: int) -> None:
    assert client.get(f"/v1/time-token{query}").status_code == status
