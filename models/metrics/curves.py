"""The tables behind the card's pictures, from labels (0 or 1) and calibrated scores."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np

from models.features.array_types import Floats
from models.metrics.calibration_metrics import ECE_BINS
from models.metrics.threshold_outcomes import outcome
from models.serving.artefact import Manifest

_STEPS = 20
_MOST_READ = 0.5
NEVER = 2.0  # a threshold that no score reaches


@dataclass(frozen=True)
class Bin:
    """Comments with scores in one of the equal widths of calibration."""

    comments: int
    mean_score: float
    share: float  # of them that are positive


@dataclass(frozen=True)
class Point:
    """Where the scores from `threshold` up hold this share of the positives."""

    threshold: float
    recall: float
    precision: float


@dataclass(frozen=True)
class Load:
    """What a person reads and what nobody sees when comments wait from `flag` up."""

    flag: float
    read: float
    missed: float


def curves(labels: Floats, scores: Floats, reject: float | None) -> Manifest:
    return {
        "reliability": [asdict(each) for each in reliability(labels, scores)],
        "precision_recall": [asdict(each) for each in precision_recall(labels, scores)],
        "workload": [asdict(each) for each in workload(labels, scores, reject)],
    }


def reliability(labels: Floats, scores: Floats, bins: int = ECE_BINS) -> Iterator[Bin]:
    """The bins that hold a comment, from the lowest scores up."""
    places = np.minimum((scores * bins).astype(int), bins - 1)
    for place in np.unique(places).tolist():
        held = places == place
        yield Bin(int(held.sum()), _rounded(scores[held].mean()), _rounded(labels[held].mean()))


def precision_recall(labels: Floats, scores: Floats, steps: int = _STEPS) -> Iterator[Point]:
    positives = np.sort(scores[labels == 1])[::-1]
    for step in range(1, steps + 1):
        threshold = positives[max(int(np.ceil(len(positives) * step / steps)) - 1, 0)]
        chosen = scores >= threshold
        recall = labels[chosen].sum() / len(positives)
        yield Point(_rounded(threshold), _rounded(recall), _rounded(labels[chosen].mean()))


def workload(labels: Floats, scores: Floats, reject: float | None) -> Iterator[Load]:
    """By equal steps of the share that waits for a person, up to half of the comments."""
    for share in np.linspace(0, _MOST_READ, _STEPS + 1):
        flag = float(np.quantile(scores, 1 - share, method="higher")) if share else NEVER
        found = outcome(labels, scores, flag=flag, reject=NEVER if reject is None else reject)
        yield Load(round(flag, 6), _rounded(found.read), _rounded(found.missed or 0.0))


def _rounded(figure: float) -> float:
    return round(float(figure), 4)
