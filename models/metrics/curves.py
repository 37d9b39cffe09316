"""The tables behind the card's pictures, from labels (0 or 1) and calibrated scores."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np

from models.features.array_types import Floats
from models.metrics.calibration_metrics import ECE_BINS
from models.metrics.summary import four_decimals
from models.metrics.threshold_outcomes import threshold_outcome
from models.serving.artefact import Manifest

_STEPS = 20
_MAX_READ = 0.5
NEVER = 2.0  # a threshold that no score reaches


@dataclass(frozen=True)
class ReliabilityBin:
    """Comments whose scores are in one of the bins of equal width.

    Attributes:
        comments: How many.
        mean_score: Their mean score.
        share: The share of them that is positive.
    """

    comments: int
    mean_score: float
    share: float


@dataclass(frozen=True)
class PrecisionRecallPoint:
    """Where the scores from `threshold` up hold a share of the positives.

    Attributes:
        threshold: The score.
        recall: The share of the positives.
        precision: The share of these comments that is positive.
    """

    threshold: float
    recall: float
    precision: float


@dataclass(frozen=True)
class Workload:
    """What a person reads and what nobody sees when comments wait from `flag` up.

    Attributes:
        flag: The threshold.
        read: The share of all comments that a person reads.
        missed: The share of the positives that is neither rejected nor read.
    """

    flag: float
    read: float
    missed: float


def curve_tables(labels: Floats, scores: Floats, reject: float | None) -> Manifest:
    """Compute the tables of all pictures.

    Args:
        labels: 0 or 1, shape (rows,).
        scores: Probabilities, shape (rows,).
        reject: The score from which a comment is rejected unread; None for never.

    Returns:
        A list of rows per picture, as the manifest has them.
    """
    return {
        "reliability": [asdict(row) for row in reliability(labels, scores)],
        "precision_recall": [asdict(row) for row in precision_recall(labels, scores)],
        "workload": [asdict(row) for row in workload(labels, scores, reject)],
    }


def reliability(labels: Floats, scores: Floats, bins: int = ECE_BINS) -> Iterator[ReliabilityBin]:
    """Compare scores with shares of positives.

    Args:
        labels: 0 or 1, shape (rows,).
        scores: Probabilities, shape (rows,).
        bins: The number of bins of equal width.

    Yields:
        The bins that hold a comment, from the lowest scores up.
    """
    places = np.minimum((scores * bins).astype(int), bins - 1)
    for place in np.unique(places).tolist():
        inside = places == place
        mean_score, share = scores[inside].mean(), labels[inside].mean()
        yield ReliabilityBin(int(inside.sum()), four_decimals(mean_score), four_decimals(share))


def precision_recall(
    labels: Floats, scores: Floats, steps: int = _STEPS
) -> Iterator[PrecisionRecallPoint]:
    """Compute precision by equal steps of recall.

    Args:
        labels: 0 or 1, with at least one 1, shape (rows,).
        scores: Probabilities, shape (rows,).
        steps: The number of points.

    Yields:
        Points from the lowest recall up.
    """
    positives = np.sort(scores[labels == 1])[::-1]
    for step in range(1, steps + 1):
        threshold = positives[max(int(np.ceil(len(positives) * step / steps)) - 1, 0)]
        chosen = scores >= threshold
        recall, precision = labels[chosen].sum() / len(positives), labels[chosen].mean()
        yield PrecisionRecallPoint(
            four_decimals(threshold), four_decimals(recall), four_decimals(precision)
        )


def workload(labels: Floats, scores: Floats, reject: float | None) -> Iterator[Workload]:
    """Compute what is missed by equal steps of what is read, up to half of the comments.

    Args:
        labels: 0 or 1, shape (rows,).
        scores: Probabilities, shape (rows,).
        reject: The score from which a comment is rejected unread; None for never.

    Yields:
        Rows from the smallest share read up.
    """
    for share in np.linspace(0, _MAX_READ, _STEPS + 1):
        flag = float(np.quantile(scores, 1 - share, method="higher")) if share else NEVER
        outcome = threshold_outcome(
            labels, scores, flag=flag, reject=NEVER if reject is None else reject
        )
        read, missed = four_decimals(outcome.read), four_decimals(outcome.missed or 0.0)
        yield Workload(round(flag, 6), read, missed)
