"""Fit the model of one language: a linear support vector machine in 2^16 columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from models.features.array_types import Bools, Floats
from models.features.vectoriser import CHARACTER_LENGTHS, featurise
from models.fitting.linear_svm import LinearModel, SparseMatrix, idf, linear_machine, log_odds
from models.languages.language_rows import LanguageRows
from models.serving.languages.language_classifier import COLUMNS

# A character is a word or a syllable there: longer n-grams are too rare.
LENGTHS = {"zh": range(1, 4), "ja": range(1, 4), "ko": range(1, 4)}
_C = 0.05
_LEAST_LOG_ODDS = 0.5
_LISTED_WEIGHT = 0.5  # of a word in a list, against a comment
_BATCH = 1_000


@dataclass(frozen=True)
class LanguageDesign:
    """The arrays that a language's models are fitted to; the last rows are its rude words.

    Attributes:
        features: Shape (comments + words, COLUMNS).
        labels: 1 or 0, shape (comments,).
        seed: Of the fits.
    """

    features: SparseMatrix
    labels: Floats
    seed: int

    def fit(self, rows: Bools) -> LinearModel:
        """Fit a model to some of the comments, and to all rude words."""
        words = self.features.shape[0] - len(self.labels)
        chosen = np.append(rows, np.ones(words, dtype=bool))
        labels = np.append(self.labels, np.ones(words))[chosen]
        weights = np.append(np.ones(len(self.labels)), np.full(words, _LISTED_WEIGHT))[chosen]
        return _fit(self.features[chosen], labels, weights, self.seed)

    def raw(self, model: LinearModel, rows: Bools) -> Floats:
        """Score some of the comments."""
        return model.raw(self.features[: len(self.labels)][rows])


def language_design(rows: LanguageRows, lengths: range, seed: int) -> LanguageDesign:
    """Count the features of a language's comments and rude words."""
    return LanguageDesign(
        folded_features([*rows.texts, *rows.rude_words], lengths), rows.labels, seed
    )


def lengths_for(code: str) -> range:
    """Return the lengths of character n-grams that fit the script of a language."""
    return LENGTHS.get(code, CHARACTER_LENGTHS)


def folded_features(texts: Sequence[str], lengths: range) -> SparseMatrix:
    """Compute features in columns modulo 2^16.

    Returns:
        float32, sparse by rows, shape (texts, COLUMNS).
    """
    parts = []
    for first in range(0, len(texts), _BATCH):
        rows = featurise(texts[first : first + _BATCH], lengths)
        shape = (len(rows.starts) - 1, COLUMNS)
        part = sparse.csr_matrix((rows.values, rows.columns % COLUMNS, rows.starts), shape=shape)
        part.sum_duplicates()
        parts.append(part)
    return sparse.vstack(parts, format="csr")


def _fit(matrix: SparseMatrix, labels: Floats, weights: Floats, seed: int) -> LinearModel:
    ratios = log_odds(matrix, positive=labels * weights, negative=(1 - labels) * weights)
    scales = idf(matrix) * (_LEAST_LOG_ODDS + np.abs(ratios))
    scaled = matrix.copy()
    scaled.data *= scales[matrix.indices]
    machine = linear_machine(_C, tolerance=0.05, seed=seed)
    machine.fit(scaled, labels, sample_weight=weights)
    return LinearModel(machine.coef_[0] * scales, float(machine.intercept_[0]))
