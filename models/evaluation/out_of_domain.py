"""How far the model reaches: places that no row of the training comes from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.datasets.examples import Example
from models.features.array_types import Floats
from models.fitting.design_matrix import Table, fitted
from models.fitting.fit_calibration import fit_calibration
from models.fitting.folds import FOLDS, SEALED
from models.fitting.linear_svm import Linear
from models.metrics.summary import measure
from models.serving.attributes import ATTRIBUTES
from models.serving.calibration import probabilities

# For each place, what is left out of the training, and what of it is measured.
ELSEWHERE = {
    "news": (("civil_toxic", "toxic_spans", "unmarked"), ("civil_toxic", "toxic_spans")),
    "rewritten insults": (("paradetox",), ("paradetox",)),
}
_TOXICITY = 0
_SPAM = ATTRIBUTES.index("spam")
_EVEN = 0.5


def left_out(
    table: Table, examples: Sequence[Example], seed: int, tell: Callable[[str], None]
) -> Iterator[tuple[str, dict[str, float]]]:
    """Toxicity of each place by a model trained without the place and near-duplicates of it."""
    for place, (without, measured) in ELSEWHERE.items():
        tell(f"toxicity: without {place}")
        model = fitted_without(table, examples, without, seed)
        held = _originals(examples, measured)
        yield place, _ordered(model.raw(table.matrix[held]), table.labels[held, _TOXICITY])


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
    rows: NDArray[np.bool_] = np.array([bool(example.group) for example in examples])
    videos = np.array([example.group for example in examples])[rows]
    return _told(raw[rows], table.labels[rows, _SPAM], videos)


def text_messages(table: Table, examples: Sequence[Example], seed: int) -> dict[str, float]:
    """SMS in folds, near-duplicates kept together, each scored by a model that saw the others."""
    rows = _originals(examples, ("sms_spam",))
    raw, folds = _in_folds(table, rows, _SPAM, seed)
    return _told(raw[rows], table.labels[rows, _SPAM], folds[rows])


def news_in_folds(table: Table, examples: Sequence[Example], seed: int) -> dict[str, float]:
    """Toxicity of news comments by models that saw others; parts of one comment stay together."""
    rows = _originals(examples, ELSEWHERE["news"][1])
    raw, _ = _in_folds(table, rows, _TOXICITY, seed)
    return _ordered(raw[rows], table.labels[rows, _TOXICITY])


def _in_folds(
    table: Table, rows: NDArray[np.bool_], attribute: int, seed: int
) -> tuple[Floats, NDArray[np.int64]]:
    """Raw scores of these rows, each by a model that has seen no near-duplicate, and its fold."""
    chosen = np.random.default_rng(seed).integers(0, FOLDS, size=len(table.groups))
    folds = np.where(rows, chosen[table.groups], -1)
    raw = np.zeros(len(folds))
    for fold in range(FOLDS):
        held = folds == fold
        banned = np.isin(table.groups, table.groups[held])
        seen = table.to_train(attribute, without=SEALED) & ~banned
        raw[held] = fitted(table, seen, attribute, seed).raw(table.matrix[held])
    return raw, folds


def _originals(examples: Sequence[Example], sources: Sequence[str]) -> NDArray[np.bool_]:
    return np.array([each.source in sources and not each.obfuscated for each in examples])


def _ordered(raw: Floats, labels: Floats) -> dict[str, float]:
    figures = asdict(measure(labels, probabilities(raw)))
    return {name: figures[name] for name in ("rows", "roc_auc", "average_precision")}


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
