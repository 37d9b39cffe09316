"""An author whose comment was rejected: told why, appeals, sends it again, exports it."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from moderation.accounts.moderators import ALL_SITES
from moderation.comments import Comment, Status
from moderation.review.notes import RejectReason
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.comments import Comments
from moderation.storage.database.engine import Database
from moderation.storage.own_comments.appeals import AppealedComments
from moderation.storage.review.queue import ReviewQueue
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored, as_seen
from tests.support.moderator_browser import signed_in

WHY = "It quotes the article"


@pytest.fixture
def rejected(database: Database, clock: FakeClock, site: Site) -> Comment:
    parent = add_scored(database, clock, GOOD)
    flagged = add_scored(database, clock, parent=parent.id, text="You are all fools.")
    queue = ReviewQueue(database, clock, ALL_SITES)
    anna = Moderators(database, clock).add("Cleo").id
    why = RejectReason.ABUSE
    return queue.decide(as_seen(flagged), Status.REJECTED, moderator_id=anna, reason=why)


@pytest.fixture
def token(app: Flask, rejected: Comment) -> str:
    return str(app.extensions["parley"].sign("author", rejected.id))


def asked(client: FlaskClient, rejected: Comment, token: str, path: str = "") -> Any:
    headers = {"Parley-Author-Token": token, "Accept-Language": "de"}
    return client.get(f"/v1/comments/{rejected.id}{path}", headers=headers)


def appeal(client: FlaskClient, rejected: Comment, token: str, **fields: object) -> Any:
    headers = {"Parley-Author-Token": token}
    return client.post(f"/v1/comments/{rejected.id}/appeal", json=fields, headers=headers)


def test_the_answer_has_the_moderators_reason(
    client: FlaskClient, rejected: Comment, token: str
) -> None:
    own = asked(client, rejected, token).get_json()

    assert (own["reason"], own["may_appeal"], own["appeal"]) == ("abuse", True, None)


def test_the_page_says_why_in_the_readers_language(
    client: FlaskClient, rejected: Comment, token: str
) -> None:
    page = client.get(f"/own/{rejected.id}/{token}?lang=de").text

    assert "Grund der Moderation: Er beleidigt oder bedroht." in page


def test_an_appeal_is_kept_once_and_shown_to_its_author(
    client: FlaskClient, rejected: Comment, token: str
) -> None:
    first, second = (appeal(client, rejected, token, text=WHY) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 409)
    assert second.get_json()["type"] == "urn:parley:not-appealable"
    own = asked(client, rejected, token).get_json()
    assert (own["may_appeal"], own["appeal"]["text"], own["appeal"]["status"]) == (False, WHY, None)


@pytest.mark.parametrize("text", [None, "", " ", 7, "x" * 501])
def test_an_appeal_says_something_and_not_too_much(
    client: FlaskClient, rejected: Comment, token: str, text: object
) -> None:
    refused = appeal(client, rejected, token, text=text)

    assert (refused.status_code, refused.get_json()["field"]) == (422, "text")


def test_only_the_author_appeals_and_exports(
    client: FlaskClient, rejected: Comment, token: str
) -> None:
    wrong = "0" * 64

    answers = [
        appeal(client, rejected, wrong, text=WHY),
        asked(client, rejected, wrong, "/export"),
        client.post(f"/own/{rejected.id}/{wrong}/appeal", data={"text": WHY}),
        client.post(f"/own/{rejected.id}/{wrong}/again", data={"name": "A", "text": "B"}),
        client.get(f"/own/{rejected.id}/{wrong}/export"),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5


def test_a_moderator_publishes_it_with_a_sentence_that_the_author_reads(
    client: FlaskClient, app: Flask, database: Database, clock: FakeClock, rejected: Comment,
    token: str,
) -> None:  # fmt: skip
    address = f"/own/{rejected.id}/{token}"
    sent = client.post(f"{address}/appeal", data={"text": f"<b>{WHY}</b>"})
    anna = signed_in(app, Moderators(database, clock), "Anna")
    page = anna.page("/moderate/appeals")
    waiting = client.get(address).text
    path = f"/moderate/appeals/{rejected.id}/approve"
    version, answer = rejected.version, "You are right."
    anna.send(path, status="rejected", version=version, answer=answer)
    after = client.get(address).text

    assert sent.status_code == 303
    assert f"&lt;b&gt;{WHY}&lt;/b&gt;" in page
    assert "1 appealed by their authors" in page
    assert "No moderator has decided yet" in waiting
    for shown in ("It is published.", "A moderator looked again", "You are right."):
        assert shown in after
    assert AppealedComments(database, clock, ALL_SITES).number() == 0


def test_its_text_is_sent_again_as_a_new_comment_in_the_same_place(
    client: FlaskClient, comments: Comments, rejected: Comment, token: str
) -> None:
    form = {"name": rejected.name, "text": "You are all mistaken."}
    twice = [client.post(f"/own/{rejected.id}/{token}/again", data=form) for _ in range(2)]

    addresses = {answer.headers["Location"] for answer in twice}
    (address,) = addresses
    new = comments.get(address.split("/")[2])
    assert new.id != rejected.id
    assert (new.parent, new.page, new.text) == (rejected.parent, rejected.page, form["text"])
    assert new.status is Status.PENDING
    assert client.get(address).status_code == 200


def test_an_export_has_what_is_stored_and_nobody_elses_words(
    client: FlaskClient, database: Database, clock: FakeClock, rejected: Comment, token: str
) -> None:
    appeal(client, rejected, token, text=WHY)

    exported = client.get(f"/own/{rejected.id}/{token}/export")

    stored = exported.get_json()["stored"]
    assert exported.headers["Content-Disposition"].startswith("attachment")
    assert exported.get_json()["comment"]["text"] == rejected.text
    assert [step["to_status"] for step in stored["decisions"]] == ["flagged", "rejected"]
    assert (stored["scores"][0]["toxicity"], stored["appeals"][0]["text"]) == (0.83, WHY)
    assert "Cleo" not in exported.text
    assert asked(client, rejected, token, "/export").get_json() == exported.get_json()
