"""Tasks that a process repeats: when each is due, and that no failure ends the others."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import structlog

from moderation.storage.database.engine import DatabaseUnavailable
from worker.stop_request import StopRequest

TICK_SECONDS = 1.0  # between two looks at what is due

log = structlog.get_logger()

T = TypeVar("T")


@dataclass(slots=True)
class PeriodicTask:
    """Work that is due at once, and again some seconds after it was last started.

    Attributes:
        name: Names it in the log.
        work: Returns True when it has more to do: then it is due at the next tick.
        every: Seconds; 0 is each tick.
        second_after: Seconds from the first run to the second, where they are not `every`: so
            processes that start together do not all run it at the same moments.
    """

    name: str
    work: Callable[[], object]
    every: float = 0.0
    second_after: float | None = None
    _due_at: float | None = field(default=None, init=False)

    def is_due(self, now: float) -> bool:
        """Whether to run it now; `now` in seconds of a clock that never goes back."""
        return self._due_at is None or now >= self._due_at

    def run(self, now: float) -> None:
        """Do the work. Raises what the work raises, and is due again as if it had not."""
        is_first = self._due_at is None
        interval = self.second_after if is_first and self.second_after is not None else self.every
        self._due_at = now + interval
        if self.work() is True:
            self._due_at = now


def run_until(
    stop: StopRequest, tasks: Sequence[PeriodicTask], before_each: Callable[[], object]
) -> None:
    """Run what is due each second until `stop` is set; `before_each` is called before each task."""
    while not stop.is_set():
        run_due(tasks, time.monotonic(), before_each)
        stop.wait(TICK_SECONDS)


def run_due(
    tasks: Sequence[PeriodicTask], now: float, before_each: Callable[[], object] | None = None
) -> None:
    """Run the tasks that are due, in their order; one that fails keeps no other from its turn."""
    for task in tasks:
        if before_each is not None:
            before_each()
        if task.is_due(now):
            run_safely(task.name, partial(task.run, now))


def run_safely(name: str, work: Callable[[], T]) -> T | None:
    """What the work returns; None where it raised, which is logged under the name."""
    try:
        return work()
    except DatabaseUnavailable as away:
        log.warning("database_away", task=name, cause=str(away))
    except Exception:  # the sweep must go on, whatever is wrong with one task
        log.exception("periodic_task_failed", task=name)
    return None
