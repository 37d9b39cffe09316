"""Heartbeats of the workers: which are alive, sweep, and have the right time; what went wrong."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Dialect,
    bindparam,
    func,
    select,
    type_coerce,
)
from sqlalchemy.dialects import sqlite

from moderation.clock import Clock
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.engine import Database, insert_for
from moderation.storage.database.server_time import server_time
from moderation.storage.schema.column_types import UtcTime
from moderation.storage.schema.system import workers

ALIVE = timedelta(seconds=15)  # three missed reports


@dataclass(frozen=True, slots=True)
class WorkerReport:
    """A heartbeat.

    Attributes:
        name: Host and process.
        model: The version of its model, None where it has none.
        problem: Why it has none.
        swept_at: When it last swept without a fault, by its clock; None: not yet.
        drained_by_sweep: Comments decided without RQ, since it was started, as are the next two.
        killed_jobs: Processes that were killed while they scored.
        failed_scorings: Comments that the model raised an error for, each time.
    """

    name: str
    model: str | None
    problem: str | None
    swept_at: datetime | None = None
    drained_by_sweep: int = 0
    killed_jobs: int = 0
    failed_scorings: int = 0


_REPORT = tuple(workers.c[name] for name in WorkerReport.__slots__)
_STATE = (*WorkerReport.__slots__, "seen_at", "clock_offset")


def _keeping(dialect: Dialect) -> sqlite.Insert:
    insert = insert_for(dialect)(workers)
    newest = {name: insert.excluded[name] for name in _STATE}
    return insert.on_conflict_do_update(index_elements=["name"], set_=newest)


def _reported_since(moment: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Whether a worker reported since then, by the clock of the database, whatever its own says."""
    offset = func.coalesce(type_coerce(workers.c.clock_offset, BigInteger), 0)
    reported_at = type_coerce(workers.c.seen_at, BigInteger) - offset
    is_known = workers.c.clock_offset.is_not(None)
    return is_known & (type_coerce(reported_at, UtcTime) >= moment)


# Each worker reports every few seconds.
_KEEP = DriverStatement(_keeping, _STATE)
_FORGET = DriverStatement(
    workers.delete().where(~_reported_since(bindparam("since", type_=UtcTime)))
)


class Workers:
    """The last heartbeat of each worker."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def report(self, worker: WorkerReport) -> None:
        """Keep a heartbeat; workers that have been silent for long are deleted."""
        with self._database.write() as connection:
            now, database_now = self._clock(), server_time(connection)
            state = asdict(worker) | {"seen_at": now, "clock_offset": now - database_now}
            _KEEP.run(connection, [state])
            _FORGET.run(connection, [{"since": database_now - 100 * ALIVE}])

    def alive(self) -> list[WorkerReport]:
        """Return the workers that are alive, by name; one from the future is not."""
        now = self._clock()
        is_alive = workers.c.seen_at.between(now - ALIVE, now + ALIVE)
        query = select(*_REPORT).where(is_alive).order_by(workers.c.name)
        with self._database.read() as connection:
            return [WorkerReport(*row) for row in connection.execute(query)]

    def clock_differences(self) -> dict[str, timedelta]:
        """By worker that reported lately, how far its clock is ahead of this process's."""
        with self._database.read() as connection:
            database_now = server_time(connection)
            own_offset = self._clock() - database_now
            query = select(workers.c.name, workers.c.clock_offset).order_by(workers.c.name)
            rows = connection.execute(query.where(_reported_since(database_now - ALIVE))).all()
        return {row.name: row.clock_offset - own_offset for row in rows}
