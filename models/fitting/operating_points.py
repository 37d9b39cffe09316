"""What out-of-fold scores show: calibration, thresholds and figures of the attributes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.features.array_types import Floats
from models.fitting.design_matrix import natural_weights
from models.fitting.fit_calibration import fit_calibration
from models.fitting.flag_thresholds import flags_together, reaching
from models.metrics.calibration_metrics import reject_threshold
from models.metrics.summary import Figures, measure
from models.serving.calibration import Calibration
from models.serving.classifier import Thresholds

PRECISION = 0.95
# Spam has nothing to do with abuse, and rows of its own: its flag is chosen alone.
ON_ITS_OWN = "spam"


@dataclass(frozen=True)
class Judged:
    calibration: Calibration
    thresholds: Thresholds
    figures: Figures
    negatives_flagged: float  # of those without the attribute, by its own flag
    negatives_rejected: float


@dataclass(frozen=True)
class Judgement:
    """All attributes by name, in the order of the columns of scores and labels."""

    judged: Mapping[str, Judged]
    scores: Floats  # NaN where there is none
    labels: Floats

    def flagged(self) -> NDArray[np.bool_]:
        """The rows that wait by any flag."""
        return reaching(self.scores, [each.thresholds.flag for each in self.judged.values()])

    def known(self) -> Floats:
        """The labels of what has a score."""
        return np.where(np.isnan(self.scores), np.nan, self.labels)


def judge(
    raw: Mapping[str, Floats], toxic: Floats, labels: Floats, seen: NDArray[np.bool_] | None = None
) -> Judgement:
    """From raw scores by models that had not seen the rows; NaN where there is none.

    `labels` has a column for each name in `raw`; `seen` are rows that other attributes flag.
    """
    alone = {
        name: _alone(values, toxic, labels[:, column])
        for column, (name, values) in enumerate(raw.items())
    }
    scores = np.column_stack(
        [each.calibration.probabilities(raw[name]) for name, each in alone.items()]
    )
    flags = _flags(list(alone), scores, labels, seen)
    judged = {
        name: _with_flag(each, flags[name], scores[:, column], labels[:, column])
        for column, (name, each) in enumerate(alone.items())
    }
    return Judgement(judged, scores, labels)


def _alone(raw: Floats, toxic: Floats, labels: Floats) -> Judged:
    """The attribute without a flag."""
    scored = ~np.isnan(raw) & ~np.isnan(labels)
    weights = natural_weights(toxic, labels)[scored]
    calibration = fit_calibration(raw[scored], labels[scored], weights)
    scores, labels = calibration.probabilities(raw[scored]), labels[scored]
    reject = reject_threshold(labels, scores, PRECISION)
    return Judged(
        calibration=calibration,
        thresholds=Thresholds(reject=reject, flag=None),
        figures=measure(labels, scores),
        negatives_flagged=0.0,
        negatives_rejected=_share_from(scores[labels == 0], reject),
    )


def _flags(
    names: list[str], scores: Floats, labels: Floats, seen: NDArray[np.bool_] | None
) -> dict[str, float | None]:
    flags: dict[str, float | None] = {}
    abuse = [name for name in names if name != ON_ITS_OWN]
    for some, already in ((abuse, seen), ([ON_ITS_OWN], None)):
        columns = [names.index(name) for name in some if name in names]
        if columns:
            found = flags_together(scores[:, columns], labels[:, columns], already)
            flags |= dict(zip(some, found, strict=True))
    return flags


def _with_flag(judged: Judged, flag: float | None, scores: Floats, labels: Floats) -> Judged:
    negatives = scores[(labels == 0) & ~np.isnan(scores)]
    return replace(
        judged,
        thresholds=replace(judged.thresholds, flag=flag),
        negatives_flagged=_share_from(negatives, flag),
    )


def _share_from(scores: Floats, threshold: float | None) -> float:
    return 0.0 if threshold is None else round(float(np.mean(scores >= threshold)), 4)
