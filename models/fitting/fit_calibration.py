"""The curve from raw scores to probabilities, straight or bent: what fits rows it has not seen."""

from collections.abc import Callable

import numpy as np
from sklearn.linear_model import LogisticRegression

from models.features.array_types import Floats
from models.serving.calibration import Calibration

Fit = Callable[[Floats, Floats, Floats], Calibration]

_PARTS = 4
_LEAST = 1e-12  # of a probability, where its logarithm is taken


def fit_calibration(raw: Floats, labels: Floats, weights: Floats) -> Calibration:
    """The better of both by the log loss on parts of the rows that were left out of the fit."""
    straight, bent = _straight(raw, labels, weights), _bent(raw, labels, weights)
    if min(bent.slope, bent.upper_slope) <= 0:
        return straight
    losses = [_loss_left_out(fit, raw, labels, weights) for fit in (_straight, _bent)]
    return bent if losses[1] < losses[0] else straight


def _straight(raw: Floats, labels: Floats, weights: Floats) -> Calibration:
    (slope,), intercept = _regression(raw[:, None], labels, weights)
    return Calibration(slope, slope, intercept)


def _bent(raw: Floats, labels: Floats, weights: Floats) -> Calibration:
    sides = np.column_stack((np.minimum(raw, 0), np.maximum(raw, 0)))
    (lower, upper), intercept = _regression(sides, labels, weights)
    return Calibration(lower, upper, intercept)


def _regression(sides: Floats, labels: Floats, weights: Floats) -> tuple[list[float], float]:
    """Slopes and intercept, practically without regularisation."""
    curve = LogisticRegression(C=1e6, tol=1e-8, max_iter=1000)
    curve.fit(sides, labels, sample_weight=weights)
    return curve.coef_[0].tolist(), float(curve.intercept_[0])


def _loss_left_out(fit: Fit, raw: Floats, labels: Floats, weights: Floats) -> float:
    parts = np.arange(len(raw)) % _PARTS
    loss = 0.0
    for part in range(_PARTS):
        held = parts == part
        if len(set(labels[~held])) < len({0, 1}):
            return np.inf
        found = fit(raw[~held], labels[~held], weights[~held]).probabilities(raw[held])
        right = np.where(labels[held] == 1, found, 1 - found)
        loss -= float(weights[held] @ np.log(np.maximum(right, _LEAST)))
    return loss
