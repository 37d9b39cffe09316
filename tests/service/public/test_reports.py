"""A reader's report over HTTP."""

from http import HTTPStatus

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from moderation.accounts.moderators import ALL_SITES
from moderation.comments import Comment
from moderation.review.reports import Reason
from moderation.sites import Site
from moderation.storage.database.engine import Database
from moderation.storage.review.reports import ReportedComments
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.web_app import ORIGIN, MakeApp


@pytest.fixture
def approved(database: Database, clock: FakeClock, site: Site) -> Comment:
    return add_scored(database, clock, GOOD)


def report(
    client: FlaskClient, comment_id: str, *, origin: str = ORIGIN, **fields: object
) -> TestResponse:
    body = {"reason": "abuse", **fields}
    path = f"/v1/comments/{comment_id}/reports"
    return client.post(path, json=body, headers={"Origin": origin})


def test_a_report_is_taken_and_put_before_moderators(
    client: FlaskClient, approved: Comment, database: Database, clock: FakeClock
) -> None:
    answer = report(client, approved.id, text="That is my name.")

    assert (answer.status_code, answer.json) == (HTTPStatus.ACCEPTED, {"status": "received"})
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert answer.headers["Cache-Control"] == "no-store"
    (reported,) = ReportedComments(database, clock, ALL_SITES).open(10)
    assert (reported.reasons, reported.texts) == ({Reason.ABUSE: 1}, ["That is my name."])


def test_a_second_report_of_a_reader_is_answered_alike_and_changes_nothing(
    client: FlaskClient, approved: Comment, database: Database, clock: FakeClock
) -> None:
    answers = [report(client, approved.id, reason=reason) for reason in ("spam", "abuse")]

    assert {answer.status_code for answer in answers} == {HTTPStatus.ACCEPTED}
    assert ReportedComments(database, clock, ALL_SITES).open(10)[0].reasons == {Reason.SPAM: 1}


def test_a_form_is_taken_too(client: FlaskClient, approved: Comment) -> None:
    path = f"/v1/comments/{approved.id}/reports"

    answer = client.post(path, data={"reason": "spam"}, headers={"Origin": ORIGIN})

    assert answer.status_code == HTTPStatus.ACCEPTED


def test_only_a_page_of_the_site_may_report(client: FlaskClient, approved: Comment) -> None:
    for origin in ("https://evil.example", "null", ""):
        answer = report(client, approved.id, origin=origin)
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert answer.json
        assert answer.json["type"] == "urn:parley:wrong-origin"


def test_what_is_not_public_cannot_be_reported(
    client: FlaskClient, database: Database, clock: FakeClock, site: Site
) -> None:
    flagged = add_scored(database, clock)

    for comment_id in (flagged.id, "no-such", "%00", "%0A"):
        assert report(client, comment_id).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("fields", "field"), [({"reason": "dislike"}, "reason"), ({"text": "a" * 1001}, "text")]
)
def test_what_is_wrong_is_named(
    client: FlaskClient, approved: Comment, fields: dict[str, str], field: str
) -> None:
    answer = report(client, approved.id, **fields)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.json
    assert answer.json["field"] == field


def test_reports_are_limited_like_submissions(make_app: MakeApp, approved: Comment) -> None:
    client = make_app(submit_limit="2 per hour").test_client()

    answers = [report(client, approved.id) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert "Retry-After" in answers[-1].headers
