"""How well the words that make a score are those that people marked as toxic."""

import ast
import csv
import gzip
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from pathlib import Path

import numpy as np

from models.fitting.linear_svm import Linear
from models.serving.artefact import quantise
from models.serving.explain import LinearScorer, Span, explain
from models.serving.highlights import highlighted_spans

MARKED_FILE = "toxic_spans.csv.gz"
# The file holds the training part of the task, then its trial part.
_FIRST_OF_TRIAL = 7_892

Characters = AbstractSet[int]


def measure_marked(model: Linear, path: Path) -> dict[str, float]:
    """The figure of the trial part, by a model of toxicity that was trained without the file."""
    weights = quantise(model.weights[None], np.array([model.intercept]))
    served = LinearScorer(
        ("toxicity",),
        weights.quantised.T,
        weights.scales.astype(np.float64),
        weights.intercepts.astype(np.float64),
        lower=np.ones(1),
        upper=np.ones(1),
        offsets=np.zeros(1),
    )
    rows = read_marked(path)
    texts, marked = zip(*(rows[_FIRST_OF_TRIAL:] or rows), strict=True)
    found = [
        characters(highlighted_spans(text, explain(text, served).attributions["toxicity"]))
        for text in texts
    ]
    return {"rows": len(texts), "character_f1": round(mean_character_f1(found, marked), 4)}


def read_marked(path: Path) -> list[tuple[str, Characters]]:
    """Each text of a gzipped CSV with the columns `spans` and `text`, and what is marked of it."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return [(row["text"], frozenset(ast.literal_eval(row["spans"]))) for row in rows]


def characters(spans: Sequence[Span]) -> Characters:
    """Their places; the one between two neighbours belongs to both, as people mark phrases."""
    words = {place for span in spans for place in range(span.start, span.end)}
    between = {left.end for left, right in pairwise(spans) if right.start == left.end + 1}
    return frozenset(words | between)


def mean_character_f1(found: Sequence[Characters], marked: Sequence[Characters]) -> float:
    return sum(map(character_f1, found, marked)) / len(marked)


def character_f1(found: Characters, marked: Characters) -> float:
    """As the task has it: 1 where both are empty, 0 where one is."""
    if not found or not marked:
        return float(len(found) == len(marked))
    return 2 * len(found & marked) / (len(found) + len(marked))
