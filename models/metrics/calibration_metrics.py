"""The arithmetic of calibration and thresholds, apart from any model.

Labels are 0 or 1, scores probabilities from 0 to 1; both have the shape (rows,).
"""

import numpy as np
from scipy.stats import beta

from models.features.array_types import Floats

ECE_BINS = 15


def expected_calibration_error(labels: Floats, scores: Floats, bins: int = ECE_BINS) -> float:
    """Average the distance between score and share of positives over bins (Naeini 2015).

    Args:
        labels: 0 or 1, shape (rows,).
        scores: Probabilities, shape (rows,).
        bins: The number of bins of equal width.

    Returns:
        From 0, for perfect calibration, to 1.
    """
    places = np.minimum((scores * bins).astype(int), bins - 1)
    gaps = np.bincount(places, weights=labels - scores, minlength=bins)
    return float(np.abs(gaps).sum() / len(scores))


def brier_score(labels: Floats, scores: Floats) -> float:
    """Average the squared distance between score and label (Brier 1950), from 0 to 1."""
    return float(np.mean((scores - labels) ** 2))


def precision_lower_bounds(hits: Floats, chosen: Floats, confidence: float = 0.95) -> Floats:
    """Bound precisions from below, one-sided (Clopper and Pearson 1934).

    Args:
        hits: The positives among the chosen rows, any shape.
        chosen: The numbers of chosen rows, the same shape.
        confidence: The chance that a bound holds.

    Returns:
        The bounds, the same shape; 0 where there is no hit.
    """
    bounds = beta.ppf(1 - confidence, np.maximum(hits, 1), chosen - hits + 1)
    return np.where(hits > 0, bounds, 0.0)


def reject_threshold(labels: Floats, scores: Floats, precision: float = 0.95) -> float | None:
    """Find the lowest score from which the precision's lower bound holds.

    Args:
        labels: 0 or 1, shape (rows,).
        scores: Probabilities, shape (rows,).
        precision: What the lower bound must reach.

    Returns:
        The score, or None where no score is high enough.
    """
    order = np.argsort(-scores, kind="stable")
    last_of_score = np.flatnonzero(np.diff(scores[order], append=-1.0))
    hits = np.cumsum(labels[order])[last_of_score]
    bounds = precision_lower_bounds(hits, (last_of_score + 1).astype(np.float64))
    precise = np.flatnonzero(bounds >= precision)
    return float(scores[order][last_of_score[precise[-1]]]) if len(precise) else None


def share_upper_bound(hits: int, of: int, confidence: float = 0.95) -> float:
    """Bound a share from above, one-sided (Clopper and Pearson 1934).

    Args:
        hits: How many have the property.
        of: How many there are.
        confidence: The chance that the bound holds.

    Returns:
        From 0 to 1; 1 where all are hits.
    """
    return float(beta.ppf(confidence, hits + 1, of - hits)) if hits < of else 1.0
