"""A linear support vector machine on scaled features.

The scale of a feature is a power of its inverse document frequency times 1/2 + |naive-Bayes
log-odds|: between tf-idf and the NB scaling of Wang and Manning (2012). It is folded into the
weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.svm import LinearSVC

from models.features.array_types import Floats
from models.features.surface_features import BUCKETS, FIRST_OF_ADVERTS, FIRST_OF_SWEARING
from models.features.vectoriser import FIRST_COLUMN, WIDTH, featurise
from models.fitting.identity_terms import identity_columns

SparseMatrix = Any  # scipy.sparse.csr_matrix, which has no types

_LEAST_LOG_ODDS = 0.5
_BATCH = 1_000


@dataclass(frozen=True)
class Hyperparameters:
    """What cross-validation chose.

    Attributes:
        C: Inverse strength of the regularisation, as scikit-learn has it.
        idf_power: Power of the inverse document frequency.
        word_scale: Of words against characters, which tell the same in more ways.
        fuzzy_scale: Of typo-tolerant forms of words.
        identity_scale: Of identity terms, which are no abuse by themselves.
        advert_scale: Of the signs of an advertisement.
        domain_rows: What a row of another domain counts in the log-odds, from 0 to 1.
        everyday_apart: Whether everyday comments have an intercept of their own.
    """

    C: float
    idf_power: int
    word_scale: float
    fuzzy_scale: float
    identity_scale: float
    advert_scale: float = 1.0
    domain_rows: float = 0.0
    everyday_apart: bool = True


ABUSE = Hyperparameters(C=0.015, idf_power=2, word_scale=0.6, fuzzy_scale=0.4, identity_scale=0.15)
_HYPERPARAMETERS = {
    "toxicity": replace(ABUSE, C=0.012, word_scale=0.5, domain_rows=1.0),
    "identity_attack": replace(ABUSE, identity_scale=0.4),
    "spam": Hyperparameters(
        C=0.05,
        idf_power=1,
        word_scale=2.0,
        fuzzy_scale=0.4,
        identity_scale=1.0,
        advert_scale=2.0,
        everyday_apart=False,
    ),
}


def hyperparameters_for(attribute: str) -> Hyperparameters:
    """Return the hyperparameters of an attribute, by its name."""
    return _HYPERPARAMETERS.get(attribute, ABUSE)


@dataclass(frozen=True)
class LinearModel:
    """A raw score is features times weights plus intercept.

    Attributes:
        weights: Log-odds, shape (columns,).
        intercept: Log-odds.
    """

    weights: Floats
    intercept: float

    def raw(self, matrix: SparseMatrix) -> Floats:
        """Return the raw scores of features (rows, columns), shape (rows,)."""
        return np.asarray(matrix @ self.weights + self.intercept)


def feature_matrix(texts: Sequence[str]) -> SparseMatrix:
    """Compute the features of texts.

    Args:
        texts: At least one text.

    Returns:
        float32, sparse by rows, shape (texts, WIDTH).
    """
    parts = []
    for first in range(0, len(texts), _BATCH):
        rows = featurise(texts[first : first + _BATCH])
        shape = (len(rows.starts) - 1, WIDTH)
        parts.append(sparse.csr_matrix((rows.values, rows.columns, rows.starts), shape=shape))
    return sparse.vstack(parts, format="csr")


def linear_machine(C: float, *, tolerance: float, seed: int, passes: int = 1_000) -> LinearSVC:  # noqa: N803
    """Return a machine whose fit is the same on every processor.

    So it is always the dual problem: with more rows than columns scikit-learn would solve the
    primal one, by sums whose last digits depend on the processor and whose steps depend on them.

    Args:
        C: Inverse strength of the regularisation.
        tolerance: Of the stopping rule.
        seed: Of the order in which the machine sees the rows.
        passes: Over the rows, at most.
    """
    return LinearSVC(C=C, tol=tolerance, dual=True, random_state=seed, max_iter=passes)


def fit(
    matrix: SparseMatrix,
    labels: Floats,
    *,
    domain_columns: Floats,
    weights: Floats,
    seed: int,
    hyperparameters: Hyperparameters = ABUSE,
    counts: Floats | None = None,
) -> LinearModel:
    """Fit a model of one attribute.

    Args:
        matrix: Features, shape (rows, WIDTH).
        labels: 0 or 1, shape (rows,).
        domain_columns: One feature per other domain, shape (rows, domains); they are fitted and
            left out of the model.
        weights: Of the rows, shape (rows,).
        seed: Of the order in which the machine sees the rows.
        hyperparameters: Of the attribute.
        counts: What each row counts in the log-odds, shape (rows,). By default one, and what the
            hyperparameters say in another domain.

    Returns:
        A model of `matrix`, scales included.
    """
    if counts is None:
        counts = np.where(domain_columns.any(axis=1), hyperparameters.domain_rows, 1.0)
    scales = _scales(matrix, labels, counts, hyperparameters)
    scaled = matrix.copy()
    scaled.data *= scales[matrix.indices]
    domains = sparse.csr_matrix(domain_columns, dtype=np.float32)
    machine = linear_machine(hyperparameters.C, tolerance=0.05, seed=seed)
    machine.fit(sparse.hstack([scaled, domains], format="csr"), labels, sample_weight=weights)
    return LinearModel(machine.coef_[0][:WIDTH] * scales, float(machine.intercept_[0]))


def _scales(
    matrix: SparseMatrix, labels: Floats, counts: Floats, hyperparameters: Hyperparameters
) -> NDArray[np.float32]:
    """The scale of each column, shape (WIDTH,)."""
    ratios = log_odds(matrix, positive=labels * counts, negative=(1 - labels) * counts)
    scales = idf(matrix) ** hyperparameters.idf_power * (_LEAST_LOG_ODDS + np.abs(ratios))
    scales[: FIRST_COLUMN["characters"]] *= hyperparameters.word_scale
    scales[FIRST_COLUMN["fuzzy words"] : FIRST_COLUMN["surface"]] *= hyperparameters.fuzzy_scale
    scales[identity_columns()] *= hyperparameters.identity_scale
    scales[FIRST_COLUMN["surface"] + FIRST_OF_ADVERTS :] *= hyperparameters.advert_scale
    # Beside the words themselves they tell the machine nothing; `with_swearing` weighs them.
    first = FIRST_COLUMN["surface"] + FIRST_OF_SWEARING
    scales[first : first + BUCKETS] = 0.0
    return np.asarray(scales)


def idf(matrix: SparseMatrix) -> NDArray[np.float32]:
    """Compute a quarter of the smoothed inverse document frequency of scikit-learn.

    Args:
        matrix: Features, shape (rows, columns).

    Returns:
        Shape (columns,).
    """
    rows = np.bincount(matrix.indices, minlength=matrix.shape[1])
    return np.asarray((1 + np.log((1 + matrix.shape[0]) / (1 + rows))) / 4, dtype=np.float32)


def log_odds(matrix: SparseMatrix, *, positive: Floats, negative: Floats) -> NDArray[np.float32]:
    """Compute how much likelier each feature is in a positive than in a negative row.

    Args:
        matrix: Features, shape (rows, columns).
        positive: What each row counts as a positive, shape (rows,).
        negative: What each row counts as a negative, shape (rows,).

    Returns:
        Add-one smoothed log-odds of naive Bayes, shape (columns,).
    """
    in_positive = 1 + matrix.T @ positive
    in_negative = 1 + matrix.T @ negative
    ratios = np.log(in_positive / in_positive.sum()) - np.log(in_negative / in_negative.sum())
    return np.asarray(ratios, dtype=np.float32)
