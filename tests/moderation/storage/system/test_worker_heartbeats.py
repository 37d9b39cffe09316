"""Which workers are alive, and whose clock differs, whatever a clock says."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from moderation.clock import utc_now
from moderation.storage.database.engine import Database
from moderation.storage.database.server_time import server_time
from moderation.storage.system.worker_heartbeats import ALIVE, WorkerReport, Workers
from tests.support.clock import FakeClock

HOUR = timedelta(hours=1)
REPORT = WorkerReport("host-1", "model-1", None)


@pytest.mark.parametrize(
    ("seconds", "is_alive"), [(0, True), (15, True), (16, False), (-15, True), (-16, False)]
)
def test_a_worker_is_alive_that_reported_about_now(
    database: Database, clock: FakeClock, seconds: int, is_alive: bool
) -> None:
    workers = Workers(database, clock)
    workers.report(REPORT)
    clock.advance(seconds)

    assert workers.alive() == ([REPORT] if is_alive else [])


@pytest.mark.parametrize("difference", [HOUR, -HOUR])
def test_a_clock_that_differs_is_known_though_all_reports_are_new(
    database: Database, difference: timedelta
) -> None:
    Workers(database, utc_now).report(REPORT)
    Workers(database, lambda: utc_now() + difference).report(WorkerReport("b", None, None))

    differences = Workers(database, utc_now).clock_differences()

    assert {name: round(value / HOUR) for name, value in differences.items()} == {
        "b": difference / HOUR,
        "host-1": 0,
    }


def test_a_worker_with_a_wrong_clock_forgets_no_other(database: Database) -> None:
    Workers(database, utc_now).report(REPORT)

    Workers(database, lambda: utc_now() + 24 * HOUR).report(WorkerReport("b", None, None))

    assert Workers(database, utc_now).alive() == [REPORT]


def test_a_worker_that_has_been_silent_for_long_is_forgotten(database: Database) -> None:
    workers = Workers(database, utc_now)
    workers.report(REPORT)
    ago = (100 * ALIVE + HOUR) // timedelta(microseconds=1)
    with database.write() as connection:
        connection.execute(text("UPDATE workers SET seen_at = seen_at - :ago"), {"ago": ago})

    workers.report(WorkerReport("b", None, None))

    with database.read() as connection:
        assert connection.execute(text("SELECT name FROM workers")).scalars().all() == ["b"]


def test_the_time_of_the_server_is_that_of_this_machine(database: Database) -> None:
    before = utc_now()
    with database.read() as connection:
        now = server_time(connection)

    assert abs(now - before) < HOUR
