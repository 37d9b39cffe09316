"""Each field of each door of the API at its limit, one over, missing, twice, of another type."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from moderation.comments import Comment, Status
from moderation.policy import Decision
from moderation.sites import KeyScope, Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import comments as table
from moderation.storage.sites.site_keys import SiteKeys
from tests.support.clock import FakeClock
from tests.support.factories import submission
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.web_app import ORIGIN

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
COMMENT = {"page": "/a", "name": "Ada", "text": "Well argued, thank you."}
USUAL: dict[str, dict[str, Any]] = {
    "submit": {"site": "demo", **COMMENT},
    "batch": COMMENT,
    "edit": {"name": "Ada", "text": "Well argued, indeed."},
    "report": {"reason": "spam", "text": "Look at its link."},
    "appeal": {"text": "It quotes the article."},
    "check": COMMENT,
}
TAKEN = {"submit": 202, "batch": 202, "edit": 200, "report": 202, "appeal": 200, "check": 200}
WRONG_TYPES = (5, 1.5, True, ["x"], {"x": "y"})
MISSING = object()
LISTS = ("batch", "check")  # take a list of comments
LIMITED = [
    *((door, "name", 80) for door in ("submit", "batch", "edit", "check")),
    *((door, "text", 10_000) for door in ("submit", "batch", "edit", "check")),
    ("batch", "source_id", 255),
    ("report", "text", 1_000),
    ("appeal", "text", 500),
]
NEEDED = [
    *(("submit", field) for field in ("site", "page", "name", "text")),
    *(("batch", field) for field in ("page", "name", "text")),
    ("report", "reason"),
    ("appeal", "text"),
    ("check", "text"),
]
TYPED = [
    *NEEDED,
    *(("submit", field) for field in ("parent", "url", "title", "query")),
    *(("submit", field) for field in ("website", "time_token", "nudge")),
    *(("batch", field) for field in ("parent", "source_id", "created_at")),
    *(("edit", field) for field in ("name", "text")),
    *(("check", field) for field in ("name", "page", "address")),
    ("report", "text"),
]
EVERY = [(door, field) for door, fields in USUAL.items() for field in fields]


class Door(NamedTuple):
    """Where a body goes, and what opens it."""

    method: str
    path: str
    headers: dict[str, str]


Doors = dict[str, Door]
Send = Callable[..., TestResponse]


@pytest.fixture
def doors(
    app: Flask, site: Site, site_keys: SiteKeys, database: Database, clock: FakeClock
) -> Doors:
    approved = add_scored(database, clock, GOOD)
    rejected = add_scored(database, clock, Decision(Status.REJECTED))
    pending = Comments(database, clock).add(site, submission(), Submitter())
    server = {"Authorization": f"Bearer {site_keys.make('demo', scope=KeyScope.TRUSTED)}"}

    def own(comment: Comment) -> dict[str, str]:
        return {"Parley-Author-Token": app.extensions["parley"].sign("author", comment.id)}

    at = "/v1/comments"
    return {
        "submit": Door("POST", at, {"Origin": ORIGIN}),
        "batch": Door("POST", f"{at}:batch", server),
        "edit": Door("PATCH", f"{at}/{pending.id}", own(pending)),
        "report": Door("POST", f"{at}/{approved.id}/reports", {"Origin": ORIGIN}),
        "appeal": Door("POST", f"{at}/{rejected.id}/appeal", own(rejected)),
        "check": Door("POST", "/v1/checks", server),
    }


@pytest.fixture
def send(client: FlaskClient, doors: Doors) -> Send:
    """Sends a body as it is spelled."""

    def post(name: str, body: str, content_type: str = JSON) -> TestResponse:
        door = doors[name]
        headers = {**door.headers, "Content-Type": content_type}
        return client.open(door.path, method=door.method, data=body.encode(), headers=headers)

    return post


def outcome(send: Send, door: str, fields: dict[str, Any]) -> tuple[int, str | None, str]:
    """Status, field and sentence; of the one comment where a list of them is sent."""
    answer = send(door, json.dumps({"comments": [fields]} if door in LISTS else fields))
    body = answer.get_json(force=True)
    if door == "batch" and answer.status_code == HTTPStatus.OK:
        (one,) = body["comments"]
        body = one["problem"] or {}
        return one["status"], body.get("field"), body.get("detail", "")
    return answer.status_code, body.get("field"), body.get("detail", "")


def changed(door: str, field: str, value: object) -> dict[str, Any]:
    fields = {**USUAL[door], field: value}
    return {name: one for name, one in fields.items() if one is not MISSING}


def named(door: str, field: str) -> str:
    return f"comments[0].{field}" if door == "check" else field


@pytest.mark.parametrize(("door", "field", "most"), LIMITED)
def test_a_field_is_taken_at_its_limit_and_refused_one_over(
    send: Send, door: str, field: str, most: int
) -> None:
    over = outcome(send, door, changed(door, field, "x" * (most + 1)))
    at_limit = outcome(send, door, changed(door, field, "x" * most))

    assert over[:2] == (422, named(door, field))
    assert f"{most:,}" in over[2]
    assert at_limit[:2] == (TAKEN[door], None)


@pytest.mark.parametrize("field", ["url", "title", "query"])
@pytest.mark.parametrize("value", ["x" * 100_000, "\0\u202e", MISSING, None, ""])
def test_no_text_that_is_said_of_the_page_refuses_a_comment(
    send: Send, field: str, value: object
) -> None:
    if ("submit", field) in NEEDED and not isinstance(value, str):
        pytest.skip("a comment has to have a page")
    assert outcome(send, "submit", changed("submit", field, value))[:2] == (202, None)


@pytest.mark.parametrize("value", [MISSING, None, "", " \u200b\n"])
@pytest.mark.parametrize(("door", "field"), NEEDED)
def test_a_field_that_is_missing_is_named(send: Send, door: str, field: str, value: object) -> None:
    assert outcome(send, door, changed(door, field, value))[:2] == (422, named(door, field))


@pytest.mark.parametrize("value", WRONG_TYPES)
@pytest.mark.parametrize(("door", "field"), TYPED)
def test_another_type_is_refused_by_name(send: Send, door: str, field: str, value: object) -> None:
    if (field, value) == ("nudge", True):
        pytest.skip("this is what it may be")
    assert outcome(send, door, changed(door, field, value))[:2] == (422, named(door, field))


@pytest.mark.parametrize(("door", "field"), EVERY)
def test_a_field_that_is_given_twice_is_refused(
    send: Send, database: Database, door: str, field: str
) -> None:
    before = comments_of(database)
    fields = json.dumps(USUAL[door])[1:-1]
    escaped = f"\\u{ord(field[0]):04x}{field[1:]}"
    body = f'{{"{escaped}": "x", {fields}}}'

    answer = send(door, f'{{"comments": [{body}]}}' if door in LISTS else body)

    assert (answer.status_code, "twice" in answer.get_json(force=True)["detail"]) == (400, True)
    assert comments_of(database) == before


@pytest.mark.parametrize(("door", "field"), [row for row in EVERY if row[0] not in LISTS])
def test_a_forms_field_that_is_given_twice_is_refused(
    send: Send, database: Database, door: str, field: str
) -> None:
    before = comments_of(database)
    twice = f"{urlencode(USUAL[door])}&%{ord(field[0]):02x}{field[1:]}=x"

    answer = send(door, twice, FORM)

    assert (answer.status_code, "twice" in answer.text) == (400, True)
    assert comments_of(database) == before


def comments_of(database: Database) -> list[tuple[str, str]]:
    with database.read() as connection:
        rows = connection.execute(select(table.c.text, table.c.status).order_by(table.c.id))
        return [(row.text, row.status) for row in rows]
