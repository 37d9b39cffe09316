"""Measure a language's model, choose its thresholds, and say how far its scores may go."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from models.datasets.labelled_file import BadLabels
from models.features.array_types import Bools, Floats, Ints
from models.fitting.fit_calibration import fit_calibration, fitted_scores
from models.fitting.linear_svm import LinearModel
from models.fitting.minhash_duplicates import duplicate_groups
from models.languages.language_fit import LanguageDesign
from models.languages.language_rows import LanguageRows
from models.metrics.ranking_metrics import roc_auc
from models.metrics.summary import four_decimals
from models.serving.calibration import Calibration
from models.serving.languages.grades import Grade
from models.serving.languages.language_classifier import LanguageThresholds

FOLDS = 3
HELD_OUT = FOLDS
_PARTS = 6  # of which FOLDS are two parts each, less one: the held-out comments are a sixth
PREVALENCE = 0.1  # scores are probabilities where so many comments are toxic
MISSED = 0.1  # of toxic comments, below the flag
PRECISION = 0.9
_HIGHEST_FLAG = 0.5  # what is more likely toxic than not waits
LEAST_AUC = 0.7  # on comments held out
_FEWEST_OF_FOLD = 5  # of either label
_FEWEST_LIKELY = 50  # toxic comments that a threshold is measured on
_FEWEST_OF_SOURCE = 50  # of either label

GRADE_RULE = (
    "sorts: on comments held out an AUC of .70. unknown: less than that. decides: none, since no "
    "model of these languages knows spam, which would be approved"
)


@dataclass(frozen=True)
class Measured:
    """A language's model with what was measured of it."""

    model: LinearModel
    calibration: Calibration
    thresholds: LanguageThresholds
    grade: Grade
    figures: Mapping[str, Any]


def measure_language(rows: LanguageRows, design: LanguageDesign) -> Measured:
    """Fit folds, the model and one without each source; measure and grade them."""
    folds = _folds(rows, design.seed)
    raw = np.full(len(folds), np.nan)
    for fold in range(FOLDS):
        unseen = folds == fold
        raw[unseen] = design.raw(design.fit(~unseen & (folds != HELD_OUT)), unseen)
    known, held_out = folds != HELD_OUT, folds == HELD_OUT
    model = design.fit(known)
    labels = design.labels
    curve = _curve(raw[known], labels[known])
    limits = _thresholds(fitted_scores(curve, raw[known]), labels[known])
    scores = curve.probabilities(design.raw(model, held_out))
    unseen_sources = dict(_unseen(rows, design, curve, limits.flag))
    in_domain = _figures(scores, labels[held_out], limits.flag)
    figures = {
        "rows": len(labels),
        "toxic": four_decimals(labels.mean()),
        "sources": sorted(set(rows.sources)),
        "held_out": in_domain,
        "unseen": unseen_sources,
    }
    return Measured(model, curve, limits, grade_of(in_domain), figures)


def grade_of(in_domain: Mapping[str, float]) -> Grade:
    """Apply GRADE_RULE to the figures."""
    return Grade.SORTS if in_domain["auc"] >= LEAST_AUC else Grade.UNKNOWN


def held_out_places(rows: LanguageRows, seed: int) -> Ints:
    """Return the places of the comments that no fit sees.

    Raises:
        BadLabels: Near-duplicates leave a fold with too few comments of a kind.
    """
    folds = _folds(rows, seed)
    for fold in range(HELD_OUT + 1):
        labels = rows.labels[folds == fold]
        fewest = min((labels == 1).sum(), (labels == 0).sum())
        if fewest < _FEWEST_OF_FOLD:
            message = (
                f"too many comments are almost the same: put together, {len(rows.labels):,} leave"
                f" {fewest} of a kind in one of {FOLDS + 1} parts; label more different ones"
            )
            raise BadLabels(message)
    return np.flatnonzero(folds == HELD_OUT)


def as_fields(measured: Measured) -> dict[str, Any]:
    """What the manifest says of a language beside its file."""
    return {
        "calibration": asdict(measured.calibration),
        "thresholds": asdict(measured.thresholds),
        "grade": measured.grade,
        "figures": measured.figures,
    }


def _folds(rows: LanguageRows, seed: int) -> Ints:
    """Near-duplicates together; the held-out comments are a sixth."""
    groups = duplicate_groups(rows.texts)
    parts = np.random.default_rng(seed).integers(0, _PARTS, size=len(groups))[groups]
    return np.asarray(np.where(parts == _PARTS - 1, HELD_OUT, parts % FOLDS))


def _curve(raw: Floats, labels: Floats) -> Calibration:
    """Fit to Platt's targets (1999): no score is certain, whatever few comments say."""
    doubt = 1 / (2 + np.where(labels == 1, labels.sum(), len(labels) - labels.sum()))
    weights = _weights(labels)
    return fit_calibration(
        np.concatenate((raw, raw)),
        np.concatenate((labels, 1 - labels)),
        np.concatenate((weights * (1 - doubt), weights * doubt)),
    )


def _weights(labels: Floats) -> Floats:
    """So that PREVALENCE of all are toxic."""
    share = labels.mean()
    return np.asarray(np.where(labels == 1, PREVALENCE / share, (1 - PREVALENCE) / (1 - share)))


def _thresholds(scores: Floats, labels: Floats) -> LanguageThresholds:
    # Rounded down, so that what is told of the threshold holds for what is stored.
    flag = min(np.floor(np.quantile(scores[labels == 1], MISSED) * 1e4) / 1e4, _HIGHEST_FLAG)
    order = np.argsort(-scores, kind="stable")
    weights = _weights(labels)[order]
    precision = np.cumsum(weights * labels[order]) / np.cumsum(weights)
    enough = np.cumsum(labels[order]) >= _FEWEST_LIKELY
    precise = np.flatnonzero((precision >= PRECISION) & enough)
    likely = float(scores[order[precise[-1]]]) if len(precise) else None
    return LanguageThresholds(float(flag), None if likely is None else max(likely, float(flag)))


def _unseen(
    rows: LanguageRows, design: LanguageDesign, curve: Calibration, flag: float
) -> Iterator[tuple[str, dict[str, float]]]:
    sources = np.array(rows.sources)
    for source in sorted(set(rows.sources)):
        own = sources == source
        if _has_both(design.labels[own]) and _has_both(design.labels[~own]):
            scores = curve.probabilities(design.raw(design.fit(~own), own))
            yield source, _figures(scores, design.labels[own], flag)


def _has_both(labels: Floats) -> bool:
    return bool(min((labels == 1).sum(), (labels == 0).sum()) >= _FEWEST_OF_SOURCE)


def _figures(scores: Floats, labels: Floats, flag: float) -> dict[str, float]:
    """Held is of what is not toxic, missed of what is."""
    waits: Bools = scores >= flag
    return {
        "rows": len(labels),
        "auc": four_decimals(roc_auc(labels, scores)),
        "held": four_decimals(waits[labels == 0].mean()),
        "missed": four_decimals(1 - waits[labels == 1].mean()),
    }
