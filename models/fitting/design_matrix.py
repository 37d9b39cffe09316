"""The corpus as arrays, one row per example."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.datasets.augmentation import origins
from models.datasets.examples import Example
from models.features.array_types import Floats
from models.fitting.folds import SEALED, assign_folds, rows_to_train
from models.fitting.linear_svm import (
    Linear,
    Matrix,
    feature_matrix,
    fit,
    from_spam_sources,
    guest_columns,
    recipe_for,
    row_weights,
    toxicity_weights,
)
from models.fitting.minhash_duplicates import duplicate_groups
from models.serving.attributes import ATTRIBUTES


@dataclass(frozen=True)
class Table:
    matrix: Matrix
    guests: Floats
    weights: Floats  # (rows, attributes)
    labels: Floats  # (rows, attributes), NaN where unknown
    unbiased_sample: NDArray[np.bool_]
    groups: NDArray[np.int64]
    folds: NDArray[np.int64]

    def known(self, attribute: int) -> NDArray[np.bool_]:
        return np.asarray(~np.isnan(self.labels[:, attribute]))

    def to_train(self, attribute: int, *, without: int) -> NDArray[np.bool_]:
        return self.known(attribute) & rows_to_train(self.folds, self.groups, without=without)

    def held(self, fold: int) -> NDArray[np.bool_]:
        return np.asarray(self.folds == fold)


def tabulate(examples: Sequence[Example], seed: int) -> Table:
    texts = [example.text for example in examples]
    # A part of a comment is kept with its whole, and so with the other parts.
    groups = duplicate_groups([example.source_text or example.text for example in examples])[
        origins(examples)
    ]
    folds = assign_folds(examples, groups, seed)
    return Table(
        matrix=feature_matrix(texts),
        guests=guest_columns(examples),
        weights=_weights(examples, folds),
        labels=np.array([example.labels for example in examples]),
        unbiased_sample=np.array([example.unbiased_sample for example in examples]),
        groups=groups,
        folds=folds,
    )


def _weights(examples: Sequence[Example], folds: NDArray[np.int64]) -> Floats:
    """(rows, attributes), those of toxicity apart."""
    ordinary = np.array([recipe_for(name).ordinary for name in ATTRIBUTES])
    weights = np.where(from_spam_sources(examples)[:, None], 1.0, ordinary)
    weights *= row_weights(examples)[:, None]
    weights[:, 0] = toxicity_weights(examples, folds != SEALED)
    return weights


def fitted(table: Table, rows: NDArray[np.bool_], attribute: int, seed: int) -> Linear:
    """The model of an attribute, numbered as in ATTRIBUTES, on these rows alone."""
    return fit(
        table.matrix[rows],
        table.labels[rows, attribute],
        guests=table.guests[rows],
        weights=table.weights[rows, attribute],
        seed=seed,
        recipe=recipe_for(ATTRIBUTES[attribute]),
    )


def natural_weights(toxic: Floats, labels: Floats) -> Floats:
    """Weights that undo a gap in the labels: some toxic comments have no other label.

    The toxic comments whose label is known stand for those whose label is not.
    """
    known = ~np.isnan(labels)
    share = (toxic == 1).sum() / max(((toxic == 1) & known).sum(), 1)
    return np.where(toxic == 1, share, 1.0)
