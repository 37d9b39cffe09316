import numpy as np
import pytest

from models.datasets.examples import Example
from models.evaluation.held_out import evaluate_held_out
from models.fitting.design_matrix import DesignMatrix
from models.fitting.folds import HELD_OUT
from models.serving.artefact import Manifest
from models.serving.attributes import ATTRIBUTES
from models.serving.classifier import Classifier


@pytest.fixture(scope="module")
def evaluation(classifier: Classifier, examples: list[Example], design: DesignMatrix) -> Manifest:
    """The shipped classifier on the held-out comments of the tests' own corpus."""
    return evaluate_held_out(classifier, examples, design)


def held_out_rows(examples: list[Example], design: DesignMatrix) -> np.ndarray:
    """Of the unbiased sample: everyday comments are measured by themselves."""
    unbiased = np.array([example.unbiased_sample for example in examples])
    return np.flatnonzero((design.folds == HELD_OUT) & unbiased)


def test_only_held_out_comments_of_the_sample_are_measured(
    evaluation: Manifest, examples: list[Example], design: DesignMatrix
) -> None:
    rows = held_out_rows(examples, design)

    figures = evaluation["held_out"]["toxicity"]
    assert figures["rows"] == len(rows)
    assert figures["positives"] == (design.labels[rows, 0] == 1).sum()


def test_an_attribute_without_positives_has_no_figures(evaluation: Manifest) -> None:
    # No comment of the unbiased sample is labelled as spam.
    assert set(evaluation["held_out"]) == set(evaluation["intervals"]) == set(ATTRIBUTES[:-1])
    assert "spam" not in evaluation["held_out_missed"]


def test_each_figure_lies_in_its_interval(evaluation: Manifest) -> None:
    for name, intervals in evaluation["intervals"].items():
        for figure, (low, high) in intervals.items():
            assert low <= evaluation["held_out"][name][figure] <= high


def test_missed_are_those_that_reach_no_flag(
    evaluation: Manifest, classifier: Classifier, examples: list[Example], design: DesignMatrix
) -> None:
    rows = held_out_rows(examples, design)
    scores = classifier.score([examples[row].text for row in rows])
    flags = {name: limits.flag or 2.0 for name, limits in classifier.thresholds.items()}
    flagged = [any(score[name] >= flag for name, flag in flags.items()) for score in scores]
    toxic = design.labels[rows, 0] == 1

    missed = evaluation["held_out_missed"]["toxicity"]
    assert missed["missed"] == (toxic & ~np.array(flagged)).sum()
    assert missed["positives"] == toxic.sum()
