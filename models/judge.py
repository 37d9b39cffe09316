"""What an attribute's out-of-fold scores show: its calibration, thresholds and figures."""

from dataclasses import dataclass

import numpy as np

from models.calibrating import fit_calibration
from models.calibration import Calibration
from models.classifier import Thresholds
from models.evaluate import Figures, measure
from models.figures import Floats, flag_threshold, reject_threshold
from models.table import natural_weights

PRECISION = 0.95
MISSED = 0.05


@dataclass(frozen=True)
class Judged:
    calibration: Calibration
    thresholds: Thresholds
    figures: Figures
    negatives_flagged: float
    negatives_rejected: float


def judge(raw: Floats, toxic: Floats, labels: Floats) -> Judged:
    """From raw scores by models that had not seen the rows; NaN where there is none."""
    scored = ~np.isnan(raw) & ~np.isnan(labels)
    weights = natural_weights(toxic, labels)[scored]
    calibration = fit_calibration(raw[scored], labels[scored], weights)
    scores, labels = calibration.probabilities(raw[scored]), labels[scored]
    thresholds = Thresholds(
        reject=reject_threshold(labels, scores, PRECISION),
        flag=flag_threshold(labels, scores, MISSED),
    )
    negatives = scores[labels == 0]
    return Judged(
        calibration=calibration,
        thresholds=thresholds,
        figures=measure(labels, scores),
        negatives_flagged=_share_from(negatives, thresholds.flag),
        negatives_rejected=_share_from(negatives, thresholds.reject),
    )


def _share_from(scores: Floats, threshold: float | None) -> float:
    return 0.0 if threshold is None else round(float(np.mean(scores >= threshold)), 4)
