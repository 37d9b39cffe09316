"""A circuit breaker: after a failure a service is left alone for a while."""

import time
from collections.abc import Callable


class CircuitBreaker:
    """Says when to call a service that failed lately, so that not every caller waits for it.

    Threads may share one without a lock: all that it keeps is one number.
    """

    def __init__(
        self, rest_seconds: float, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """Start closed.

        Args:
            rest_seconds: How long it stays open after a failure.
            monotonic: A clock in seconds that never goes back.
        """
        self._rest_seconds = rest_seconds
        self._monotonic = monotonic
        self._open_until = float("-inf")

    def is_open(self) -> bool:
        """True while the service is to be left alone."""
        return self._monotonic() < self._open_until

    def trip(self) -> None:
        """Open it: the service has just failed."""
        self._open_until = self._monotonic() + self._rest_seconds
