"""The figures of the card: how well scores order comments, and how far they are probabilities."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

from models.features.array_types import Floats
from models.metrics.calibration_metrics import brier_score, expected_calibration_error


@dataclass(frozen=True)
class Figures:
    """Figures of one attribute, the shares rounded to four decimals.

    Attributes:
        rows: How many have a label.
        positives: How many of them have the attribute.
        roc_auc: Area under the ROC curve.
        average_precision: Mean precision over the positives.
        ece: Expected calibration error.
        brier: Brier score.
    """

    rows: int
    positives: int
    roc_auc: float
    average_precision: float
    ece: float
    brier: float


def measure(labels: Floats, scores: Floats) -> Figures:
    """Compute the figures of calibrated scores.

    Args:
        labels: 0, 1, or NaN where unknown; 0 and 1 must be present. Shape (rows,).
        scores: Probabilities, shape (rows,).

    Returns:
        Figures of the rows with a label.
    """
    known = ~np.isnan(labels)
    labels, scores = labels[known], scores[known]
    return Figures(
        rows=len(labels),
        positives=int(labels.sum()),
        roc_auc=four_decimals(roc_auc_score(labels, scores)),
        average_precision=four_decimals(average_precision_score(labels, scores)),
        ece=four_decimals(expected_calibration_error(labels, scores)),
        brier=four_decimals(brier_score(labels, scores)),
    )


def four_decimals(figure: float | np.floating[Any]) -> float:
    """Round a figure as the manifest has it."""
    return round(float(figure), 4)
