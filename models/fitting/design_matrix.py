"""The corpus as arrays, one row per example: features, labels, weights and folds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.datasets.augmentation import origins
from models.datasets.examples import Example
from models.features.array_types import Bools, Floats, Ints
from models.fitting.folds import HELD_OUT, assign_folds, training_rows
from models.fitting.linear_svm import (
    LinearModel,
    SparseMatrix,
    feature_matrix,
    fit,
    hyperparameters_for,
)
from models.fitting.minhash_duplicates import duplicate_groups
from models.fitting.sample_weights import (
    domain_columns,
    from_spam_sources,
    row_weights,
    toxicity_weights,
)
from models.serving.attributes import ATTRIBUTES


@dataclass(frozen=True)
class DesignMatrix:
    """The arrays that models are fitted to.

    Attributes:
        features: Shape (rows, columns).
        domain_columns: Shape (rows, domains).
        weights: Shape (rows, attributes).
        labels: 1, 0, or NaN where unknown, shape (rows, attributes).
        groups: Near-duplicates share a number, shape (rows,).
        folds: From `assign_folds`, shape (rows,).
    """

    features: SparseMatrix
    domain_columns: Floats
    weights: Floats
    labels: Floats
    groups: Ints
    folds: Ints

    def training_rows(self, attribute: int, *, without: int) -> Bools:
        """Choose the labelled rows to fit an attribute to.

        Args:
            attribute: Its number in ATTRIBUTES.
            without: The fold to leave out, or HELD_OUT to leave out the held-out set only.

        Returns:
            True for the rows to train on, shape (rows,).
        """
        known = ~np.isnan(self.labels[:, attribute])
        return np.asarray(known & training_rows(self.folds, self.groups, without=without))

    def fit(self, rows: Bools, attribute: int, seed: int) -> LinearModel:
        """Fit the model of an attribute.

        Args:
            rows: The rows to train on, shape (rows,).
            attribute: Its number in ATTRIBUTES.
            seed: Of the fit.

        Returns:
            A model of these rows alone.
        """
        return fit(
            self.features[rows],
            self.labels[rows, attribute],
            domain_columns=self.domain_columns[rows],
            weights=self.weights[rows, attribute],
            seed=seed,
            hyperparameters=hyperparameters_for(ATTRIBUTES[attribute]),
        )


def build_design_matrix(examples: Sequence[Example], seed: int) -> DesignMatrix:
    """Compute the arrays of a corpus.

    Args:
        examples: From `read_corpus`.
        seed: Of the folds.

    Returns:
        One row per example, in their order.
    """
    # A part of a comment is kept with the whole, and so with the other parts.
    wholes = [example.source_text or example.text for example in examples]
    groups = duplicate_groups(wholes)[origins(examples)]
    folds = assign_folds(examples, groups, seed)
    return DesignMatrix(
        features=feature_matrix([example.text for example in examples]),
        domain_columns=domain_columns(examples),
        weights=_weights(examples, folds),
        labels=np.array([example.labels for example in examples]),
        groups=groups,
        folds=folds,
    )


def _weights(examples: Sequence[Example], folds: Ints) -> Floats:
    """(rows, attributes), those of toxicity apart."""
    ordinary = np.array([hyperparameters_for(name).ordinary_weight for name in ATTRIBUTES])
    weights = np.where(from_spam_sources(examples)[:, None], 1.0, ordinary)
    weights *= row_weights(examples)[:, None]
    weights[:, 0] = toxicity_weights(examples, folds != HELD_OUT)
    return weights
