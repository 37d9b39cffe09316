"""Which workers are alive, and whether their model works: for readiness."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from moderation.clock import Clock
from moderation.storage.database.engine import Database, insert_for
from moderation.storage.schema.system import workers

ALIVE = timedelta(seconds=15)  # three missed reports


@dataclass(frozen=True, slots=True)
class WorkerReport:
    """A worker's name, its model's version, or why it has none."""

    name: str
    model: str | None
    problem: str | None


class Workers:
    """What workers last said of themselves."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def report(self, worker: WorkerReport) -> None:
        """Say that the worker is alive; those silent for long are forgotten."""
        now: datetime = self._clock()
        said = {"model": worker.model, "problem": worker.problem, "seen_at": now}
        with self._database.write() as connection:
            connection.execute(
                insert_for(connection)(workers)
                .values(name=worker.name, **said)
                .on_conflict_do_update(index_elements=["name"], set_=said)
            )
            connection.execute(workers.delete().where(workers.c.seen_at < now - 100 * ALIVE))

    def alive(self) -> list[WorkerReport]:
        """The workers heard of lately."""
        query = (
            select(workers.c.name, workers.c.model, workers.c.problem)
            .where(workers.c.seen_at >= self._clock() - ALIVE)
            .order_by(workers.c.name)
        )
        with self._database.read() as connection:
            return [WorkerReport(*row) for row in connection.execute(query)]
