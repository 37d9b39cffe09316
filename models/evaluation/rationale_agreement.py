"""Agreement with human rationales: whether the words that make a score are those people marked."""

import ast
import csv
import gzip
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from pathlib import Path

import numpy as np

from models.fitting.linear_svm import LinearModel
from models.metrics.summary import four_decimals
from models.serving.artefact import quantise
from models.serving.explain import LinearScorer, Span, explain
from models.serving.highlights import highlighted_spans

RATIONALE_FILE = "toxic_spans.csv.gz"
# The file holds the training part of the task, then its trial part.
_FIRST_OF_TRIAL = 7_892

Characters = AbstractSet[int]  # places in a text


def rationale_agreement(model: LinearModel, path: Path) -> dict[str, float]:
    """Compare highlighted words with the words that people marked as toxic.

    Args:
        model: A model of toxicity that was trained without the file.
        path: RATIONALE_FILE; its trial part is measured.

    Returns:
        `rows`, the number of texts, and `character_f1`, the mean over them.
    """
    scorer = _scorer(model)
    rationales = read_rationales(path)
    texts, marked = zip(*(rationales[_FIRST_OF_TRIAL:] or rationales), strict=True)
    highlighted = [
        covered_characters(highlighted_spans(text, explain(text, scorer).attributions["toxicity"]))
        for text in texts
    ]
    return {
        "rows": len(texts),
        "character_f1": four_decimals(mean_character_f1(highlighted, marked)),
    }


def _scorer(model: LinearModel) -> LinearScorer:
    """The model as it would be served, without calibration."""
    weights = quantise(model.weights[None], np.array([model.intercept]))
    return LinearScorer(
        ("toxicity",),
        weights.quantised.T,
        weights.scales.astype(np.float64),
        weights.intercepts.astype(np.float64),
        lower=np.ones(1),
        upper=np.ones(1),
        offsets=np.zeros(1),
    )


def read_rationales(path: Path) -> list[tuple[str, Characters]]:
    """Read what people marked.

    Args:
        path: A gzipped CSV with the columns `spans` and `text`.

    Returns:
        Each text and the places of its marked characters.
    """
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return [(row["text"], frozenset(ast.literal_eval(row["spans"]))) for row in rows]


def covered_characters(spans: Sequence[Span]) -> Characters:
    """Return the places that spans cover.

    Args:
        spans: In the order of the text.

    Returns:
        Their places; the one between two neighbours belongs to both, as people mark phrases.
    """
    words = {place for span in spans for place in range(span.start, span.end)}
    between = {left.end for left, right in pairwise(spans) if right.start == left.end + 1}
    return frozenset(words | between)


def mean_character_f1(highlighted: Sequence[Characters], marked: Sequence[Characters]) -> float:
    """Average the F1 of each text, from 0 to 1."""
    return sum(map(character_f1, highlighted, marked)) / len(marked)


def character_f1(highlighted: Characters, marked: Characters) -> float:
    """Compute the F1 of SemEval 2021 task 5: 1 where both are empty, 0 where one is."""
    if not highlighted or not marked:
        return float(len(highlighted) == len(marked))
    return 2 * len(highlighted & marked) / (len(highlighted) + len(marked))
