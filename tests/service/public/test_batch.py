"""`POST /v1/comments:batch`: many comments of a site's server, each with its own answer."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from moderation.sites import KeyScope, Site
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import comments as table
from moderation.storage.sites.site_keys import SiteKeys
from service.http.body import MAX_LARGE_BODY
from service.public.batch import MAX_BATCH
from tests.support.concurrency import together

ONE = {"page": "/a", "name": "Ada", "text": "Well argued, thank you."}
Send = Any


@pytest.fixture
def key(site: Site, site_keys: SiteKeys) -> str:
    return site_keys.make(site.name)


@pytest.fixture
def send(client: FlaskClient, key: str) -> Send:
    """Sends comments with the site's key, or with another."""

    def post(*comments: Any, bearer: str = key) -> TestResponse:
        headers = {"Authorization": f"Bearer {bearer}"}
        return client.post("/v1/comments:batch", json={"comments": list(comments)}, headers=headers)

    return post


def outcomes(answer: TestResponse) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    return list(answer.json["comments"])


def stored(database: Database) -> int:
    with database.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_each_comment_has_its_own_answer(send: Send, database: Database) -> None:
    wrong = {**ONE, "name": ""}, {**ONE, "text": 5}, "no object", {**ONE, "site": "other"}

    answers = outcomes(send(ONE, *wrong, {**ONE, "page": "/b"}))

    assert [answer["status"] for answer in answers] == [202, 422, 422, 422, 422, 202]
    fields = [answer["problem"]["field"] for answer in answers if answer["problem"]]
    assert fields == ["name", "text", "text", "site"]
    assert [answer["comment"] is not None for answer in answers] == [
        answer["status"] == 202 for answer in answers
    ]
    assert stored(database) == 2


def test_author_of_each_may_follow_it(send: Send, client: FlaskClient) -> None:
    (answer,) = outcomes(send(ONE))
    comment = answer["comment"]
    headers = {"Parley-Author-Token": comment["author_token"]}

    own = client.get(f"/v1/comments/{comment['id']}", headers=headers).json

    assert own is not None
    assert (own["status"], own["text"]) == ("pending", ONE["text"])


def test_the_most_are_taken_at_once_and_one_more_is_not(send: Send, database: Database) -> None:
    most = [{**ONE, "text": f"Number {number}."} for number in range(MAX_BATCH)]

    answers = outcomes(send(*most))
    refused = send(*most, ONE)

    assert len({answer["comment"]["id"] for answer in answers}) == MAX_BATCH
    assert refused.status_code == 422
    assert "1 to 1,000" in (refused.json or {})["detail"]
    assert stored(database) == MAX_BATCH


@pytest.mark.parametrize("comments", [None, {}, "all", 5])
def test_what_is_no_list_is_refused(client: FlaskClient, key: str, comments: object) -> None:
    answer = client.post(
        "/v1/comments:batch",
        json={"comments": comments},
        headers={"Authorization": f"Bearer {key}"},
    )

    assert answer.status_code == 422
    assert (answer.json or {})["field"] == "comments"


def test_same_source_id_is_the_same_comment(send: Send, database: Database) -> None:
    named = {**ONE, "source_id": "story-5/17"}

    first, again = outcomes(send(named, {**named, "title": "A new title"}))
    (later,) = outcomes(send({**named, "url": "https://paper.example/a"}))

    assert first["comment"] == again["comment"] == later["comment"]
    assert stored(database) == 1


@pytest.mark.parametrize("changed", [{"text": "Another."}, {"name": "Adam"}, {"page": "/b"}])
def test_source_id_of_another_comment_is_refused(send: Send, changed: dict[str, str]) -> None:
    named = {**ONE, "source_id": "17"}
    outcomes(send(named))

    first, other = outcomes(send(named, {**named, **changed}))

    assert (first["status"], other["status"]) == (202, 409)
    assert "source_id" in other["problem"]["detail"]


def test_source_id_works_for_single_comments_too(send: Send, client: FlaskClient, key: str) -> None:
    named = {**ONE, "source_id": "17"}
    (answer,) = outcomes(send(named))
    headers = {"Authorization": f"Bearer {key}"}

    alone = client.post("/v1/comments", json={**named, "site": "demo"}, headers=headers)
    both = client.post(
        "/v1/comments",
        json={**named, "site": "demo"},
        headers={**headers, "Idempotency-Key": "5"},
    )

    assert alone.json == answer["comment"]
    assert both.status_code == 422
    assert "not both" in (both.json or {})["detail"]


@pytest.mark.parametrize("source_id", ["", "x" * 256, "é", 17, ["17"], True])
def test_source_id_that_cannot_be_one_is_refused(send: Send, source_id: object) -> None:
    (answer,) = outcomes(send({**ONE, "source_id": source_id}))

    assert answer["problem"]["field"] == "source_id"


def test_source_id_means_nothing_from_a_reader(client: FlaskClient, database: Database) -> None:
    fields = {**ONE, "site": "demo", "source_id": "17"}
    for text in ("One.", "Two."):
        answer = client.post(
            "/v1/comments",
            json={**fields, "text": text},
            headers={"Origin": "https://paper.example"},
        )
        assert answer.status_code == 202

    assert stored(database) == 2


def test_many_equal_requests_at_once_store_one(
    client: FlaskClient, key: str, database: Database
) -> None:
    app = client.application
    comments = [{**ONE, "source_id": str(number), "text": f"{number}."} for number in range(5)]

    def post() -> tuple[str, ...]:
        answer = app.test_client().post(
            "/v1/comments:batch",
            json={"comments": comments},
            headers={"Authorization": f"Bearer {key}"},
        )
        return tuple(one["comment"]["id"] for one in outcomes(answer))

    assert len(set(together(*[post] * 8))) == 1
    assert stored(database) == 5


def test_only_a_key_that_may_submit_opens_it(
    send: Send, site_keys: SiteKeys, site: Site, database: Database
) -> None:
    scoring = site_keys.make(site.name, scope=KeyScope.SCORE, name="scores")

    for bearer in ("", "wrong", scoring):
        answer = send(ONE, bearer=bearer)
        assert answer.status_code == 401
        assert "key" in (answer.json or {})["detail"]
    assert stored(database) == 0


def test_larger_body_is_refused(send: Send) -> None:
    answer = send({**ONE, "title": "x" * MAX_LARGE_BODY})

    assert answer.status_code == 413
