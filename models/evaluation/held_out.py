"""Evaluation of the finished model, as it will be served, on the held-out comments."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

import numpy as np

from models.datasets.examples import Example
from models.evaluation.functional_tests import run_functional_tests
from models.evaluation.robustness import robustness
from models.evaluation.score_arrays import flagged, score_column
from models.features.array_types import Floats
from models.fitting.design_matrix import DesignMatrix
from models.fitting.flag_thresholds import missed_by_all
from models.fitting.folds import HELD_OUT
from models.metrics.bootstrap import bootstrap_interval
from models.metrics.curves import curve_tables
from models.metrics.ranking_metrics import average_precision, roc_auc
from models.metrics.summary import Figures, four_decimals, measure
from models.serving.artefact import Manifest
from models.serving.attributes import ATTRIBUTES
from models.serving.classifier import Classifier

_FIGURES = {"roc_auc": roc_auc, "average_precision": average_precision}

_Scores = list[dict[str, float]]


def evaluate_held_out(
    classifier: Classifier, examples: Sequence[Example], design: DesignMatrix
) -> Manifest:
    """Measure the finished model on the held-out comments.

    Args:
        classifier: As it will be served.
        examples: The corpus.
        design: The arrays of the corpus.

    Returns:
        Parts of the manifest.
    """
    held_out = np.flatnonzero(design.folds == HELD_OUT).tolist()
    rows = [row for row in held_out if examples[row].unbiased_sample]
    texts, labels = [examples[row].text for row in rows], design.labels[rows]
    scores = classifier.score(texts)
    waiting = flagged(classifier, scores)
    ordinary = (labels[:, 0] == 0) & ~(labels[:, 1:] == 1).any(axis=1)
    toxicity, reject = score_column(scores, "toxicity"), classifier.thresholds["toxicity"].reject
    missed_by_attribute = missed_by_all(waiting, labels, ATTRIBUTES)
    return {
        "held_out": {name: asdict(figures) for name, figures in _figures(scores, labels)},
        "intervals": dict(_intervals(scores, labels)),
        "ordinary_flagged": four_decimals(np.mean(waiting[ordinary])),
        "held_out_missed": {
            name: asdict(missed) for name, missed in missed_by_attribute.items() if missed.positives
        },
        "curves": curve_tables(labels[:, 0], toxicity, reject),
        "robustness": asdict(robustness(classifier, texts, labels[:, 0])),
        "functional": asdict(run_functional_tests(classifier)),
    }


def _measurable(scores: _Scores, labels: Floats) -> Iterator[tuple[str, Floats, Floats]]:
    """Labels and scores of each attribute that has both kinds of comments among the rows."""
    for number, name in enumerate(ATTRIBUTES):
        known = ~np.isnan(labels[:, number])
        if {0.0, 1.0} <= set(labels[known, number]):
            yield name, labels[known, number], score_column(scores, name)[known]


def _figures(scores: _Scores, labels: Floats) -> Iterator[tuple[str, Figures]]:
    for name, truth, values in _measurable(scores, labels):
        yield name, measure(truth, values)


def _intervals(
    scores: _Scores, labels: Floats
) -> Iterator[tuple[str, dict[str, tuple[float, float]]]]:
    for name, truth, values in _measurable(scores, labels):
        intervals = {
            figure: bootstrap_interval(compute, truth, values, seed=1)
            for figure, compute in _FIGURES.items()
        }
        yield name, intervals
