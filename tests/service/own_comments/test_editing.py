"""An author changes a comment: by a script with its token, or on its page without one."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from moderation.comments import Status
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.web_app import ORIGIN, MakeApp

Taken = dict[str, Any]


def submit(client: FlaskClient) -> Taken:
    sent = {"site": "demo", "page": "/a", "name": "Ada", "text": "Well argued"}
    answer: Taken = client.post("/v1/comments", json=sent, headers={"Origin": ORIGIN}).get_json()
    return answer


@pytest.fixture
def taken(client: FlaskClient, site: Site) -> Taken:
    return submit(client)


def edit(client: FlaskClient, taken: Taken, **fields: object) -> Any:
    headers = {"Parley-Author-Token": taken["author_token"], "Origin": ORIGIN}
    return client.patch(f"/v1/comments/{taken['id']}", json=fields, headers=headers)


def test_the_token_changes_text_and_name(client: FlaskClient, taken: Taken) -> None:
    changed = edit(client, taken, text="Badly argued", name="Eve")

    assert changed.status_code == 200
    fields = ("text", "name", "status", "edited_at", "edit_until")
    assert [changed.json[field] for field in fields] == [
        "Badly argued",
        "Eve",
        "pending",
        "2026-01-31T12:00:00.000Z",
        "2026-01-31T12:05:00.000Z",
    ]
    assert changed.headers["Access-Control-Allow-Origin"] == ORIGIN


def test_readers_see_that_it_was_changed(
    client: FlaskClient, app: Flask, database: Database, clock: FakeClock
) -> None:
    add_scored(database, clock, GOOD)
    (shown,) = client.get("/v1/comments?site=demo&page=/a").get_json()["comments"]

    assert shown["edited_at"] is None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": 7}, "text"),
        ({"text": "x" * 10_001}, "text"),
        ({"text": "x", "name": "two\nlines"}, "name"),
        ({"name": "y" * 81}, "name"),
    ],
)
def test_what_a_new_comment_may_not_have_is_refused(
    client: FlaskClient, taken: Taken, comments: Comments, fields: dict[str, object], field: str
) -> None:
    refused = edit(client, taken, **fields)

    assert (refused.status_code, refused.json["field"]) == (422, field)
    assert comments.get(taken["id"]).text == "Well argued"


def test_a_site_with_shorter_texts_refuses_longer_ones(
    client: FlaskClient, site: Site, sites: Sites
) -> None:
    sites.change(site.name, lambda site: replace(site, max_text=12))
    taken = submit(client)

    assert edit(client, taken, text="Well argued!!").status_code == 422


@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
def test_nobody_else_changes_it(client: FlaskClient, taken: Taken, token: str) -> None:
    refused = edit(client, {**taken, "author_token": token}, text="Mine now")

    assert (refused.status_code, refused.json["type"]) == (403, "urn:parley:wrong-author-token")


@pytest.mark.parametrize(("after", "status"), [(300, 200), (301, 409), (86_400, 409)])
def test_a_comment_can_be_changed_as_long_as_said_and_always_seen(
    client: FlaskClient, taken: Taken, clock: FakeClock, after: int, status: int
) -> None:
    clock.advance(after)

    changed = edit(client, taken, text="Badly argued")
    headers = {"Parley-Author-Token": taken["author_token"]}
    seen = client.get(f"/v1/comments/{taken['id']}", headers=headers)

    assert (changed.status_code, seen.status_code) == (status, 200)


def test_when_the_time_is_over_a_reader_is_told_in_their_language(
    client: FlaskClient, taken: Taken, clock: FakeClock
) -> None:
    clock.advance(301)
    headers = {"Parley-Author-Token": taken["author_token"], "Accept-Language": "de"}
    refused = client.patch(f"/v1/comments/{taken['id']}", json={"text": "Zu"}, headers=headers)
    own = client.get(f"/v1/comments/{taken['id']}", headers=headers)

    assert (refused.status_code, refused.get_json()["detail"]) == (
        409,
        "Dieser Kommentar kann nicht mehr geändert werden.",
    )
    assert own.get_json()["edit_until"] is None


def test_changes_count_against_the_limit_of_new_comments(make_app: MakeApp, site: Site) -> None:
    client = make_app(submit_limit="3 per minute").test_client()
    taken = submit(client)

    answers = [edit(client, taken, text=f"Text {number}") for number in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]


def test_the_page_of_the_comment_has_a_form_while_it_may_be_changed(
    client: FlaskClient, taken: Taken, comments: Comments, clock: FakeClock
) -> None:
    address = urlsplit(taken["author_url"]).path
    before = client.get(address)
    sent = client.post(
        f"{address}/text?lang=fr",
        data={"name": "Ada", "text": "First line\r\nsecond"},
        headers={"Origin": ORIGIN},
    )
    clock.advance(301)
    after = client.get(address)

    assert f'action="{address}/text"' in before.text
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{address}?lang=fr")
    stored = comments.get(taken["id"])
    assert (stored.text, stored.status) == ("First line\r\nsecond", Status.PENDING)
    assert f"{address}/text" not in after.text


def test_a_wrong_address_changes_nothing(
    client: FlaskClient, taken: Taken, comments: Comments
) -> None:
    address = f"/own/{taken['id']}/{'0' * 64}/text"

    refused = client.post(address, data={"name": "Eve", "text": "Mine"})

    assert refused.status_code == 403
    assert comments.get(taken["id"]).text == "Well argued"
