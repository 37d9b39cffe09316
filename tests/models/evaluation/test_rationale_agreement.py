from pathlib import Path

import numpy as np
import pytest

from models.evaluation.rationale_agreement import (
    character_f1,
    covered_characters,
    mean_character_f1,
    rationale_agreement,
    read_rationales,
)
from models.features.vectoriser import WIDTH, featurise
from models.fitting.linear_svm import LinearModel
from models.serving.artefact import read_manifest
from models.serving.classifier import ARTEFACT
from models.serving.explain import Span
from tests.support.labelled_samples import write


@pytest.mark.parametrize(
    ("highlighted", "marked", "f1"),
    [
        ({1, 2, 3, 4}, {3, 4}, 2 / 3),
        ({1, 2}, {1, 2}, 1.0),
        ({1, 2}, {3}, 0.0),
        (set(), {3}, 0.0),
        ({3}, set(), 0.0),
        (set(), set(), 1.0),
    ],
)
def test_character_f1(highlighted: set[int], marked: set[int], f1: float) -> None:
    assert character_f1(highlighted, marked) == pytest.approx(f1)


def test_the_mean_is_over_texts() -> None:
    assert mean_character_f1([{1}, {2}], [{1}, {3}]) == 0.5


def test_the_space_between_neighbours_is_marked_with_them() -> None:
    spans = (Span(0, 2, 1.0), Span(3, 4, 1.0), Span(6, 7, 1.0))

    assert covered_characters(spans) == {0, 1, 2, 3, 6}


def test_rationales_are_read(tmp_path: Path) -> None:
    write(tmp_path / "a.csv.gz", [{"spans": "[0, 1]", "text": "ah, no"}])

    assert read_rationales(tmp_path / "a.csv.gz") == [("ah, no", frozenset({0, 1}))]


def test_a_model_that_weighs_the_marked_word_agrees_with_people(tmp_path: Path) -> None:
    text = "a zealous fool spoke"
    write(tmp_path / "a.csv.gz", [{"spans": "[10, 11, 12, 13]", "text": text}])
    weights = np.zeros(WIDTH)
    weights[featurise(["fool"]).columns] = 1.0

    agreement = rationale_agreement(LinearModel(weights, 0.0), tmp_path / "a.csv.gz")

    assert agreement == {"rows": 1, "character_f1": 1.0}


def test_the_words_of_the_shipped_model_agree_with_people() -> None:
    assert read_manifest(ARTEFACT)["reasons"]["character_f1"] >= 0.65
