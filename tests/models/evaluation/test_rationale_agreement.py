from pathlib import Path

import pytest

from models.evaluation.rationale_agreement import (
    character_f1,
    characters,
    mean_character_f1,
    read_marked,
)
from models.serving.artefact import read_manifest
from models.serving.classifier import ARTEFACT
from models.serving.explain import Span
from tests.support.labelled_samples import write


@pytest.mark.parametrize(
    ("found", "marked", "f1"),
    [
        ({1, 2, 3, 4}, {3, 4}, 2 / 3),
        ({1, 2}, {1, 2}, 1.0),
        ({1, 2}, {3}, 0.0),
        (set(), {3}, 0.0),
        ({3}, set(), 0.0),
        (set(), set(), 1.0),
    ],
)
def test_character_f1(found: set[int], marked: set[int], f1: float) -> None:
    assert character_f1(found, marked) == pytest.approx(f1)


def test_the_mean_is_over_texts() -> None:
    assert mean_character_f1([{1}, {2}], [{1}, {3}]) == 0.5


def test_the_space_between_neighbours_is_marked_with_them() -> None:
    spans = (Span(0, 2, 1.0), Span(3, 4, 1.0), Span(6, 7, 1.0))

    assert characters(spans) == {0, 1, 2, 3, 6}


def test_marked_characters_are_read(tmp_path: Path) -> None:
    write(tmp_path / "a.csv.gz", [{"spans": "[0, 1]", "text": "ah, no"}])

    assert read_marked(tmp_path / "a.csv.gz") == [("ah, no", frozenset({0, 1}))]


def test_words_agree_with_people() -> None:
    assert read_manifest(ARTEFACT)["reasons"]["character_f1"] >= 0.65
