"""What is sent twice is one comment for its sender, and nothing to anybody else."""

import json
from collections.abc import Mapping
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from moderation.comments import Comment
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.repeats import REPEAT_WINDOW
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import comments as table
from moderation.storage.sites.site_keys import SiteKeys
from tests.support.clock import FakeClock
from tests.support.concurrency import together
from tests.support.factories import submission
from tests.support.web_app import ORIGIN

FIELDS = {"site": "demo", "page": "/a", "name": "Ada", "text": "Well argued, thank you."}
READER = Submitter("a" * 32, by_form=True)


def by_script(client: FlaskClient, address: str, **headers: str) -> TestResponse:
    named = {"Origin": ORIGIN, "Idempotency-Key": "newsletter-1001", **headers}
    body, sender = json.dumps(FIELDS), {"REMOTE_ADDR": address}
    kind = "application/json"
    return client.post(
        "/v1/comments", data=body, headers=named, content_type=kind, environ_base=sender
    )


def by_form(
    client: FlaskClient, address: str = "10.0.0.1", fields: Mapping[str, str] = FIELDS
) -> TestResponse:
    sender = {"REMOTE_ADDR": address}
    return client.post("/v1/comments", data=fields, headers={"Origin": ORIGIN}, environ_base=sender)


def stored(database: Database) -> int:
    with database.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_key_belongs_to_its_sender(
    client: FlaskClient, site_keys: SiteKeys, database: Database
) -> None:
    key = {"Authorization": f"Bearer {site_keys.make('demo')}"}

    answers = [
        by_script(client, "10.0.0.1"),
        by_script(client, "10.0.0.2"),
        by_script(client, "10.0.0.3", **key),
    ]

    assert [answer.status_code for answer in answers] == [202] * 3
    for field in ("id", "author_token"):
        assert len({(answer.json or {})[field] for answer in answers}) == 3
    assert stored(database) == 3
    assert by_script(client, "10.0.0.1").json == answers[0].json
    assert by_script(client, "10.0.0.9", **key).json == answers[2].json


def test_a_key_beyond_ascii_is_refused_with_a_sentence(client: FlaskClient) -> None:
    answer = by_script(client, "10.0.0.1", **{"Idempotency-Key": "\u00e9"})

    assert answer.status_code == 422
    assert "1 to 255 ASCII characters" in (answer.json or {})["detail"]


def test_a_plain_form_sent_three_times_is_one_comment(
    client: FlaskClient, database: Database, clock: FakeClock
) -> None:
    answers = []
    for _ in range(3):
        answers.append(by_form(client))
        clock.advance(60)

    assert {(answer.status_code, answer.location) for answer in answers} == {
        (303, answers[0].location)
    }
    assert stored(database) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {**FIELDS, field: value}
        for field, value in (("page", "/b"), ("name", "Adam"), ("text", "Another."))
    ],
)
def test_another_comment_is_another(
    client: FlaskClient, database: Database, fields: Mapping[str, str]
) -> None:
    by_form(client)
    by_form(client, fields=fields)

    assert stored(database) == 2


def test_another_sender_and_a_later_day_are_others(
    client: FlaskClient, database: Database, clock: FakeClock
) -> None:
    by_form(client)
    by_form(client, address="10.0.0.2")
    clock.advance(REPEAT_WINDOW.total_seconds())
    by_form(client)

    assert stored(database) == 3


def test_a_script_without_a_key_is_taken_at_its_word(
    client: FlaskClient, database: Database
) -> None:
    for _ in range(2):
        client.post("/v1/comments", json=FIELDS, headers={"Origin": ORIGIN})

    assert stored(database) == 2


def test_forms_at_the_same_moment_are_one_comment(
    comments: Comments, site: Site, database: Database
) -> None:
    texts = ["One.", "Two."] * 6

    added = together(
        *(lambda text=text: comments.add(site, submission(text=text), READER) for text in texts)
    )

    assert len({comment.id for comment in added if isinstance(comment, Comment)}) == 2
    assert stored(database) == 2


def test_a_window_is_long_enough_for_back_and_send_again() -> None:
    assert timedelta(minutes=5) <= REPEAT_WINDOW <= timedelta(hours=1)
