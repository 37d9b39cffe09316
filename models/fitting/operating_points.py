"""Choose calibration and thresholds of each attribute from out-of-fold scores."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from models.features.array_types import Bools, Floats
from models.fitting.fit_calibration import fit_calibration, fitted_scores, label_gap_weights
from models.fitting.flag_thresholds import joint_flag_thresholds, reaches_any
from models.metrics.calibration_metrics import reject_threshold
from models.metrics.summary import Figures, four_decimals, measure
from models.serving.calibration import Calibration
from models.serving.named_settings import Thresholds

PRECISION = 0.95
# Spam has nothing to do with abuse, and rows of its own: its flag is chosen alone.
FLAGGED_ALONE = "spam"


@dataclass(frozen=True)
class OperatingPoint:
    """How the scores of one attribute are used.

    Attributes:
        calibration: From raw scores to probabilities.
        thresholds: From probabilities to decisions.
        figures: Of the calibrated out-of-fold scores.
        negatives_flagged: The share of rows without the attribute that reach its flag.
        negatives_rejected: The share of them that reach its reject threshold.
    """

    calibration: Calibration
    thresholds: Thresholds
    figures: Figures
    negatives_flagged: float
    negatives_rejected: float


@dataclass(frozen=True)
class OperatingPoints:
    """The operating points of all attributes, and the scores they were chosen on.

    Attributes:
        by_attribute: In the order of the columns of scores and labels.
        scores: Probabilities, NaN where there is none, shape (rows, attributes).
        labels: 1, 0, or NaN where unknown, shape (rows, attributes).
    """

    by_attribute: Mapping[str, OperatingPoint]
    scores: Floats
    labels: Floats

    def flagged(self) -> Bools:
        """Tell which rows reach a flag, shape (rows,)."""
        flags = [point.thresholds.flag for point in self.by_attribute.values()]
        return reaches_any(self.scores, flags)

    def scored_labels(self) -> Floats:
        """Return the labels, NaN where there is no score, shape (rows, attributes)."""
        return np.where(np.isnan(self.scores), np.nan, self.labels)


def fit_operating_points(
    raw: Mapping[str, Floats],
    toxic: Floats,
    labels: Floats,
    already_flagged: Bools | None = None,
) -> OperatingPoints:
    """Choose calibration and thresholds.

    Args:
        raw: For each attribute raw scores by models that have not seen the rows, NaN where there
            is none, shape (rows,).
        toxic: 1 where a comment is toxic, shape (rows,).
        labels: 1, 0, or NaN where unknown, a column for each name in `raw`.
        already_flagged: Rows that other attributes flag, shape (rows,).

    Returns:
        The operating points in the order of `raw`.
    """
    unflagged = {
        name: _without_flag(values, toxic, labels[:, column])
        for column, (name, values) in enumerate(raw.items())
    }
    scores = np.column_stack(
        [fitted_scores(point.calibration, raw[name]) for name, point in unflagged.items()]
    )
    flags = _flags(list(unflagged), scores, labels, already_flagged)
    points = {
        name: _with_flag(point, flags[name], scores[:, column], labels[:, column])
        for column, (name, point) in enumerate(unflagged.items())
    }
    return OperatingPoints(points, scores, labels)


def with_thresholds(points: OperatingPoints, limits: Mapping[str, Thresholds]) -> OperatingPoints:
    """Return the same operating points with other thresholds of every attribute."""
    changed = {}
    for column, (name, point) in enumerate(points.by_attribute.items()):
        scores, labels = points.scores[:, column], points.labels[:, column]
        negatives = scores[(labels == 0) & ~np.isnan(scores)]
        changed[name] = replace(
            point,
            thresholds=limits[name],
            negatives_flagged=_share_from(negatives, limits[name].flag),
            negatives_rejected=_share_from(negatives, limits[name].reject),
        )
    return replace(points, by_attribute=changed)


def _without_flag(raw: Floats, toxic: Floats, labels: Floats) -> OperatingPoint:
    scored = ~np.isnan(raw) & ~np.isnan(labels)
    weights = label_gap_weights(toxic, labels)[scored]
    calibration = fit_calibration(raw[scored], labels[scored], weights)
    scores, labels = fitted_scores(calibration, raw[scored]), labels[scored]
    reject = reject_threshold(labels, scores, PRECISION)
    return OperatingPoint(
        calibration=calibration,
        thresholds=Thresholds(reject=reject, flag=None),
        figures=measure(labels, scores),
        negatives_flagged=0.0,
        negatives_rejected=_share_from(scores[labels == 0], reject),
    )


def _flags(
    names: list[str], scores: Floats, labels: Floats, already_flagged: Bools | None
) -> dict[str, float | None]:
    flags: dict[str, float | None] = {}
    abuse = [name for name in names if name != FLAGGED_ALONE]
    alone = [name for name in names if name == FLAGGED_ALONE]
    for together, flagged in ((abuse, already_flagged), (alone, None)):
        columns = [names.index(name) for name in together]
        if columns:
            limits = joint_flag_thresholds(scores[:, columns], labels[:, columns], flagged)
            flags |= dict(zip(together, limits, strict=True))
    return flags


def _with_flag(
    point: OperatingPoint, flag: float | None, scores: Floats, labels: Floats
) -> OperatingPoint:
    negatives = scores[(labels == 0) & ~np.isnan(scores)]
    return replace(
        point,
        thresholds=replace(point.thresholds, flag=flag),
        negatives_flagged=_share_from(negatives, flag),
    )


def _share_from(scores: Floats, threshold: float | None) -> float:
    return 0.0 if threshold is None else four_decimals(np.mean(scores >= threshold))
