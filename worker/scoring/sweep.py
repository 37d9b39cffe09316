"""Every second: ring for what was missed, and drain it here when ringing does not help."""

import time

import structlog

from moderation.doorbell import Doorbell
from moderation.storage.decisions.backlog import Backlog
from worker.scoring.drain import Drain

PATIENCE = 5  # sweeps that find a free comment before draining without RQ
_DRAIN_SECONDS = 0.8  # that a sweep may spend draining, of the second until the next

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
        until = time.monotonic() + _DRAIN_SECONDS
        while self._drain.once() and time.monotonic() < until:
            pass
        log.warning("drained_without_rq", redis="answers" if self._rang else "away")
