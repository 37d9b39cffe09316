"""`POST /v1/checks`: whether comments of another system may pass, by the site's policy."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from moderation.accounts.moderators import ALL_SITES
from moderation.comments import MAX_TEXT, Status
from moderation.sanctions import SanctionKind
from moderation.sites import KeyScope, Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.review.sanctions import Sanctions
from moderation.storage.schema.comments import comments as comments_table
from moderation.storage.sites.site_keys import SiteKeys
from service.wiring.parts import Parts
from tests.support.clock import FakeClock
from tests.support.factories import submission
from tests.support.web_app import MakeApp

CIVIL, RUDE = "Thank you for this article.", "You are a stupid idiot."


@pytest.fixture
def key(site: Site, site_keys: SiteKeys) -> str:
    return site_keys.make(site.name, scope=KeyScope.SCORE, name="checks")


@pytest.fixture
def submit_key(site: Site, site_keys: SiteKeys) -> str:
    return site_keys.make(site.name, name="server")


@pytest.fixture
def banned_address(app: Flask, database: Database, clock: FakeClock, site: Site) -> str:
    """An address whose author a moderator banned."""
    address, parts = "192.0.2.7", app.extensions["parley"]
    assert isinstance(parts, Parts)
    sender = Submitter(parts.addresses.hash(address, clock()))
    comment = parts.comments.add(site, submission(), sender)
    anna, until = Moderators(database, clock).add("Anna"), clock() + timedelta(days=1)
    sanctions = Sanctions(database, clock, ALL_SITES)
    sanctions.impose(comment.id, SanctionKind.BAN, until, moderator_id=anna.id, reason="Spam.")
    return address


def stored(database: Database) -> list[tuple[str, str]]:
    """The id and text of every comment."""
    with database.read() as connection:
        rows = connection.execute(
            select(comments_table.c.public_id, comments_table.c.text).order_by(comments_table.c.id)
        )
        return [(row.public_id, row.text) for row in rows]


def checks_of(answer: TestResponse) -> list[dict[str, Any]]:
    assert answer.json is not None
    return list(answer.json["checks"])


def ask(client: FlaskClient, key: str, body: object, **headers: str) -> TestResponse:
    return client.post(
        "/v1/checks", json=body, headers={"Authorization": f"Bearer {key}", **headers}
    )


def test_each_comment_gets_its_decision_in_the_order_sent(client: FlaskClient, key: str) -> None:
    comments = [{"name": "Ada", "text": text} for text in (RUDE, CIVIL)]

    answer = ask(client, key, {"comments": comments})

    rude, civil = checks_of(answer)
    assert (rude["status"], rude["section"]) == ("flagged", "likely_rejected")
    assert (civil["status"], civil["section"], civil["reasons"]) == ("approved", None, [])
    assert [reason["rule"] for reason in rude["reasons"]] == ["toxicity"]
    assert (civil["id"], civil["spans"], civil["language"]) == (None, {}, "en")
    assert answer.headers["Cache-Control"] == "no-store"


def test_spans_are_places_in_the_text_in_code_points(client: FlaskClient, key: str) -> None:
    text = f"😀 {RUDE}"

    spans = checks_of(ask(client, key, {"comments": [{"text": text}]}))[0]["spans"]

    words = [text[span["start"] : span["end"]] for span in spans["toxicity"]]
    assert words == ["stupid", "idiot"]
    assert all(span["contribution"] > 0 for span in spans["toxicity"])


def test_a_site_s_own_policy_decides(client: FlaskClient, key: str, sites: Sites) -> None:
    sites.set_rejection("demo", "toxicity", 0.5)

    assert checks_of(ask(client, key, {"comments": [{"text": RUDE}]}))[0]["status"] == "rejected"


def test_a_name_may_be_what_does_not_pass(client: FlaskClient, key: str) -> None:
    body = {"comments": [{"name": "stupid idiot", "text": CIVIL}]}

    check = checks_of(ask(client, key, body))[0]

    assert check["status"] == "flagged"
    assert {reason["part"] for reason in check["reasons"]} == {"name"}


def test_a_banned_address_does_not_pass(client: FlaskClient, key: str, banned_address: str) -> None:
    comments = [{"text": CIVIL, "address": address} for address in (banned_address, "192.0.2.99")]

    banned, other = checks_of(ask(client, key, {"comments": comments}))

    assert (banned["status"], [why["rule"] for why in banned["reasons"]]) == (
        "rejected",
        ["banned"],
    )
    assert other["status"] == "approved"


def test_without_a_model_everything_is_held(
    make_app: MakeApp, site: Site, key: str, tmp_path: Path
) -> None:
    answer = ask(make_app(model=tmp_path).test_client(), key, {"comments": [{"text": CIVIL}]})

    check = checks_of(answer)[0]
    assert (check["status"], check["scores"], (answer.json or {})["model"]) == ("flagged", {}, None)


def test_what_is_only_asked_about_is_not_stored(
    client: FlaskClient, key: str, database: Database
) -> None:
    ask(client, key, {"comments": [{"name": "Ada", "text": RUDE, "page": "/a"}]})

    assert stored(database) == []


def test_what_is_held_waits_for_moderators_if_asked_to(
    client: FlaskClient, submit_key: str, database: Database
) -> None:
    comments = [{"name": "Ada", "text": text, "page": "/a"} for text in (RUDE, CIVIL)]
    body = {"comments": comments, "store": True}

    first, again = (ask(client, submit_key, body, **{"Idempotency-Key": "one"}) for _ in "ab")

    rude, civil = checks_of(first)
    assert civil["id"] is None
    assert checks_of(again)[0]["id"] == rude["id"]
    assert stored(database) == [(rude["id"], RUDE)]


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 422, "comments"),
        ({"comments": []}, 422, "comments"),
        ({"comments": [{"text": CIVIL}] * 101}, 422, "comments"),
        ({"comments": "all"}, 422, "comments"),
        ({"comments": [{"text": CIVIL}, "all"]}, 422, "comments[1].text"),
        ({"comments": [{"text": CIVIL}, {"name": "Ada"}]}, 422, "comments[1].text"),
        ({"comments": [{"text": 7}]}, 422, "comments[0].text"),
        ({"comments": [{"text": "x" * 20_000}]}, 422, "comments[0].text"),
        ({"comments": [{"text": CIVIL, "name": "a\nb"}]}, 422, "comments[0].name"),
        ({"comments": [{"text": CIVIL, "name": 0}]}, 422, "comments[0].name"),
        ({"comments": [{"text": CIVIL, "page": 0}]}, 422, "comments[0].page"),
        ({"comments": [{"text": CIVIL, "address": "here"}]}, 422, "comments[0].address"),
        ({"comments": [{"text": CIVIL, "address": 7}]}, 422, "comments[0].address"),
        ({"comments": [{"text": CIVIL}], "store": "yes"}, 422, "store"),
        ({"comments": [{"text": "x" * 2_000_000}]}, 422, "comments[0].text"),
        ({"comments": [{"text": "x" * 8_400_000}]}, 413, None),
    ],
)
def test_what_is_wrong_is_named(
    client: FlaskClient, key: str, body: object, status: int, field: str | None
) -> None:
    answer = ask(client, key, body)

    assert (answer.status_code, (answer.json or {}).get("field")) == (status, field)


@pytest.mark.parametrize("authorization", [None, "Bearer", "Bearer wrong", "Basic YTpi"])
def test_nobody_is_told_anything_without_a_key(
    client: FlaskClient, site: Site, authorization: str | None
) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}

    answer = client.post("/v1/checks", json={"comments": [{"text": CIVIL}]}, headers=headers)

    assert (answer.status_code, (answer.json or {})["type"]) == (401, "urn:parley:wrong-key")


def test_a_key_that_may_only_score_stores_nothing(
    client: FlaskClient, key: str, database: Database
) -> None:
    body = {"comments": [{"name": "Ada", "text": RUDE, "page": "/a"}], "store": True}

    answer = ask(client, key, body)

    assert (answer.status_code, stored(database)) == (401, [])


HELD = {"name": "Ada", "text": RUDE, "page": "/a"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", None),
        ("name", ""),
        ("name", "A" * 81),
        ("name", "A\nB"),
        ("page", None),
        ("page", ""),
        ("page", 7),
        ("text", " "),
        ("text", "You are an idiot." * 600),
        ("text", f"{RUDE}\0"),
        ("address", "192.0.2"),
    ],
)
def test_one_comment_that_cannot_be_stored_keeps_all_of_them_out(
    client: FlaskClient, submit_key: str, database: Database, field: str, value: object
) -> None:
    body = {"comments": [HELD, {**HELD, field: value}], "store": True}

    answer = ask(client, submit_key, body)

    assert (answer.status_code, (answer.json or {})["field"]) == (422, f"comments[1].{field}")
    assert stored(database) == []


def test_the_site_s_own_longest_text_counts(
    client: FlaskClient, submit_key: str, sites: Sites, database: Database
) -> None:
    sites.change("demo", lambda site: replace(site, max_text=20))

    answer = ask(client, submit_key, {"comments": [HELD], "store": True})

    assert "this site allows 20" in (answer.json or {})["detail"]
    assert stored(database) == []


def test_what_is_stored_is_on_a_page_of_the_key_s_own_site(
    client: FlaskClient, submit_key: str, app: Flask
) -> None:
    elsewhere = {"site": "other", "parent": "a comment of the other system", "url": "https://x"}

    answer = ask(client, submit_key, {"comments": [{**HELD, **elsewhere}], "store": True})

    comment = app.extensions["parley"].comments.get(checks_of(answer)[0]["id"])
    assert (comment.site, comment.page, comment.parent) == ("demo", "/a", None)
    assert comment.status is Status.PENDING  # as any other: a worker decides it by the same rules


def test_a_hundred_of_the_longest_texts_are_one_question(
    client: FlaskClient, submit_key: str, database: Database
) -> None:
    texts = [f"{RUDE} {number} ".ljust(MAX_TEXT, "!") for number in range(100)]
    comments = [{**HELD, "text": text} for text in texts]

    answer = ask(client, submit_key, {"comments": comments, "store": True})

    ids = [check["id"] for check in checks_of(answer)]
    assert stored(database) == list(zip(ids, texts, strict=True))


def test_an_idempotency_key_stores_each_place_once(
    client: FlaskClient, submit_key: str, database: Database
) -> None:
    header = {"Idempotency-Key": "one"}
    others = [{**HELD, "text": f"{RUDE} {number}"} for number in range(3)]
    first = ask(client, submit_key, {"comments": others[:2], "store": True}, **header)

    longer = ask(client, submit_key, {"comments": others, "store": True}, **header)
    changed = ask(client, submit_key, {"comments": others[1:], "store": True}, **header)

    ids = [check["id"] for check in checks_of(longer)]
    assert [check["id"] for check in checks_of(first)] == ids[:2]
    assert (changed.status_code, [number for number, _ in stored(database)]) == (409, ids)


def test_without_an_idempotency_key_the_same_is_stored_again(
    client: FlaskClient, submit_key: str, database: Database
) -> None:
    for _ in range(2):
        ask(client, submit_key, {"comments": [HELD], "store": True})

    assert len(stored(database)) == 2


@pytest.mark.parametrize("repeated", ["", "x" * 256])
def test_an_idempotency_key_that_is_none_stores_nothing(
    client: FlaskClient, submit_key: str, database: Database, repeated: str
) -> None:
    body = {"comments": [HELD], "store": True}

    answer = ask(client, submit_key, body, **{"Idempotency-Key": repeated})

    assert (answer.status_code, (answer.json or {})["field"]) == (422, "Idempotency-Key")
    assert stored(database) == []


def test_each_text_counts_for_the_limit_of_the_key(make_app: MakeApp, site: Site, key: str) -> None:
    client = make_app(score_limit="5 per minute").test_client()
    body = {"comments": [{"text": CIVIL}] * 3}

    assert [ask(client, key, body).status_code for _ in "ab"] == [200, 429]


def test_a_form_is_refused(client: FlaskClient, key: str) -> None:
    headers = {"Authorization": f"Bearer {key}"}

    answer = client.post("/v1/checks", data={"comments": CIVIL}, headers=headers)

    assert answer.status_code == 415
