"""An author erases their comment with its token: from the thread, and for good."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from moderation.sites import Site
from moderation.storage.database.engine import Database
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.web_app import ORIGIN

OTHERS = "the token of another comment"
PAGE = "/v1/comments?site=demo&page=/a"


def token_of(app: Flask, comment_id: str) -> dict[str, str]:
    return {"Parley-Author-Token": app.extensions["parley"].sign("author", comment_id)}


def test_the_token_of_a_submission_erases_it(client: FlaskClient, site: Site) -> None:
    sent = {"site": "demo", "page": "/a", "name": "Ada", "text": "Oh no"}
    taken = client.post("/v1/comments", json=sent, headers={"Origin": ORIGIN}).get_json()
    token = {"Parley-Author-Token": taken["author_token"]}

    erased = client.delete(f"/v1/comments/{taken['id']}", headers=token)
    again = client.delete(f"/v1/comments/{taken['id']}", headers=token)

    assert erased.status_code == again.status_code == 200
    assert erased.json == again.json
    assert erased.json is not None
    shown = (erased.json["status"], erased.json["erased"], erased.json["name"], erased.json["text"])
    assert shown == ("erased", True, "", "")


def test_an_erased_comment_leaves_its_place_while_others_answer_it(
    client: FlaskClient, app: Flask, database: Database, clock: FakeClock
) -> None:
    first = add_scored(database, clock, GOOD)
    clock.advance(1)
    reply = add_scored(database, clock, GOOD, parent=first.id)
    etag = client.get(PAGE).headers["ETag"]

    client.delete(f"/v1/comments/{first.id}", headers=token_of(app, first.id))
    page = client.get(PAGE, headers={"If-None-Match": etag})

    assert page.status_code == 200
    shown = [(c["id"], c["erased"], c["name"], c["text"]) for c in page.get_json()["comments"]]
    assert shown == [(first.id, True, "", ""), (reply.id, False, reply.name, reply.text)]
    assert page.get_json()["count"] == 1


@pytest.mark.parametrize("token", [None, "", "0" * 64, "ü", OTHERS])
def test_nobody_else_erases_it(
    client: FlaskClient, app: Flask, database: Database, clock: FakeClock, token: str | None
) -> None:
    first, other = (add_scored(database, clock, GOOD) for _ in range(2))
    given = token_of(app, other.id)["Parley-Author-Token"] if token == OTHERS else token
    headers = {} if given is None else {"Parley-Author-Token": given}

    refused = client.delete(f"/v1/comments/{first.id}", headers=headers)

    assert (refused.status_code, refused.get_json()["type"]) == (
        403,
        "urn:parley:wrong-author-token",
    )
    assert client.get(f"/v1/comments/{first.id}").get_json()["text"] == first.text


def test_a_page_of_the_site_may_ask_for_it(client: FlaskClient, site: Site) -> None:
    asked = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "DELETE",
        "Access-Control-Request-Headers": "parley-author-token",
    }

    allowed = client.options("/v1/comments/x", headers=asked).headers

    assert "DELETE" in allowed["Access-Control-Allow-Methods"]
    assert allowed["Access-Control-Allow-Origin"] == ORIGIN
