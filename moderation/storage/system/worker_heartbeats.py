"""Heartbeats of the workers: which are alive, and whether their model works."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from moderation.clock import Clock
from moderation.storage.database.engine import Database, insert_for
from moderation.storage.schema.system import workers

ALIVE = timedelta(seconds=15)  # three missed reports


@dataclass(frozen=True, slots=True)
class WorkerReport:
    """A heartbeat: the worker's name, its model's version, or why it has none."""

    name: str
    model: str | None
    problem: str | None


class Workers:
    """The last heartbeat of each worker."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def report(self, worker: WorkerReport) -> None:
        """Keep a heartbeat; workers that have been silent for long are deleted."""
        now: datetime = self._clock()
        state = {"model": worker.model, "problem": worker.problem, "seen_at": now}
        with self._database.write() as connection:
            connection.execute(
                insert_for(connection)(workers)
                .values(name=worker.name, **state)
                .on_conflict_do_update(index_elements=["name"], set_=state)
            )
            connection.execute(workers.delete().where(workers.c.seen_at < now - 100 * ALIVE))

    def alive(self) -> list[WorkerReport]:
        """Return the workers that are alive, by name."""
        query = (
            select(workers.c.name, workers.c.model, workers.c.problem)
            .where(workers.c.seen_at >= self._clock() - ALIVE)
            .order_by(workers.c.name)
        )
        with self._database.read() as connection:
            return [WorkerReport(*row) for row in connection.execute(query)]
