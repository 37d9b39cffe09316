"""The figures of the card: how well scores order comments, and how far they are probabilities."""

from dataclasses import dataclass

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

from models.features.array_types import Floats
from models.metrics.calibration_metrics import brier_score, expected_calibration_error


@dataclass(frozen=True)
class Figures:
    rows: int
    positives: int
    roc_auc: float
    average_precision: float
    ece: float
    brier: float


def measure(labels: Floats, scores: Floats) -> Figures:
    """Figures of calibrated scores, without rows whose label is NaN; both kinds must be there."""
    known = ~np.isnan(labels)
    labels, scores = labels[known], scores[known]
    return Figures(
        rows=len(labels),
        positives=int(labels.sum()),
        roc_auc=_rounded(roc_auc_score(labels, scores)),
        average_precision=_rounded(average_precision_score(labels, scores)),
        ece=_rounded(expected_calibration_error(labels, scores)),
        brier=_rounded(brier_score(labels, scores)),
    )


def _rounded(figure: float) -> float:
    return round(float(figure), 4)
