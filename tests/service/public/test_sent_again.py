"""What is sent twice is one comment for its sender, and nothing to anybody else."""

import json
from collections.abc import Mapping
from datetime import timedelta
from functools import partial

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from moderation.comments import Comment
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.repeats import FORM_WINDOW, PROGRAM_WINDOW
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import comments as table
from moderation.storage.sites.site_keys import SiteKeys
from tests.support.clock import FakeClock
from tests.support.concurrency import together
from tests.support.factories import submission
from tests.support.web_app import ORIGIN, MakeApp

FIELDS = {"site": "demo", "page": "/a", "name": "Ada", "text": "Well argued, thank you."}
READER = Submitter("a" * 32, repeat_window=FORM_WINDOW)


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


def publish(database: Database) -> None:
    with database.write() as connection:
        connection.execute(table.update().values(status="approved"))


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
    clock.advance(FORM_WINDOW.total_seconds())
    by_form(client)

    assert stored(database) == 3


def without_key(
    client: FlaskClient, address: str = "10.0.0.1", **fields: object
) -> dict[str, object]:
    sender, sent = {"REMOTE_ADDR": address}, {**FIELDS, **fields}
    headers = {"Origin": ORIGIN}
    return client.post("/v1/comments", json=sent, headers=headers, environ_base=sender).json or {}


@pytest.mark.parametrize("text", ["First!", "A text of more words than one."])
def test_an_equal_comment_without_a_key_is_the_same_for_a_minute(
    client: FlaskClient, database: Database, clock: FakeClock, text: str
) -> None:
    first = without_key(client, text=text)
    clock.advance(PROGRAM_WINDOW.total_seconds() - 1)
    again = without_key(client, text=text)
    clock.advance(1)
    later = without_key(client, text=text)

    assert again == first
    assert later["id"] != first["id"]
    assert stored(database) == 2


@pytest.mark.parametrize(
    "other", [{"page": "/b"}, {"name": "Adam"}, {"text": "First!!"}, {"address": "10.0.0.2"}]
)
def test_what_differs_in_anything_is_another(
    client: FlaskClient, database: Database, other: Mapping[str, str]
) -> None:
    without_key(client, text="First!")
    without_key(client, **{"text": "First!", **other})

    assert stored(database) == 2


def test_an_answer_to_another_comment_is_another(
    client: FlaskClient, database: Database, pending: Comment
) -> None:
    publish(database)
    answer = without_key(client, page=pending.page, parent=pending.id)
    start = without_key(client, page=pending.page)

    assert answer["id"] != start["id"]


def test_who_repeats_what_everybody_reads_is_not_its_author(
    client: FlaskClient, database: Database
) -> None:
    first = without_key(client)
    publish(database)

    again = without_key(client)

    assert first["author_token"]
    assert (again["id"], again["author_token"], again["author_url"]) == (first["id"], None, None)


def test_an_address_that_a_proxy_hides_tells_nothing(
    client: FlaskClient, database: Database
) -> None:
    hidden = {"Origin": ORIGIN, "X-Forwarded-For": "203.0.113.9"}

    for _ in range(2):
        client.post("/v1/comments", json=FIELDS, headers=hidden)

    assert stored(database) == 2


def test_sites_server_sends_an_equal_comment_once(
    client: FlaskClient, database: Database, site_keys: SiteKeys, site: Site
) -> None:
    key = {"Authorization": f"Bearer {site_keys.make('demo')}"}

    answers = [client.post("/v1/comments", json=FIELDS, headers=key).json for _ in range(3)]
    client.post("/v1/comments:batch", json={"comments": [FIELDS, FIELDS]}, headers=key)

    assert len({str(answer) for answer in answers}) == 1
    assert stored(database) == 3  # each of a batch is a comment of its own


def test_the_same_comment_does_not_use_its_time_token_twice(
    client: FlaskClient, database: Database, clock: FakeClock
) -> None:
    token = (client.get("/v1/time-token?site=demo").json or {})["time_token"]
    clock.advance(5)

    without_key(client, time_token=token)
    clock.advance(PROGRAM_WINDOW.total_seconds())
    without_key(client, time_token=token)
    without_key(client, time_token=token, page="/b")

    with database.read() as connection:
        caught = connection.execute(select(table.c.caught_by).order_by(table.c.id)).scalars()
        assert list(caught) == [None, None, "used_time_token"]


def test_a_hundred_at_once_are_one_comment_for_two_servers(
    make_app: MakeApp, site: Site, database: Database
) -> None:
    servers = [make_app().test_client() for _ in range(2)]

    answers = together(*(partial(without_key, servers[turn % 2]) for turn in range(100)))

    taken = [answer["id"] for answer in answers if isinstance(answer, dict) and "id" in answer]
    assert len(taken) > 2  # the others were too many for one address
    assert len(set(taken)) == 1
    assert stored(database) == 1


def test_forms_at_the_same_moment_are_one_comment(
    comments: Comments, site: Site, database: Database
) -> None:
    texts = ["One.", "Two."] * 6

    added = together(
        *(lambda text=text: comments.add(site, submission(text=text), READER) for text in texts)
    )

    assert len({comment.id for comment in added if isinstance(comment, Comment)}) == 2
    assert stored(database) == 2


def test_a_hundred_equal_requests_at_once_are_one_comment(
    client: FlaskClient, site_keys: SiteKeys, site: Site, database: Database
) -> None:
    app = client.application
    headers = {"Authorization": f"Bearer {site_keys.make('demo')}", "Idempotency-Key": "k1"}

    def post() -> str:
        answer = app.test_client().post("/v1/comments", json=FIELDS, headers=headers)
        return f"{answer.status_code} {answer.text}"

    answers = together(*[post] * 100)

    assert len(set(answers)) == 1
    assert str(answers[0]).startswith("202 ")
    assert stored(database) == 1


def test_a_window_is_long_enough_for_back_and_send_again() -> None:
    assert timedelta(minutes=5) <= FORM_WINDOW <= timedelta(hours=1)
