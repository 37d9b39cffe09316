"""Every second: ring for what was missed, and drain it here when ringing does not help."""

from collections.abc import Callable

import structlog

from moderation.doorbell import Doorbell
from moderation.storage.decisions.backlog import Backlog

PATIENCE = 5  # sweeps that find a free comment before draining without RQ

log = structlog.get_logger()


class Sweeper:
    """Looks only at the database, so Redis may be away, empty, full or wrong."""

    def __init__(
        self, backlog: Backlog, doorbell: Doorbell, start_drain: Callable[[], object]
    ) -> None:
        """Sweep this backlog; `start_drain` drains without RQ, and does not wait for its end."""
        self._backlog = backlog
        self._doorbell = doorbell
        self._start_drain = start_drain
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
            log.warning("drain_started_without_rq", redis="answers" if self._rang else "away")
            self._start_drain()
