"""Alive, ready, measured."""

import pytest
from flask.testing import FlaskClient

from moderation.comments import Comment
from moderation.storage.database.engine import Database
from moderation.storage.system.worker_heartbeats import WorkerReport, Workers
from tests.support.clock import FakeClock
from tests.support.web_app import MakeApp


@pytest.fixture
def workers(database: Database, clock: FakeClock) -> Workers:
    return Workers(database, clock)


def test_ready_when_all_that_is_needed_answers(client: FlaskClient, workers: Workers) -> None:
    workers.report(WorkerReport("host-1", "model-1", None))

    answer = client.get("/readyz")

    ok = {"database": "ok", "redis": "ok", "model": "ok", "pending": "ok"}
    assert (answer.status_code, answer.json) == (200, {"status": "ready", "checks": ok})


@pytest.mark.parametrize(
    ("report", "seconds", "check", "sentence"),
    [
        (WorkerReport("host-1", "model-1", None), 16, "model", "no worker has been heard of"),
        (WorkerReport("host-1", None, "the artefact is altered"), 0, "model", "is altered; every"),
        (WorkerReport("host-1", "model-1", None), 61, "pending", "pending for 61 seconds"),
    ],
)
def test_not_ready_says_the_cause(
    client: FlaskClient,
    workers: Workers,
    pending: Comment,
    clock: FakeClock,
    report: WorkerReport,
    seconds: int,
    check: str,
    sentence: str,
) -> None:
    workers.report(report)
    clock.advance(seconds)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert sentence in (answer.json or {})["checks"][check]


def test_database_and_redis_away_are_named(make_app: MakeApp) -> None:
    app = make_app(database_url="sqlite:////nowhere/x.db", redis_url="redis://127.0.0.1:1/0")

    answer = app.test_client().get("/readyz")

    assert answer.status_code == 503
    checks = (answer.json or {})["checks"]
    assert all(checks[name].startswith("does not answer") for name in ("database", "redis"))


def test_alive_needs_nothing(make_app: MakeApp) -> None:
    app = make_app(database_url="sqlite:////nowhere/x.db", redis_url="redis://127.0.0.1:1/0")

    assert app.test_client().get("/healthz").status_code == 200


def test_metrics_count_what_waits(client: FlaskClient, pending: Comment) -> None:
    client.get("/healthz")

    figures = client.get("/metrics").text

    assert 'parley_comments{status="pending"} 1.0' in figures
    assert 'parley_http_answers_total{method="GET",route="/healthz",status="200"}' in figures


def test_metrics_without_a_database_are_refused_as_every_answer_is(make_app: MakeApp) -> None:
    app = make_app(database_url="sqlite:////nowhere/x.db")

    answer = app.test_client().get("/metrics")

    assert (answer.status_code, (answer.json or {})["type"]) == (503, "urn:parley:database-away")


def test_front_door_leads_to_the_article(client: FlaskClient) -> None:
    answer = client.get("/", follow_redirects=True)

    assert (answer.status_code, answer.request.path) == (
        200,
        "/demo/japan-joint-force-headquarters",
    )
