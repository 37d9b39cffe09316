"""Every second: ring for what was missed, and drain it here when ringing does not help.

Beside it, and less often, what else a worker has to look at.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event, Lock

import structlog

from moderation.doorbell import Doorbell
from moderation.storage.database.engine import DatabaseAway
from moderation.storage.decisions.backlog import Backlog
from moderation.storage.system.worker_heartbeats import WorkerReport, Workers
from worker.scoring.drain import Drain

SECONDS = 1.0
PATIENCE = 5  # sweeps that find a free comment before draining without RQ
_SHARE = 0.8  # of a second a sweep may spend draining

log = structlog.get_logger()


class Sweeper:
    """Looks only at the database, so Redis may be away, empty, full or wrong."""

    def __init__(self, backlog: Backlog, doorbell: Doorbell, drain: Drain) -> None:
        self._backlog = backlog
        self._doorbell = doorbell
        self._drain = drain
        self._unheard = 0
        self._rang = True

    def sweep(self) -> None:
        """Ring if a pending comment is held by nobody; after PATIENCE sweeps of that, drain."""
        if not self._backlog.has_unclaimed():
            if self._rang:
                self._unheard = 0
            return
        self._rang = self._doorbell.ring()
        self._unheard += 1
        if self._unheard > PATIENCE:
            self._drain_here()

    def _drain_here(self) -> None:
        until = time.monotonic() + _SHARE * SECONDS
        while self._drain.once() and time.monotonic() < until:
            pass
        log.warning("drained_without_rq", redis="answers" if self._rang else "away")


@dataclass(frozen=True, slots=True)
class Round:
    """What is done at the first sweep and then at one of `every` so many."""

    work: Callable[[], object]
    every: int = 1
    offset: int = 0

    def is_due(self, sweep: int) -> bool:
        return sweep == 0 or sweep % self.every == self.offset


def sweep_until(stop: Event, quiet: Lock, rounds: Sequence[Round]) -> None:
    """Sweep each second; `quiet` is held meanwhile, since no connection may be open at a fork."""
    sweep = 0
    while not stop.wait(SECONDS if sweep else 0):
        with quiet:
            for each in rounds:
                if each.is_due(sweep):
                    _go(each)
        sweep += 1


def _go(one: Round) -> None:
    """The sweep is the promise's last resort: nothing ends it, and no other keeps it from going."""
    try:
        one.work()
    except DatabaseAway as away:
        log.warning("database_away", cause=str(away))
    except Exception:
        log.exception("sweep_failed")


def reporter(workers: Workers, report: WorkerReport) -> Callable[[], None]:
    """Says that the worker is alive."""
    return lambda: workers.report(report)
