"""The arithmetic of calibration and thresholds, apart from any model."""

import numpy as np
from scipy.stats import beta

from models.features.array_types import Floats

ECE_BINS = 15


def expected_calibration_error(labels: Floats, scores: Floats, bins: int = ECE_BINS) -> float:
    """Mean distance between score and share of positives, over bins of equal width."""
    places = np.minimum((scores * bins).astype(int), bins - 1)
    gaps = np.bincount(places, weights=labels - scores, minlength=bins)
    return float(np.abs(gaps).sum() / len(scores))


def brier_score(labels: Floats, scores: Floats) -> float:
    return float(np.mean((scores - labels) ** 2))


def precision_lower_bounds(hits: Floats, chosen: Floats, confidence: float = 0.95) -> Floats:
    """One-sided Clopper-Pearson bounds for shares of `hits` in `chosen`; 0 without a hit."""
    bounds = beta.ppf(1 - confidence, np.maximum(hits, 1), chosen - hits + 1)
    return np.where(hits > 0, bounds, 0.0)


def reject_threshold(labels: Floats, scores: Floats, precision: float = 0.95) -> float | None:
    """The lowest score from which the precision's lower bound holds; None where it never does."""
    order = np.argsort(-scores, kind="stable")
    last_of_score = np.flatnonzero(np.diff(scores[order], append=-1.0))
    hits = np.cumsum(labels[order])[last_of_score]
    bounds = precision_lower_bounds(hits, (last_of_score + 1).astype(np.float64))
    reached = np.flatnonzero(bounds >= precision)
    return float(scores[order][last_of_score[reached[-1]]]) if len(reached) else None


def share_upper_bound(hits: int, of: int, confidence: float = 0.95) -> float:
    """One-sided Clopper-Pearson bound of the share; 1 where all are hits."""
    return float(beta.ppf(confidence, hits + 1, of - hits)) if hits < of else 1.0
