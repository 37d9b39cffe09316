"""Rings the doorbell from a thread of its own: no reader waits for Redis."""

from threading import Event, Lock, Thread

import structlog
from prometheus_client import Counter

from moderation.doorbell import Doorbell

DOORBELL_FAILURES = Counter(
    "parley_doorbell_failures", "Rings that did not reach Redis; the sweep made good", registry=None
)

# From one ring to the next: one that is out already is for all that came since, and to look whether
# it still is asks Redis.
_REST_SECONDS = 0.005

log = structlog.get_logger()


class DoorbellThread:
    """Makes one ring of many requests; its thread starts with the first, so after any fork."""

    def __init__(self, doorbell: Doorbell) -> None:
        """Ring this doorbell; no thread starts yet."""
        self._doorbell = doorbell
        self._requested = Event()
        self._starting = Lock()
        self._started = False

    def ring(self) -> None:
        """Ring soon; the sweep makes good a ring that is lost with the process."""
        if self._started and self._requested.is_set():
            return  # the thread has not begun that ring yet: it is for this comment too
        self._requested.set()
        with self._starting:
            if not self._started:
                Thread(target=self._run, name="doorbell", daemon=True).start()
                self._started = True

    def _run(self) -> None:
        rest = Event()
        while self._requested.wait():
            self._requested.clear()
            try:
                if not self._doorbell.ring():
                    DOORBELL_FAILURES.inc()
            except Exception:  # the thread must outlive whatever a client library raises
                log.exception("ring_failed")
            rest.wait(_REST_SECONDS)
