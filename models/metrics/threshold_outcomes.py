"""What a pair of thresholds means: which comments are rejected, missed, and read by a person."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest

from models.features.array_types import Floats


@dataclass(frozen=True)
class ThresholdOutcome:
    """Numbers and shares (from 0 to 1) of comments; a share of nothing is None.

    Attributes:
        flag: The score from which a comment waits for a person.
        reject: The score from which a comment is rejected unread.
        rows: How many comments there are.
        positives: How many of them are positive.
        rejected: How many are rejected.
        precision: The share of the rejected that are positive.
        interval: Of the precision, two-sided 95 % (Wilson 1927).
        missed: The share of the positives that is neither rejected nor read.
        read: The share of all comments that waits for a person.
    """

    flag: float
    reject: float
    rows: int
    positives: int
    rejected: int
    precision: float | None
    interval: tuple[float, float] | None
    missed: float | None
    read: float


def threshold_outcome(
    labels: Floats, scores: Floats, *, flag: float, reject: float
) -> ThresholdOutcome:
    """Count what a pair of thresholds does with labelled comments.

    Args:
        labels: 0 or 1, shape (rows,).
        scores: Probabilities, shape (rows,).
        flag: From 0 to 1; above 1 for never.
        reject: From 0 to 1; above 1 for never.

    Returns:
        The counts and shares.
    """
    is_rejected, is_positive = scores >= reject, labels == 1
    is_read = (scores >= flag) & ~is_rejected
    rejected, positives = int(is_rejected.sum()), int(is_positive.sum())
    hits = int((is_rejected & is_positive).sum())
    missed = int((is_positive & ~is_rejected & ~is_read).sum())
    return ThresholdOutcome(
        flag=flag,
        reject=reject,
        rows=len(labels),
        positives=positives,
        rejected=rejected,
        precision=hits / rejected if rejected else None,
        interval=wilson_interval(hits, rejected) if rejected else None,
        missed=missed / positives if positives else None,
        read=float(np.mean(is_read)),
    )


def threshold_outcomes(
    labels: Floats, scores: Floats, thresholds: Floats
) -> list[ThresholdOutcome]:
    """Count for each threshold what it does alone: rejecting from there up, nobody reads.

    Args:
        labels: 0 or 1, shape (rows,).
        scores: Probabilities, shape (rows,).
        thresholds: From 0 to 1, shape (thresholds,).

    Returns:
        The outcomes in the order of the thresholds.
    """
    return [
        threshold_outcome(labels, scores, flag=threshold, reject=threshold)
        for threshold in thresholds.tolist()
    ]


def wilson_interval(hits: int, count: int) -> tuple[float, float]:
    """Compute the two-sided 95 % interval of a share (Wilson 1927)."""
    interval = binomtest(hits, count).proportion_ci(method="wilson")
    return float(interval.low), float(interval.high)
