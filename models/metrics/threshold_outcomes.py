"""What a pair of thresholds means: who is rejected, missed, and read by a person."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.features.array_types import Floats

# Two-sided 95 % of the normal distribution, for Wilson's interval.
_Z = 1.959964


@dataclass(frozen=True)
class Outcome:
    """Shares from 0 to 1; None where there is nothing that it could be a share of."""

    flag: float
    reject: float
    rows: int
    positives: int
    rejected: int
    precision: float | None  # share of the rejected that are positive
    interval: tuple[float, float] | None  # of the precision, 95 %
    missed: float | None  # share of the positives that nobody sees
    read: float  # share of all that waits for a person


def outcome(labels: Floats, scores: Floats, *, flag: float, reject: float) -> Outcome:
    """What happens to rows with these labels (0 or 1) and scores."""
    rejected = scores >= reject
    read = (scores >= flag) & ~rejected
    positive = labels == 1
    hits, count, positives = (
        int((rejected & positive).sum()),
        int(rejected.sum()),
        int(positive.sum()),
    )
    missed = int((positive & ~rejected & ~read).sum())
    return Outcome(
        flag=flag,
        reject=reject,
        rows=len(labels),
        positives=positives,
        rejected=count,
        precision=hits / count if count else None,
        interval=wilson_interval(hits, count) if count else None,
        missed=missed / positives if positives else None,
        read=float(np.mean(read)),
    )


def wilson_interval(hits: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    share, spread = hits / count, _Z * _Z / count
    middle = (share + spread / 2) / (1 + spread)
    half = np.sqrt(share * (1 - share) * spread + spread * spread / 4) / (1 + spread)
    return max(float(middle - half), 0.0), min(float(middle + half), 1.0)


def curve(labels: Floats, scores: Floats, thresholds: NDArray[np.float64]) -> list[Outcome]:
    """Each threshold as the only one: rejecting from there up, nobody reads."""
    return [outcome(labels, scores, flag=each, reject=each) for each in thresholds.tolist()]
