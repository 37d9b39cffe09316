"""Flag thresholds chosen together: a comment waits when any attribute reaches its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.features.array_types import Bools, Floats
from models.metrics.calibration_metrics import share_upper_bound

MAX_MISSED = 0.05
# With fewer positives the bound allows one miss at most: a single odd comment would set the
# threshold, and many ordinary ones would wait for it.
FEWEST_TO_BOUND = 100


@dataclass(frozen=True)
class Missed:
    """Comments with an attribute that reach no flag at all.

    Attributes:
        positives: How many have the attribute.
        missed: How many of them reach no flag.
        bound: One-sided 95 % upper bound of the share missed.
    """

    positives: int
    missed: int
    bound: float


def misses_allowed(positives: int) -> int:
    """Return how many of the positives may reach no flag.

    The share is at most MAX_MISSED, by its upper bound where there are FEWEST_TO_BOUND positives.
    """
    most = int(positives * MAX_MISSED)
    if positives < FEWEST_TO_BOUND:
        return most
    return next(misses for misses in range(most, -1, -1) if _bound_holds(misses, positives))


def _bound_holds(misses: int, positives: int) -> bool:
    return share_upper_bound(misses, positives) <= MAX_MISSED


def joint_flag_thresholds(
    scores: Floats, labels: Floats, already_flagged: Bools | None = None
) -> list[float | None]:
    """Choose the flag thresholds of all columns together.

    The first column comes first: it gets the highest threshold that misses no more of its positives
    than allowed. Where the flags so far miss too many of another's, that one gets a threshold or
    the first a lower one, whichever flags fewer comments without any label.

    Args:
        scores: Probabilities, NaN where unknown, shape (rows, columns).
        labels: 1, 0, or NaN where unknown, shape (rows, columns).
        already_flagged: Rows that wait whatever is chosen here, shape (rows,).

    Returns:
        A threshold for each column, or None for one that never flags alone.
    """
    flags: list[float | None] = [None] * labels.shape[1]
    flagged = np.zeros(len(labels), np.bool_) if already_flagged is None else already_flagged.copy()
    ordinary = (labels == 0).any(axis=1) & ~(labels == 1).any(axis=1)
    for column in range(labels.shape[1]):
        positive = (labels[:, column] == 1) & ~np.isnan(scores[:, column])
        allowed, missed = misses_allowed(int(positive.sum())), positive & ~flagged
        if missed.sum() <= allowed:
            continue
        limits = {k: _limit(scores[missed, k], allowed) for k in (column, 0)}
        costs = {k: _cost(scores[ordinary & ~flagged, k], limits[k]) for k in limits}
        cheapest = min(costs, key=lambda k: costs[k])
        flags[cheapest] = limits[cheapest]
        flagged |= scores[:, cheapest] >= limits[cheapest]
    return flags


def _limit(missed: Floats, allowed: int) -> float:
    """The highest threshold with no more than allowed below; infinitely low for unknown scores."""
    return float(np.sort(np.nan_to_num(missed, nan=-np.inf))[allowed])


def _cost(scores: Floats, limit: float) -> float:
    """How many comments the threshold flags."""
    return float((scores >= limit).sum()) if np.isfinite(limit) else np.inf


def reaches_any(scores: Floats, flags: Sequence[float | None]) -> Bools:
    """Tell in which rows any column reaches its flag.

    Args:
        scores: Probabilities, NaN where unknown, shape (rows, columns).
        flags: A threshold for each column; None for never.

    Returns:
        Shape (rows,).
    """
    limits = np.array([np.inf if flag is None else flag for flag in flags])
    return np.asarray((scores >= limits).any(axis=1))


def missed_by_all(flagged: Bools, labels: Floats, names: Sequence[str]) -> Mapping[str, Missed]:
    """Count for each attribute the positives that reach no flag.

    Args:
        flagged: The rows that reach a flag, shape (rows,).
        labels: 1, 0, or NaN where unknown, shape (rows, attributes).
        names: The attributes, in the order of the columns of labels.

    Returns:
        The counts by attribute.
    """
    counts = {}
    for name, values in zip(names, labels.T, strict=True):
        positives, missed = int((values == 1).sum()), int(((values == 1) & ~flagged).sum())
        counts[name] = Missed(positives, missed, round(share_upper_bound(missed, positives), 4))
    return counts
