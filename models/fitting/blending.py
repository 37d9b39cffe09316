"""Blend an old model with one of new rows, in the shares that fit rows neither has seen."""

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from models.datasets.labelled_file import BadLabels
from models.features.array_types import Bools, Floats, Ints
from models.fitting.folds import FOLDS
from models.fitting.linear_svm import Hyperparameters, LinearModel, SparseMatrix, fit
from models.fitting.progress import ProgressCallback

_C = 0.1


@dataclass(frozen=True)
class NewRows:
    """The rows with a label of one attribute.

    Attributes:
        attribute: Its name.
        features: Shape (rows, columns).
        labels: 0 or 1, shape (rows,).
        folds: From 0 to FOLDS - 1, near-duplicates in the same one, shape (rows,).
        hyperparameters: Of the attribute.
    """

    attribute: str
    features: SparseMatrix
    labels: Floats
    folds: Ints
    hyperparameters: Hyperparameters

    def fit(self, rows: Bools, seed: int) -> LinearModel:
        """Fit a model to some of the rows, all at the same weight."""
        count = int(rows.sum())
        return fit(
            self.features[rows],
            self.labels[rows],
            domain_columns=np.zeros((count, 1)),
            weights=np.ones(count),
            seed=seed,
            hyperparameters=self.hyperparameters,
        )


def blend(
    rows: NewRows, base: LinearModel, seed: int, on_step: ProgressCallback
) -> tuple[LinearModel, Floats]:
    """Blend a model with one of new rows.

    Args:
        rows: The new rows.
        base: The old model.
        seed: Of the fits.
        on_step: Called FOLDS + 1 times.

    Returns:
        The blended model, and its raw scores of the rows out of fold, shape (rows,).

    Raises:
        BadLabels: Too many of the rows are near-duplicates of one another.
    """
    raw = np.column_stack((base.raw(rows.features), _out_of_fold(rows, seed, on_step)))
    on_step(f"{rows.attribute}: all folds")
    new = rows.fit(np.ones(len(rows.labels), dtype=np.bool_), seed)
    shares = _fit_shares(raw, rows.labels)
    blended = np.zeros(len(rows.labels))
    for fold in range(FOLDS):
        unseen = rows.folds == fold
        fold_shares = _fit_shares(raw[~unseen], rows.labels[~unseen])
        blended[unseen] = fold_shares.raw(raw[unseen])
    weights = np.column_stack((base.weights, new.weights)) @ shares.weights
    intercept = np.array([base.intercept, new.intercept]) @ shares.weights
    return LinearModel(weights, float(intercept) + shares.intercept), blended


def _out_of_fold(rows: NewRows, seed: int, on_step: ProgressCallback) -> Floats:
    raw = np.zeros(len(rows.labels))
    for fold in range(FOLDS):
        on_step(f"{rows.attribute}: fold {fold + 1} of {FOLDS}")
        unseen = rows.folds == fold
        if not unseen.any() or len(set(rows.labels[~unseen])) < len({0, 1}):
            message = (
                f"column {rows.attribute!r} has too few different comments: "
                "too many are near-duplicates"
            )
            raise BadLabels(message)
        raw[unseen] = rows.fit(~unseen, seed).raw(rows.features[unseen])
    return raw


def _fit_shares(raw: Floats, labels: Floats) -> LinearModel:
    """How much of the old and the new raw score: a linear model of the two.

    They are standardised, so that the regularisation holds neither back more than the other.
    """
    widths = raw.std(axis=0) + 1e-9
    regression = LogisticRegression(C=_C, tol=1e-8, max_iter=1000)
    regression.fit(raw / widths, labels)
    return LinearModel(regression.coef_[0] / widths, float(regression.intercept_[0]))
