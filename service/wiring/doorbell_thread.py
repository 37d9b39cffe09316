"""Rings the doorbell from a thread of its own: no reader waits for Redis."""

from threading import Event, Lock, Thread

import structlog
from prometheus_client import Counter

from moderation.doorbell import Doorbell

UNRUNG = Counter(
    "parley_doorbell_failures", "Rings that did not reach Redis; the sweep made good", registry=None
)

log = structlog.get_logger()


class Ringer:
    """Many wishes at once are one ring. The thread starts with the first, after any fork."""

    def __init__(self, doorbell: Doorbell) -> None:
        self._doorbell = doorbell
        self._wanted = Event()
        self._starting = Lock()
        self._started = False

    def ring(self) -> None:
        """Soon; a ring that is lost with the process is made good by the sweep."""
        self._wanted.set()
        with self._starting:
            if not self._started:
                Thread(target=self._run, name="ringer", daemon=True).start()
                self._started = True

    def _run(self) -> None:
        while self._wanted.wait():
            self._wanted.clear()
            try:
                if not self._doorbell.ring():
                    UNRUNG.inc()
            except Exception:  # the thread must outlive whatever a client library raises
                log.exception("ring_failed")
