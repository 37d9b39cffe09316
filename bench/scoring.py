"""How many comments the classifier scores a second, on one core and with nothing else to do."""

import os
import time
from collections.abc import Sequence

from bench.load import apart
from bench.texts import texts
from models.serving.classifier import ARTEFACT, load
from worker.scoring.drain import BATCH

_TEXTS = 2_000
# Libraries of linear algebra would use every core otherwise; they look when they are imported.
_ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}


def scored_per_second(seconds: float) -> float:
    """In batches as a worker scores them; by processor time, so that others do not count."""
    os.environ.update(_ONE_THREAD)
    return apart("the classifier", _rate, seconds)


def _rate(seconds: float) -> float:
    classifier = load(ARTEFACT)
    batches = _batches(texts(_TEXTS))
    classifier.score(batches[0])
    scored, began = 0, time.process_time()
    while (cost := time.process_time() - began) < seconds:
        batch = batches[scored // BATCH % len(batches)]
        classifier.score(batch)
        scored += len(batch)
    return scored / cost


def _batches(every: Sequence[str]) -> list[Sequence[str]]:
    return [every[first : first + BATCH] for first in range(0, len(every), BATCH)]
