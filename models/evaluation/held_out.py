"""What the finished model, as it will be served, does on the comments sealed before training."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from models.datasets.examples import Example
from models.evaluation.functional_tests import functional
from models.evaluation.robustness import robustness
from models.features.array_types import Floats
from models.fitting.design_matrix import Table
from models.fitting.flag_thresholds import missed_by_all, reaching
from models.fitting.folds import SEALED
from models.metrics.bootstrap import bootstrap_interval
from models.metrics.curves import curve_tables
from models.metrics.ranking_metrics import average_precision, roc_auc
from models.metrics.summary import Figures, measure
from models.serving.artefact import Manifest
from models.serving.attributes import ATTRIBUTES
from models.serving.classifier import Classifier

_FIGURES = {"roc_auc": roc_auc, "average_precision": average_precision}


def measured(classifier: Classifier, examples: Sequence[Example], table: Table) -> Manifest:
    """The parts of the manifest that come from the sealed comments."""
    rows = np.flatnonzero(table.folds == SEALED).tolist()
    texts = [examples[row].text for row in rows]
    scores = classifier.score(texts)
    labels = table.labels[rows]
    flagged = _flagged(classifier, scores)
    ordinary = (labels[:, 0] == 0) & ~(labels[:, 1:] == 1).any(axis=1)
    return {
        "held_out": {name: asdict(found) for name, found in _figures(scores, labels)},
        "intervals": dict(_intervals(scores, labels)),
        "ordinary_flagged": round(float(np.mean(flagged[ordinary])), 4),
        "held_out_missed": {
            name: asdict(missed)
            for name, missed in missed_by_all(flagged, labels, ATTRIBUTES).items()
            if missed.positives
        },
        "curves": curve_tables(
            labels[:, 0], _toxicity(scores), classifier.thresholds["toxicity"].reject
        ),
        "robustness": asdict(robustness(classifier, texts, labels[:, 0])),
        "functional": asdict(functional(classifier)),
    }


def _known(scores: list[dict[str, float]], labels: Floats) -> Iterator[tuple[str, Floats, Floats]]:
    """Labels and scores of each attribute that has both kinds of comments among the rows."""
    for number, name in enumerate(ATTRIBUTES):
        known = ~np.isnan(labels[:, number])
        if {0.0, 1.0} <= set(labels[known, number]):
            yield name, labels[known, number], np.array([score[name] for score in scores])[known]


def _toxicity(scores: list[dict[str, float]]) -> Floats:
    return np.array([score["toxicity"] for score in scores])


def _figures(scores: list[dict[str, float]], labels: Floats) -> Iterator[tuple[str, Figures]]:
    for name, truth, values in _known(scores, labels):
        yield name, measure(truth, values)


def _intervals(
    scores: list[dict[str, float]], labels: Floats
) -> Iterator[tuple[str, dict[str, tuple[float, float]]]]:
    for name, truth, values in _known(scores, labels):
        yield (
            name,
            {
                of: bootstrap_interval(figure, truth, values, seed=1)
                for of, figure in _FIGURES.items()
            },
        )


def _flagged(classifier: Classifier, scores: list[dict[str, float]]) -> NDArray[np.bool_]:
    """The comments that reach the flag of any attribute."""
    limits = classifier.thresholds
    flags = [limit.flag for limit in limits.values()]
    return reaching(np.array([[score[name] for name in limits] for score in scores]), flags)
