"""Flag thresholds chosen together: a comment waits when any attribute reaches its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.features.array_types import Floats
from models.metrics.calibration_metrics import share_upper_bound

MISSED = 0.05
# With fewer positives the bound allows one miss at most: a single odd comment would set the
# threshold, and many ordinary ones would wait for it.
FEWEST_TO_BOUND = 100


@dataclass(frozen=True)
class Missed:
    """Comments with an attribute that reach no flag at all."""

    positives: int
    missed: int
    bound: float  # one-sided 95 % upper bound of the share missed


def misses_allowed(positives: int) -> int:
    """The most misses whose share is at most MISSED, by its upper bound where positives suffice."""
    most = int(positives * MISSED)
    if positives < FEWEST_TO_BOUND:
        return most
    return next(misses for misses in range(most, -1, -1) if bound_holds(misses, positives))


def bound_holds(misses: int, positives: int) -> bool:
    return share_upper_bound(misses, positives) <= MISSED


def flags_together(
    scores: Floats, labels: Floats, seen: NDArray[np.bool_] | None = None
) -> list[float | None]:
    """A threshold for each column, or None for one that never flags alone.

    The first column comes first: the highest threshold that misses no more of its positives than
    allowed. Where the flags so far miss too many of another's, that one gets a threshold or the
    first a lower one, whichever flags fewer comments without any label. Scores and labels are
    (rows, columns), NaN where unknown; `seen` are rows that wait whatever is chosen here.
    """
    flags: list[float | None] = [None] * labels.shape[1]
    flagged = np.zeros(len(labels), dtype=np.bool_) if seen is None else seen.copy()
    ordinary = (labels == 0).any(axis=1) & ~(labels == 1).any(axis=1)
    for column in range(labels.shape[1]):
        positive = (labels[:, column] == 1) & ~np.isnan(scores[:, column])
        allowed, missed = misses_allowed(int(positive.sum())), positive & ~flagged
        if missed.sum() <= allowed:
            continue
        limits = {each: _limit(scores[missed, each], allowed) for each in (column, 0)}
        costs = {each: _share(scores[ordinary & ~flagged, each], limits[each]) for each in limits}
        cheapest = min(costs, key=lambda each: costs[each])
        flags[cheapest] = limits[cheapest]
        flagged |= scores[:, cheapest] >= limits[cheapest]
    return flags


def _limit(missed: Floats, allowed: int) -> float:
    """The highest threshold with no more than allowed below; infinitely low for unknown scores."""
    return float(np.sort(np.nan_to_num(missed, nan=-np.inf))[allowed])


def _share(scores: Floats, limit: float) -> float:
    return float((scores >= limit).sum()) if np.isfinite(limit) else np.inf


def reaching(scores: Floats, flags: Sequence[float | None]) -> NDArray[np.bool_]:
    """The rows in which any column reaches its flag."""
    limits = np.array([np.inf if flag is None else flag for flag in flags])
    return np.asarray((scores >= limits).any(axis=1))


def missed_by_all(
    flagged: NDArray[np.bool_], labels: Floats, names: Sequence[str]
) -> Mapping[str, Missed]:
    """For each name, in the order of the columns of labels, what of its positives nobody sees."""
    found = {}
    for name, values in zip(names, labels.T, strict=True):
        positives, missed = int((values == 1).sum()), int(((values == 1) & ~flagged).sum())
        found[name] = Missed(positives, missed, round(share_upper_bound(missed, positives), 4))
    return found
