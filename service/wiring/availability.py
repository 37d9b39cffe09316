"""Whether another service answers: one request finds out for all, and one thread waits for it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread

import structlog

_PATIENCE_SECONDS = 0.1  # a call that takes longer may never end: others do without meanwhile
_TRY_SECONDS = 1.0  # between two tries whether it is back

log = structlog.get_logger()


class Availability:
    """Keeps requests away from a service that does not answer, from the first one that waits."""

    def __init__(
        self,
        name: str,
        answers: Callable[[], bool],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start in the belief that it answers.

        Args:
            name: Of the service, in the log.
            answers: Asks it; from a thread of its own, after a failure, until this is true. It may
                raise while it is not.
            monotonic: A clock in seconds that never goes back.
        """
        self._name = name
        self._answers = answers
        self._monotonic = monotonic
        self._away = False
        self._lock = Lock()
        self._calls: dict[object, float] = {}  # when each that still waits began

    def is_available(self) -> bool:
        """Whether it is worth to call it now."""
        with self._lock:
            oldest = min(self._calls.values(), default=self._monotonic())
            return not self._away and self._monotonic() - oldest <= _PATIENCE_SECONDS

    @contextmanager
    def call(self) -> Iterator[None]:
        """Call it within this; an error says that it is away."""
        mark = object()
        with self._lock:
            self._calls[mark] = self._monotonic()
        try:
            yield
        except Exception:
            self._lost()
            raise
        finally:
            with self._lock:
                del self._calls[mark]

    def _lost(self) -> None:
        with self._lock:
            if self._away:
                return
            self._away = True
        log.warning("service_away", service=self._name)
        Thread(target=self._wait_for_it, name=f"wait for {self._name}", daemon=True).start()

    def _wait_for_it(self) -> None:
        pause = Event()
        while not self._is_back():
            pause.wait(_TRY_SECONDS)
        self._away = False
        log.info("service_back", service=self._name)

    def _is_back(self) -> bool:
        try:
            return self._answers()
        except Exception:  # the thread must outlive whatever a client library raises
            return False
