"""An old model and one of new rows as one, in the shares that suit rows which neither has seen."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from models.datasets.labelled_file import BadLabels
from models.features.array_types import Floats
from models.fitting.folds import FOLDS
from models.fitting.linear_svm import Linear, Matrix, Recipe, fit

_STRENGTH = 0.1

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Rows:
    """Those with a label, in folds that keep near-duplicates together."""

    matrix: Matrix
    labels: Floats
    folds: NDArray[np.int64]

    recipe: Recipe

    def fitted(self, rows: NDArray[np.bool_], seed: int) -> Linear:
        return fit(
            self.matrix[rows],
            self.labels[rows],
            guests=np.zeros((rows.sum(), 1)),
            weights=np.ones(rows.sum()),
            seed=seed,
            recipe=self.recipe,
        )


def mixed(rows: Rows, base: Linear, name: str, seed: int, tell: Tell) -> tuple[Linear, Floats]:
    """The mixed model, and its raw scores out of fold. Raises `BadLabels`."""
    both = np.column_stack((base.raw(rows.matrix), _out_of_fold(rows, name, seed, tell)))
    tell(f"{name}: all folds")
    own = rows.fitted(np.ones(len(rows.labels), dtype=np.bool_), seed)
    mixture = _mixture(both, rows.labels)
    raw = np.zeros(len(rows.labels))
    for fold in range(FOLDS):
        held = rows.folds == fold
        raw[held] = _mixture(both[~held], rows.labels[~held]).raw(both[held])
    weights = np.column_stack((base.weights, own.weights)) @ mixture.weights
    start = np.array([base.intercept, own.intercept]) @ mixture.weights
    return Linear(weights, float(start) + mixture.intercept), raw


def _out_of_fold(rows: Rows, name: str, seed: int, tell: Tell) -> Floats:
    raw = np.zeros(len(rows.labels))
    for fold in range(FOLDS):
        tell(f"{name}: fold {fold + 1} of {FOLDS}")
        held = rows.folds == fold
        if not held.any() or len(set(rows.labels[~held])) < len({0, 1}):
            what = f"column {name!r} has too few different comments: too many are near-duplicates"
            raise BadLabels(what)
        raw[held] = rows.fitted(~held, seed).raw(rows.matrix[held])
    return raw


def _mixture(both: Floats, labels: Floats) -> Linear:
    """How much of each, standardised so that neither is held back more than the other."""
    widths = both.std(axis=0) + 1e-9
    regression = LogisticRegression(C=_STRENGTH, tol=1e-8, max_iter=1000)
    regression.fit(both / widths, labels)
    return Linear(regression.coef_[0] / widths, float(regression.intercept_[0]))
