"""How far the model reaches: places that no row of the training comes from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from models.calibration import probabilities
from models.corpus import Example
from models.evaluate import measure
from models.figures import Floats
from models.fitting import Linear, fit, fit_calibration
from models.folds import SEALED
from models.table import Table

# For each place, what is left out of the training, and what of it is measured.
ELSEWHERE = {
    "news": (("civil_toxic", "toxic_spans"), ("civil_toxic", "toxic_spans")),
    "rewritten insults": (("paradetox",), ("paradetox",)),
}
_TOXICITY = 0
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
    return fit(
        table.matrix[rows],
        table.labels[rows, _TOXICITY],
        guests=table.guests[rows],
        weights=table.weights[rows],
        seed=seed,
    )


def leave_one_video_out(table: Table, raw: Floats, examples: Sequence[Example]) -> dict[str, float]:
    """YouTube comments alone, each scored by a model that saw the other videos only."""
    rows: NDArray[np.bool_] = np.array([bool(example.part) for example in examples])
    labels = table.labels[rows, -1]
    figures = asdict(measure(labels, probabilities(raw[rows])))
    videos = np.array([example.part for example in examples])[rows]
    right = sum(_right(raw[rows], labels, videos == video) for video in np.unique(videos))
    accuracy = round(right / len(labels), 4)
    return {"rows": len(labels), "roc_auc": figures["roc_auc"], "accuracy": accuracy}


def _right(raw: Floats, labels: Floats, held: NDArray[np.bool_]) -> int:
    """How many of the held rows are told right by the curve through the others."""
    curve = fit_calibration(raw[~held], labels[~held], np.ones((~held).sum()))
    return int(((curve.probabilities(raw[held]) >= _EVEN) == labels[held]).sum())
