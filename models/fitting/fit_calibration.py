"""Fit the curve from raw scores to probabilities: straight or bent, as unseen rows decide."""

from collections.abc import Callable

import numpy as np
from sklearn.linear_model import LogisticRegression

from models.features.array_types import Floats
from models.serving.calibration import Calibration

_Fit = Callable[[Floats, Floats, Floats], Calibration]

_PARTS = 4
_LEAST = 1e-12  # of a probability, where its logarithm is taken
# Processors add up in different orders, so the last digits of a fit differ: by 2e-15 of it, as was
# measured. What is stored has fewer digits, and is the same on all of them.
_DIGITS = 6  # of slopes and intercept
_STEPS = 1e9  # of probabilities from 0 to 1


def fit_calibration(raw: Floats, labels: Floats, weights: Floats) -> Calibration:
    """Fit Platt's curve (1999), bent at 0 where that lowers the cross-validated log loss.

    Args:
        raw: Raw scores by models that have not seen the rows, shape (rows,).
        labels: 0 or 1, both present, shape (rows,).
        weights: Of the rows, shape (rows,).

    Returns:
        The curve, to six digits.
    """
    straight, bent = _straight(raw, labels, weights), _bent(raw, labels, weights)
    if min(bent.slope, bent.upper_slope) <= 0:
        return straight
    losses = [_cross_validated_loss(fit, raw, labels, weights) for fit in (_straight, _bent)]
    return bent if losses[1] < losses[0] else straight


def fitted_scores(curve: Calibration, raw: Floats) -> Floats:
    """Return the probabilities that thresholds are chosen from: down to the next 1e-9.

    Args:
        curve: From `fit_calibration`.
        raw: Raw scores, NaN where there is none.

    Returns:
        Probabilities in the shape of `raw`. A probability reaches a threshold from them where its
        rounded one does.
    """
    return np.floor(curve.probabilities(raw) * _STEPS) / _STEPS


def label_gap_weights(toxic: Floats, labels: Floats) -> Floats:
    """Weigh rows so that a gap in the labels does not shift the calibration.

    Some toxic comments have no other label: those whose label is known stand for them too.

    Args:
        toxic: 1 where a comment is toxic, shape (rows,).
        labels: 1, 0, or NaN where unknown, shape (rows,).

    Returns:
        1 or more, shape (rows,).
    """
    known = ~np.isnan(labels)
    factor = (toxic == 1).sum() / max(((toxic == 1) & known).sum(), 1)
    return np.where(toxic == 1, factor, 1.0)


def _straight(raw: Floats, labels: Floats, weights: Floats) -> Calibration:
    (slope,), intercept = _regression(raw[:, None], labels, weights)
    return Calibration(slope, slope, intercept)


def _bent(raw: Floats, labels: Floats, weights: Floats) -> Calibration:
    sides = np.column_stack((np.minimum(raw, 0), np.maximum(raw, 0)))
    (lower, upper), intercept = _regression(sides, labels, weights)
    return Calibration(lower, upper, intercept)


def _regression(sides: Floats, labels: Floats, weights: Floats) -> tuple[list[float], float]:
    """Slopes and intercept, practically without regularisation."""
    regression = LogisticRegression(C=1e6, tol=1e-8, max_iter=1000)
    regression.fit(sides, labels, sample_weight=weights)
    return list(map(_rounded, regression.coef_[0])), _rounded(regression.intercept_[0])


def _rounded(coefficient: float) -> float:
    return float(f"{coefficient:.{_DIGITS}g}")


def _cross_validated_loss(fit: _Fit, raw: Floats, labels: Floats, weights: Floats) -> float:
    parts = np.arange(len(raw)) % _PARTS
    loss = 0.0
    for part in range(_PARTS):
        unseen = parts == part
        if len(set(labels[~unseen])) < len({0, 1}):
            return np.inf
        curve = fit(raw[~unseen], labels[~unseen], weights[~unseen])
        positive = curve.probabilities(raw[unseen])
        likelihood = np.where(labels[unseen] == 1, positive, 1 - positive)
        loss -= float(weights[unseen] @ np.log(np.maximum(likelihood, _LEAST)))
    return loss
