"""Bounds expensive work that strangers can ask for: as a whole, not only for each of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore


class TooBusy(RuntimeError):
    """As much of this work goes on and waits already as this process has room for."""


class ConcurrencyLimit:
    """So many at once, so many who wait for a while, and no more.

    Who waits holds a thread of the web server: without a bound on that, waiting would do what the
    work itself may not.
    """

    def __init__(self, at_once: int, *, waiting: int, seconds: float) -> None:
        """Start with nobody.

        Args:
            at_once: How many may work.
            waiting: How many more may wait for it.
            seconds: How long each of them waits at most.
        """
        self._seconds = seconds
        self._working = BoundedSemaphore(at_once)
        self._inside = BoundedSemaphore(at_once + waiting)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Work within this; raises TooBusy."""
        if not self._inside.acquire(blocking=False):
            raise TooBusy
        try:
            if not self._working.acquire(timeout=self._seconds):
                raise TooBusy
            try:
                yield
            finally:
                self._working.release()
        finally:
            self._inside.release()
