"""How far the model reaches: places that no row of the training comes from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.calibrating import fit_calibration
from models.calibration import probabilities
from models.classifier import ATTRIBUTES
from models.corpus import Example
from models.evaluate import measure
from models.figures import Floats
from models.fitting import Linear
from models.folds import FOLDS, SEALED
from models.table import Table, fitted

# For each place, what is left out of the training, and what of it is measured.
ELSEWHERE = {
    "news": (("civil_toxic", "toxic_spans"), ("civil_toxic", "toxic_spans")),
    "rewritten insults": (("paradetox",), ("paradetox",)),
}
_TOXICITY = 0
_SPAM = ATTRIBUTES.index("spam")
_EVEN = 0.5


def left_out(
    table: Table, examples: Sequence[Example], seed: int, tell: Callable[[str], None]
) -> Iterator[tuple[str, dict[str, float]]]:
    """Toxicity of each place by a model trained without the place and near-duplicates of it."""
    sources = np.array([example.source for example in examples])
    disguised = np.array([example.disguised for example in examples])
    for place, (without, measured) in ELSEWHERE.items():
        tell(f"toxicity: without {place}")
        model = fitted_without(table, examples, without, seed)
        held = np.isin(sources, measured) & ~disguised
        raw = model.raw(table.matrix[held])
        figures = asdict(measure(table.labels[held, _TOXICITY], probabilities(raw)))
        yield place, {name: figures[name] for name in ("rows", "roc_auc", "average_precision")}


def fitted_without(
    table: Table, examples: Sequence[Example], sources: Sequence[str], seed: int
) -> Linear:
    """A model of toxicity that has seen neither these sources nor near-duplicates of them."""
    theirs = np.isin([example.source for example in examples], sources)
    banned = np.isin(table.groups, table.groups[theirs])
    rows = table.to_train(_TOXICITY, without=SEALED) & ~banned
    return fitted(table, rows, _TOXICITY, seed)


def leave_one_video_out(table: Table, raw: Floats, examples: Sequence[Example]) -> dict[str, float]:
    """YouTube comments alone, each scored by a model that saw the other videos only."""
    rows: NDArray[np.bool_] = np.array([bool(example.part) for example in examples])
    videos = np.array([example.part for example in examples])[rows]
    return _told(raw[rows], table.labels[rows, _SPAM], videos)


def text_messages(table: Table, examples: Sequence[Example], seed: int) -> dict[str, float]:
    """SMS in folds, near-duplicates kept together, each scored by a model that saw the others."""
    rows: NDArray[np.bool_] = np.array([example.source == "sms_spam" for example in examples])
    chosen = np.random.default_rng(seed).integers(0, FOLDS, size=len(table.groups))
    folds = np.where(rows, chosen[table.groups], -1)
    raw = np.zeros(len(folds))
    for fold in range(FOLDS):
        held = folds == fold
        raw[held] = _spam_without(table, held, seed).raw(table.matrix[held])
    return _told(raw[rows], table.labels[rows, _SPAM], folds[rows])


def _spam_without(table: Table, held: NDArray[np.bool_], seed: int) -> Linear:
    banned = np.isin(table.groups, table.groups[held])
    return fitted(table, table.to_train(_SPAM, without=SEALED) & ~banned, _SPAM, seed)


def _told(raw: Floats, labels: Floats, parts: NDArray[Any]) -> dict[str, float]:
    """Figures of raw scores; the accuracy by the curve through the other parts."""
    figures = asdict(measure(labels, probabilities(raw)))
    right = sum(_right(raw, labels, parts == part) for part in np.unique(parts))
    accuracy = round(right / len(labels), 4)
    return {"rows": len(labels), "roc_auc": figures["roc_auc"], "accuracy": accuracy}


def _right(raw: Floats, labels: Floats, held: NDArray[np.bool_]) -> int:
    """How many of the held rows are told right by the curve through the others."""
    curve = fit_calibration(raw[~held], labels[~held], np.ones((~held).sum()))
    return int(((curve.probabilities(raw[held]) >= _EVEN) == labels[held]).sum())
