"""Only a comment that readers of the page see can be answered, and no thread bites its tail."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from moderation.comments import Comment, Status
from moderation.policy import Decision
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.erasures import Erasures
from tests.support.clock import FakeClock
from tests.support.factories import submission
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.web_app import ORIGIN


def answer_to(client: FlaskClient, parent: object) -> Any:
    sent = {"site": "demo", "page": "/a", "name": "Ada", "text": "So it is.", "parent": parent}
    return client.post("/v1/comments", json=sent, headers={"Origin": ORIGIN})


@pytest.fixture
def unanswerable(database: Database, clock: FakeClock, site: Site, sites: Sites) -> dict[str, str]:
    """Ids of comments that nobody on the page sees, by what they are."""
    sites.add(replace(site, name="other", origins=("https://other.example",)))
    erased = add_scored(database, clock, GOOD)
    Erasures(database, clock).by_operator([erased.id])
    made = {
        "on another page": add_scored(database, clock, GOOD, page="/b"),
        "on another site": add_scored(database, clock, GOOD, site="other"),
        "flagged": add_scored(database, clock),
        "rejected": add_scored(database, clock, Decision(Status.REJECTED)),
        "pending": Comments(database, clock).add(site, submission(), Submitter()),
        "erased": erased,
    }
    return {name: comment.id for name, comment in made.items()}


def test_nothing_else_can_be_answered(client: FlaskClient, unanswerable: dict[str, str]) -> None:
    refused = {name: answer_to(client, parent) for name, parent in unanswerable.items()}

    assert {name: one.status_code for name, one in refused.items()} == dict.fromkeys(refused, 422)
    # Nobody learns from the answer which of them there are.
    assert {one.text for one in refused.values()} == {answer_to(client, "unknown").text}


def test_an_answer_waits_for_its_parent_in_a_batch(
    client: FlaskClient, site_keys: Any, unanswerable: dict[str, str]
) -> None:
    headers = {"Authorization": f"Bearer {site_keys.make('demo')}"}
    usual = {"page": "/a", "name": "Ada", "text": "So it is."}
    first = {**usual, "source_id": "1"}

    sent = {"comments": [first, {**usual, "parent": "1"}]}
    outcomes = client.post("/v1/comments:batch", json=sent, headers=headers).get_json()["comments"]

    assert [one["status"] for one in outcomes] == [202, 422]


def test_a_change_moves_no_comment_below_its_own_answer(
    app: Flask, client: FlaskClient, database: Database, clock: FakeClock, site: Site
) -> None:
    first = add_scored(database, clock, GOOD)
    second = add_scored(database, clock, GOOD, parent=first.id)
    token = app.extensions["parley"].sign("author", first.id)

    for parent in (second.id, first.id):
        fields = {"text": "Changed.", "parent": parent}
        headers = {"Parley-Author-Token": token}
        client.patch(f"/v1/comments/{first.id}", json=fields, headers=headers)

    assert parents(database, clock, first, second) == [None, first.id]


def parents(database: Database, clock: FakeClock, *comments: Comment) -> list[str | None]:
    return [Comments(database, clock).get(comment.id).parent for comment in comments]
