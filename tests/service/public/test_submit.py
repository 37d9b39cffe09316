"""POST /v1/comments: taken, or refused with the reason."""

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis
from rq import Queue
from werkzeug.test import TestResponse

from characters.length import length_of
from moderation.comments import Status
from moderation.doorbell import JOB, QUEUE
from moderation.sites import KeyScope, Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.sites.site_keys import SiteKeys
from service.http.body import MAX_BODY
from tests.support.clock import FakeClock
from tests.support.program import wait_until
from tests.support.web_app import ORIGIN, MakeApp

USUAL = {"site": "demo", "page": "/a", "name": "Ada", "text": "Well argued, thank you."}
FORM = "application/x-www-form-urlencoded"


def post(client: FlaskClient, fields: object = USUAL, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = json.dumps(fields)  # escapes what UTF-8 cannot spell
    headers = {"Origin": ORIGIN, "Content-Type": "application/json", **named}
    return client.post("/v1/comments", data=body, headers=headers)


def test_comment_is_stored_as_pending_and_answered_202(
    client: FlaskClient, comments: Comments
) -> None:
    answer = post(client)

    assert answer.status_code == 202
    body = answer.json or {}
    assert body.keys() == {"id", "status", "status_url", "author_token", "author_url"}
    assert answer.headers["Location"] == body["status_url"]
    stored = comments.get(body["id"])
    assert (stored.text, stored.status) == (USUAL["text"], Status.PENDING)


def test_author_follows_the_comment_and_nobody_else_sees_it(client: FlaskClient) -> None:
    body = post(client).json or {}
    path = f"/v1/comments/{body['id']}"

    own = client.get(path, headers={"Parley-Author-Token": body["author_token"]})
    others = [client.get(path), client.get(path, headers={"Parley-Author-Token": "guess"})]

    assert (own.status_code, (own.json or {})["status"]) == (200, "pending")
    assert [answer.status_code for answer in others] == [404, 404]
    assert others[0].data == client.get("/v1/comments/unknown").data


def test_doorbell_rings_once_for_many_and_carries_no_text(
    client: FlaskClient, redis_url: str
) -> None:
    for _ in range(3):
        post(client)

    with Redis.from_url(redis_url) as redis:
        wait_until(lambda: redis.llen(f"rq:queue:{QUEUE}"))
        jobs = Queue(QUEUE, connection=redis, serializer="json").get_jobs()
        kept = [redis.dump(key) or b"" for key in redis.scan_iter()]
    assert [(job.func_name, job.args, job.kwargs) for job in jobs] == [(JOB, [], {})]
    assert not any(b"argued" in copy for copy in kept)


@pytest.mark.parametrize(
    ("fields", "status", "type_", "field"),
    [
        ({**USUAL, "site": "unknown"}, 404, "unknown-site", None),
        ({**USUAL, "text": ""}, 422, "invalid-field", "text"),
        ({**USUAL, "name": "x" * 81}, 422, "invalid-field", "name"),
        ({**USUAL, "parent": "unknown"}, 422, "invalid-field", "parent"),
        ({**USUAL, "text": "\ud800"}, 422, "invalid-field", "text"),
        (["a list"], 400, "malformed-body", None),
        ({**USUAL, "more": [[[[[[[[[[]]]]]]]]]]}, 400, "malformed-body", None),
    ],
)
def test_wrong_submission_is_refused_by_name(
    client: FlaskClient, fields: object, status: int, type_: str, field: str | None
) -> None:
    answer = post(client, fields)

    body: dict[str, Any] = answer.get_json(force=True)
    assert answer.content_type == "application/problem+json"
    assert (answer.status_code, body["status"], body["type"]) == (
        status,
        status,
        f"urn:parley:{type_}",
    )
    assert body.get("field") == field


@pytest.mark.parametrize("character", ["漢", "\U0001fae8", "\u1112\u1161\u11ab", "a\r\n"])
@pytest.mark.parametrize("is_form", [True, False])
def test_every_text_is_counted_alike_in_every_body(
    client: FlaskClient, character: str, is_form: bool
) -> None:
    for length, status in ((10_000, 202), (10_001, 422)):
        whole, rest = divmod(length, length_of(character))
        fields = {**USUAL, "text": character * whole + "." * rest}
        answer = (
            client.post("/v1/comments", data=fields, headers={"Origin": ORIGIN, "Accept": "*/*"})
            if is_form
            else post(client, fields)
        )

        assert answer.status_code == (303 if is_form and status == 202 else status)


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b'{"site": NaN}', "application/json", 400),
        (b"[" * 60_000, "application/json", 400),
        ('{"site": "demo"}'.encode("utf-16"), "application/json", 400),
        (b"x" * (MAX_BODY + 1), "application/json", 413),
        (b"site=" + b"x" * (MAX_BODY + 1), FORM, 413),
        (b"site=demo", "text/plain", 415),
        (b' {"site": "demo"}', FORM, 415),
        (b"", "multipart/form-data; boundary=x", 415),
        (b"site=demo", FORM, 422),
    ],
)
def test_body_that_is_none_is_refused(
    client: FlaskClient, body: bytes, content_type: str, status: int
) -> None:
    answer = client.post(
        "/v1/comments", data=body, content_type=content_type, headers={"Origin": ORIGIN}
    )

    assert answer.status_code == status
    assert answer.get_json(force=True)["detail"]


@pytest.mark.parametrize(
    "origin", [None, "null", "https://evil.example", "https://paper.example.evil.example"]
)
def test_browser_of_another_origin_is_refused(client: FlaskClient, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}

    answer = client.post("/v1/comments", json=USUAL, headers=headers)

    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_key_that_only_scores_submits_nothing(
    client: FlaskClient, site_keys: SiteKeys, site: Site
) -> None:
    key = site_keys.make("demo", scope=KeyScope.SCORE)

    answer = client.post("/v1/comments", json=USUAL, headers={"Authorization": f"Bearer {key}"})

    assert answer.status_code == 401
    assert "may score, not submit" in answer.text


def test_server_needs_the_key_and_no_origin(
    client: FlaskClient, site_keys: SiteKeys, site: Site
) -> None:
    old = site_keys.make("demo")
    key = site_keys.make("demo")

    answers = [
        client.post("/v1/comments", json=USUAL, headers={"Authorization": authorization})
        for authorization in (f"Bearer {key}", f"bearer {key}", f"Bearer {old}", f"Basic {key}")
    ]

    assert [answer.status_code for answer in answers] == [202, 202, 401, 401]


@pytest.mark.parametrize("fields", [{**USUAL, "parent": "unknown"}, {}, []])
def test_refusal_can_be_read_by_the_sites_own_page(client: FlaskClient, fields: object) -> None:
    answer = post(client, fields)

    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN


@pytest.mark.parametrize(
    ("origin", "allowed"), [(ORIGIN, ORIGIN), ("https://evil.example", None), ("null", None)]
)
def test_preflight_allows_the_sites_origins_only(
    client: FlaskClient, origin: str, allowed: str | None
) -> None:
    answer = client.options("/v1/comments", headers={"Origin": origin})

    assert answer.headers.get("Access-Control-Allow-Origin") == allowed


def test_page_of_a_new_site_may_send_at_once(
    client: FlaskClient, database: Database, clock: FakeClock
) -> None:
    client.options("/v1/comments", headers={"Origin": ORIGIN})  # the sites are known by now
    new = "https://new.example"
    Sites(database, clock).add(Site(0, "new", "New", (new,)))

    answer = client.options("/v1/comments", headers={"Origin": new})

    assert answer.headers["Access-Control-Allow-Origin"] == new


def test_form_leads_to_its_authors_page_and_from_there_to_the_article(client: FlaskClient) -> None:
    answer = client.post("/v1/comments", data=USUAL, headers={"Origin": ORIGIN})

    own = client.get(answer.headers["Location"])
    assert (answer.status_code, own.status_code) == (303, 200)
    assert USUAL["text"] in own.text
    assert "Only you have the address of this page." in own.text
    assert f'href="{ORIGIN}/a"' in own.text


@pytest.mark.parametrize(
    ("url", "location"),
    [
        ({"url": f"{ORIGIN}/a?page=2#top"}, f"{ORIGIN}/a?page=2#parley-received"),
        ({"url": "https://evil.example/"}, f"{ORIGIN}/a#parley-received"),
        ({"url": f"{ORIGIN}@evil.example/"}, f"{ORIGIN}/a#parley-received"),
        ({}, f"{ORIGIN}/a#parley-received"),
        ({"page": "story-5"}, f"{ORIGIN}/#parley-received"),
    ],
)
def test_form_whose_author_is_not_sure_goes_back_to_an_address_of_the_site(
    client: FlaskClient, url: dict[str, str], location: str
) -> None:
    hidden = {"Origin": ORIGIN, "X-Forwarded-For": "203.0.113.9"}  # by a proxy nobody named

    answer = client.post("/v1/comments", data={**USUAL, **url}, headers=hidden)

    assert (answer.status_code, answer.headers["Location"]) == (303, location)


def test_person_without_a_script_reads_the_refusal_as_a_page(client: FlaskClient) -> None:
    headers = {"Origin": ORIGIN, "Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}

    answer = client.post("/v1/comments", data={**USUAL, "text": ""}, headers=headers)

    assert (answer.status_code, answer.mimetype) == (422, "text/html")
    assert b"Text must have at least one visible character." in answer.data


def test_same_idempotency_key_gives_the_same_answer(client: FlaskClient) -> None:
    first, second = (post(client, Idempotency_Key="k1") for _ in range(2))
    other = post(client, {**USUAL, "text": "Another text"}, Idempotency_Key="k1")

    assert first.json == second.json
    assert other.status_code == 409


def test_too_many_from_one_address_wait_as_long_as_said(make_app: MakeApp, site: Site) -> None:
    client = make_app(submit_limit="2 per minute").test_client()

    answers = [post(client) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60


def test_who_may_not_send_learns_nothing_of_what_the_site_admits(client: FlaskClient) -> None:
    unfit = {**USUAL, "parent": "unknown"}

    answers = [
        post(client, unfit, Origin="https://evil.example"),
        post(client, unfit, Authorization="Bearer guess"),
        post(client, unfit),
    ]

    assert [answer.status_code for answer in answers] == [403, 401, 422]


def test_what_the_site_does_not_admit_counts_towards_the_limit(
    make_app: MakeApp, site: Site
) -> None:
    client = make_app(submit_limit="2 per minute").test_client()
    unfit = {**USUAL, "parent": "unknown"}

    answers = [post(client, unfit) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [422, 422, 429]


def test_forged_forwarded_address_does_not_lift_the_limit(make_app: MakeApp, site: Site) -> None:
    client = make_app(submit_limit="2 per minute").test_client()

    answers = [post(client, X_Forwarded_For=f"10.0.0.{number}") for number in range(3)]

    assert [answer.status_code for answer in answers] == [202, 202, 429]


def test_redis_away_is_not_an_error_for_anyone(
    make_app: MakeApp, site: Site, comments: Comments
) -> None:
    client = make_app(redis_url="redis://127.0.0.1:1/0").test_client()

    answers = [post(client) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [202, 202, 202]


def test_database_away_is_503_and_nothing_is_promised(make_app: MakeApp) -> None:
    client = make_app(database_url="sqlite:////nowhere/parley.db").test_client()

    answer = post(client)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_every_answer_is_hardened(app: Flask) -> None:
    client = app.test_client()

    for path in ("/v1/comments", "/healthz", "/nothing", "/openapi.json", "/docs", "/metrics"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "Set-Cookie" not in headers
