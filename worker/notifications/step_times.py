"""When each thread that sends began its present step: one that hangs is seen by it."""

import threading
import time


class StepTimes:
    """Threads may share one without a lock: each writes its own entry, in one operation."""

    def __init__(self) -> None:
        self._began: dict[int, float] = {}

    def begin_step(self) -> None:
        """The calling thread begins a step: a few queries, one sending."""
        self._began[threading.get_ident()] = time.monotonic()

    def end(self) -> None:
        """The calling thread has no further step."""
        self._began.pop(threading.get_ident(), None)

    def longest(self, now: float) -> float:
        """How many seconds the longest of the present steps has lasted, 0 where there is none."""
        return max((now - began for began in list(self._began.values())), default=0.0)
