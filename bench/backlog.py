"""How fast a worker decides what waits: filled while it is away, timed until nothing is left."""

import time

from bench.memory import Peak
from bench.parley import Parley
from bench.problem import NotMeasured
from bench.rates import WRITTEN, Rates

_FILL_SECONDS = 120.0
_DRAIN_SECONDS = 120.0
_LOOK = 0.05


def drained(parley: Parley, rates: Rates, most: int, worker: Peak) -> float:
    """Comments a second of one backlog of `most`. The worker's peak of memory goes to `worker`."""
    parley.rest()
    rates.submit(parley, WRITTEN, _FILL_SECONDS, most)
    full = parley.pending()
    parley.start_work()
    with worker.watch(parley.worker_memory):
        return full / _seconds(parley, full)


def _seconds(parley: Parley, full: int) -> float:
    """From the last look that found all of it until the first that finds none."""
    began = time.monotonic()
    while left := parley.pending():
        now = time.monotonic()
        if left == full:
            began = now
        if now - began > _DRAIN_SECONDS:
            sentence = f"{left} comments were not decided within {_DRAIN_SECONDS:.0f} seconds"
            raise NotMeasured(sentence)
        time.sleep(_LOOK)
    return time.monotonic() - began
