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
    rare_weights,
    row_weights,
    spam_weights,
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
        counts: What each row counts in the log-odds, shape (rows, attributes).
        labels: 1, 0, or NaN where unknown, shape (rows, attributes).
        groups: Near-duplicates share a number, shape (rows,).
        folds: From `assign_folds`, shape (rows,).
    """

    features: SparseMatrix
    domain_columns: Floats
    weights: Floats
    counts: Floats
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
        hyperparameters = hyperparameters_for(ATTRIBUTES[attribute])
        domains = self.domain_columns[rows]
        return fit(
            self.features[rows],
            self.labels[rows, attribute],
            domain_columns=domains if hyperparameters.everyday_apart else domains[:, :-1],
            weights=self.weights[rows, attribute],
            seed=seed,
            hyperparameters=hyperparameters,
            counts=self.counts[rows, attribute],
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
    weights, domains = _weights(examples, folds), domain_columns(examples)
    return DesignMatrix(
        features=feature_matrix([example.text for example in examples]),
        domain_columns=domains,
        weights=weights,
        counts=_counts(weights, domains),
        labels=np.array([example.labels for example in examples]),
        groups=groups,
        folds=folds,
    )


def _weights(examples: Sequence[Example], folds: Ints) -> Floats:
    """(rows, attributes)."""
    weights = np.repeat(row_weights(examples)[:, None], len(ATTRIBUTES), axis=1)
    weights[:, 0] = toxicity_weights(examples, folds != HELD_OUT)
    for name in ("threat", "identity_attack"):
        weights[:, ATTRIBUTES.index(name)] = rare_weights(examples, name)
    weights[:, ATTRIBUTES.index("spam")] = spam_weights(examples)
    return weights


def _counts(weights: Floats, domains: Floats) -> Floats:
    """(rows, attributes): an everyday comment as it weighs, one of no other domain as one."""
    of_domain = [hyperparameters_for(attribute).domain_rows for attribute in ATTRIBUTES]
    is_of_domain = domains.any(axis=1, keepdims=True)
    counts = np.where(is_of_domain, of_domain, 1.0)
    return np.where(domains[:, -1:] > 0, weights, counts)
