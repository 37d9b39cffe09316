"""Alive, ready, measured."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis
from sqlalchemy import Engine, event, text
from sqlalchemy.engine import make_url

from moderation.comments import Comment
from moderation.storage.database.engine import Database, open_database
from moderation.storage.system.worker_heartbeats import WorkerReport, Workers
from tests.support.clock import START, FakeClock
from tests.support.web_app import MakeApp


@pytest.fixture
def workers(database: Database, clock: FakeClock) -> Workers:
    return Workers(database, clock)


def test_ready_when_all_that_is_needed_answers(client: FlaskClient, workers: Workers) -> None:
    workers.report(WorkerReport("host-1", "model-1", None))

    answer = client.get("/readyz")

    ok = dict.fromkeys(("database", "redis", "model", "sweep", "clock", "pending"), "ok")
    assert (answer.status_code, answer.json) == (200, {"status": "ready", "checks": ok})


@pytest.mark.parametrize(
    ("report", "seconds", "check", "sentence"),
    [
        (WorkerReport("host-1", "model-1", None), 16, "model", "no worker has been heard of"),
        (WorkerReport("host-1", None, "the artefact is altered"), 0, "model", "is altered; every"),
        (WorkerReport("host-1", "model-1", None), 61, "pending", "pending for 61 seconds"),
        (WorkerReport("host-1", "model-1", None), -61, "pending", "61 seconds in the future"),
        (WorkerReport("a-1", "m", None, START), 31, "sweep", "a-1 has not swept for 31 seconds"),
        (WorkerReport("a-1", "m", None), -3_650, "clock", r"a-1 is 36\d\d seconds ahead of"),
        (WorkerReport("a-1", "m", None), 3_650, "clock", r"a-1 is 36\d\d seconds behind"),
        (WorkerReport("a-1", "m", None), -3_600, "model", "no worker has been heard of"),
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
    if check == "sweep":  # it reports, but does not sweep
        workers.report(report)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    # The database's own clock goes on meanwhile.
    assert re.search(sentence, (answer.json or {})["checks"][check])


def test_database_and_redis_away_are_named(make_app: MakeApp) -> None:
    app = make_app(database_url="sqlite:////nowhere/x.db", redis_url="redis://127.0.0.1:1/0")

    answer = app.test_client().get("/readyz")

    assert answer.status_code == 503
    checks = (answer.json or {})["checks"]
    assert checks["database"].startswith("takes no comments: /nowhere/x.db.turn cannot be written")
    assert checks["redis"].startswith("does not answer")


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


def test_metrics_count_what_the_database_failed_by_cause(
    client: FlaskClient, make_app: MakeApp
) -> None:
    def number() -> float:
        figures = client.get("/metrics").text
        line = re.search(r'parley_database_faults_total{cause="no_answer"} (\S+)', figures)
        return float(line[1]) if line else 0.0

    before = number()
    app = make_app(database_url="sqlite:////nowhere/x.db")
    app.test_client().get("/v1/comments?site=demo&page=/a")

    assert number() == before + 1


def test_front_door_leads_to_the_article(client: FlaskClient) -> None:
    answer = client.get("/", follow_redirects=True)

    assert (answer.status_code, answer.request.path) == (
        200,
        "/demo/japan-joint-force-headquarters",
    )


def test_front_door_leads_to_the_queue_where_there_is_no_demo(make_app: MakeApp) -> None:
    answer = make_app().test_client().get("/", follow_redirects=True)

    assert (answer.status_code, answer.request.path) == (200, "/moderate/sign-in")


def test_redis_that_is_full_is_not_ready(client: FlaskClient, redis_url: str) -> None:
    with Redis.from_url(redis_url) as redis:
        redis.config_set("maxmemory", "1")
        checks = (client.get("/readyz").json or {})["checks"]
        redis.config_set("maxmemory", "256mb")

        assert checks["redis"].startswith("takes no jobs:")
        assert "used memory > 'maxmemory'" in checks["redis"]
        assert not redis.keys()


def test_redis_that_is_a_replica_is_not_ready(client: FlaskClient, redis_url: str) -> None:
    with Redis.from_url(redis_url) as redis:
        redis.replicaof("127.0.0.1", "1")
        checks = (client.get("/readyz").json or {})["checks"]
        redis.replicaof("NO", "ONE")

    assert "read only replica" in checks["redis"]


@pytest.mark.parametrize("state", ["damaged", "read-only", "of a standby"])
def test_database_that_takes_no_writes_is_the_one_cause_told(
    make_app: MakeApp, database_url: str, state: str
) -> None:
    unusable = UNUSABLE[state]
    if not database_url.startswith(unusable.kind):
        pytest.skip("of the other database")
    with unusable.made(database_url) as broken_url:
        answer = make_app(database_url=broken_url).test_client().get("/readyz")

    assert answer.status_code == 503
    checks = (answer.json or {})["checks"]
    assert set(checks) == {"database", "redis"}
    assert re.fullmatch(f"takes no comments: .*{unusable.cause}.*", checks["database"])


def test_write_that_is_tried_leaves_nothing(
    client: FlaskClient, database: Database, workers: Workers
) -> None:
    workers.report(WorkerReport("host-1", "model-1", None))

    assert client.get("/readyz").status_code == 200

    with database.read() as connection:
        for table in ("comments", "pages", "decisions"):
            assert connection.execute(text(f"SELECT * FROM {table}")).all() == []  # noqa: S608


def test_table_that_is_damaged_where_comments_go_is_not_ready(
    client: FlaskClient, database: Database, database_url: str
) -> None:
    with database.write() as connection:
        connection.execute(text("ALTER TABLE comments RENAME COLUMN fingerprint TO lost"))
    try:
        checks = (client.get("/readyz").json or {})["checks"]
    finally:
        with database.write() as connection:
            connection.execute(text("ALTER TABLE comments RENAME COLUMN lost TO fingerprint"))

    assert "fingerprint" in checks["database"]


@pytest.mark.parametrize("state", ["damaged", "read-only", "of a standby"])
def test_no_route_answers_500_on_a_database_that_is_broken(
    make_app: MakeApp, database_url: str, state: str
) -> None:
    unusable = UNUSABLE[state]
    if not database_url.startswith(unusable.kind):
        pytest.skip("of the other database")
    with unusable.made(database_url) as broken_url:
        app = make_app(database_url=broken_url)
        client = FlaskClient(app)  # the requests are not as described
        statuses = {
            (method, path): client.open(path, method=method).status_code
            for method, path in requests_of(app)
        }

    assert len(statuses) > 60
    assert {request for request, status in statuses.items() if status == 500} == set()


def requests_of(app: Flask) -> Iterator[tuple[str, str]]:
    """One request for each route and method."""
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<int:\w+>", "1", rule.rule)
        path = re.sub(r"<[^>]+>", "x", path) + "?site=demo&page=/a"
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, path


@dataclass(frozen=True)
class Unusable:
    """A way for a database to be broken: on which of the two, and what is said of it."""

    kind: str
    cause: str
    made: Callable[[str], AbstractContextManager[str]]


@contextmanager
def damaged(url: str) -> Iterator[str]:
    path = Path(url.removeprefix("sqlite:///"))
    path.write_bytes(path.read_bytes()[:100] + b"noise" * 20_000)
    yield url


@contextmanager
def read_only(url: str) -> Iterator[str]:
    # Not by the mode of the file: tests may run as root, who may write everywhere.
    def forbid_writes(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA query_only = ON")

    event.listen(Engine, "connect", forbid_writes)
    yield url
    event.remove(Engine, "connect", forbid_writes)


@contextmanager
def of_a_standby(url: str) -> Iterator[str]:
    database = open_database(url)
    name = make_url(url).database
    with database.write() as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
    yield url
    with database.write() as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" RESET default_transaction_read_only'))
    database.close()


UNUSABLE = {
    "damaged": Unusable("sqlite", "malformed", damaged),
    "read-only": Unusable("sqlite", "readonly database", read_only),
    "of a standby": Unusable("postgresql", "read-only transaction", of_a_standby),
}


def test_metrics_say_what_each_worker_says_of_itself(
    client: FlaskClient, workers: Workers, clock: FakeClock
) -> None:
    report = WorkerReport("host-1", "model-1", None, START, 30, 2, 1)
    clock.advance(4)
    workers.report(report)

    lines = client.get("/metrics").text.splitlines()

    assert set(lines) >= {
        "parley_workers 1.0",
        'parley_sweep_age_seconds{worker="host-1"} 4.0',
        'parley_drained_by_sweep_total{worker="host-1"} 30.0',
        'parley_killed_jobs_total{worker="host-1"} 2.0',
        'parley_failed_scorings_total{worker="host-1"} 1.0',
        "parley_doorbells_queued 0.0",
    }


def test_metrics_without_redis_leave_out_how_many_rings_wait(make_app: MakeApp) -> None:
    app = make_app(redis_url="redis://127.0.0.1:1/0")

    figures = app.test_client().get("/metrics")

    assert figures.status_code == 200
    assert "parley_doorbells_queued" not in figures.text
