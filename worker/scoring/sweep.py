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
        self,
        backlog: Backlog,
        doorbell: Doorbell,
        start_drain: Callable[[], object],
        heard: Callable[[], int],
    ) -> None:
        """Sweep nothing yet.

        Args:
            backlog: What to look at.
            doorbell: What to ring.
            start_drain: Drains without RQ, and does not wait for its end.
            heard: How many comments this worker's jobs have claimed so far.
        """
        self._backlog = backlog
        self._doorbell = doorbell
        self._start_drain = start_drain
        self._heard = heard
        self._heard_before = heard()
        self._unheard = 0
        self._rang = True

    def sweep(self) -> None:
        """Ring if a pending comment is held by nobody; after PATIENCE sweeps of that, drain.

        Not while jobs claim others: what waits behind a backlog is on its way.
        """
        if not self._backlog.has_unclaimed():
            if self._rang:
                self._unheard = 0
            return
        self._rang = self._doorbell.ring()
        before, self._heard_before = self._heard_before, self._heard()
        self._unheard = self._unheard + 1 if self._heard_before == before else 0
        if self._unheard > PATIENCE:
            log.warning("drain_started_without_rq", redis="answers" if self._rang else "away")
            self._start_drain()
