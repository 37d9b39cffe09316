"""How many comments, texts and names, are scored a second, on one core without other work."""

import os
import time
from collections.abc import Sequence

from bench.load import apart
from bench.texts import NAMES, texts
from judging.comment_scoring import read_each
from models.serving.classifier import ARTEFACT, load
from moderation.storage.decisions.claims import ClaimedComment
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
    batches = _batches([_comment(k, text) for k, text in enumerate(texts(_TEXTS))])
    read_each(classifier, batches[0])
    scored, began = 0, time.process_time()
    while (cost := time.process_time() - began) < seconds:
        batch = batches[scored // BATCH % len(batches)]
        read_each(classifier, batch)
        scored += len(batch)
    return scored / cost


def _comment(k: int, text: str) -> ClaimedComment:
    return ClaimedComment(k, 1, NAMES[k % len(NAMES)], text, attempts=1)


def _batches(every: Sequence[ClaimedComment]) -> list[Sequence[ClaimedComment]]:
    return [every[first : first + BATCH] for first in range(0, len(every), BATCH)]
