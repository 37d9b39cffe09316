"""A linear support vector machine on features scaled by how rare and how telling they are.

The scale of a feature is a power of its inverse document frequency times 1/2 + |naive-Bayes
log-odds|: between tf-idf and the NB scaling of Wang and Manning (2012). It is folded into the
weights.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.svm import LinearSVC

from models.datasets.examples import Example
from models.features.array_types import Floats
from models.features.surface_features import FIRST_OF_ADVERTS
from models.features.vectoriser import FIRST_COLUMN, WIDTH, featurise
from models.fitting.identity_terms import name_columns
from models.fitting.reweighing import evened

Matrix = Any  # scipy.sparse.csr_matrix, which has no types

# Rows of other origin than the comments to judge weigh less, and have an intercept of their own,
# so that "reads like news" or "reads like an SMS" does not come to mean toxic or spam.
GUEST_SOURCES = ("news", "rewrites", "sms")
GUEST_INTERCEPT = 3.0
_GUESTS = {
    "civil_toxic": "news",
    "toxic_spans": "news",
    "unmarked": "news",
    "paradetox": "rewrites",
    "sms_spam": "sms",
}
# The sentences of our own are few, against many insults with the same names.
_WEIGHTS = {
    "civil_toxic": 0.15,
    "toxic_spans": 0.15,
    "paradetox": 0.15,
    "sms_spam": 0.3,
    "neutral": 2.0,
    "hateful": 1.0,
    "profanity": 0.5,
}
# Of toxicity news tells both kinds apart; of spam it has examples of one kind only.
_WEIGHTS_OF_TOXICITY = _WEIGHTS | {
    "civil_toxic": 0.6,
    "toxic_spans": 0.6,
    "unmarked": 0.5,
    "hateful": 3.0,
}
# At once the order of Wikipedia comments and plain short sentences gained by it.
_TOXIC_FROM_WIKIPEDIA = 1.5
# Where people looked for spam; elsewhere hardly any comment is, though nobody looked.
_SPAM_SOURCES = ("youtube_spam", "sms_spam")
_DISGUISED = 0.5
_LEAST_TELLING = 0.5
_AT_A_TIME = 1_000


@dataclass(frozen=True)
class Recipe:
    """What cross-validation chose, for abuse and for spam apart."""

    strength: float  # inverse strength of the regularisation
    rarity: int  # power of the inverse document frequency
    words: float  # weight of words against characters, which tell the same in more ways
    near: float  # weight of the forms of words that outlast a slip of the pen
    names: float  # weight of the names of groups, which are no abuse by themselves
    guests: float = 0.0  # what a row of a guest source counts in the log-odds
    adverts: float = 1.0  # weight of the signs of an advertisement
    ordinary: float = 1.0  # weight of comments from where nobody looked for spam


ABUSE = Recipe(strength=0.015, rarity=2, words=0.6, near=0.4, names=0.15)
_RECIPES = {
    "toxicity": replace(ABUSE, strength=0.012, words=0.5, guests=1.0),
    "identity_attack": replace(ABUSE, names=1.0),
    "spam": Recipe(
        strength=0.05,
        rarity=1,
        words=2.0,
        near=0.4,
        names=1.0,
        adverts=2.0,
        ordinary=0.03,
    ),
}


def recipe_for(attribute: str) -> Recipe:
    return _RECIPES.get(attribute, ABUSE)


@dataclass(frozen=True)
class Linear:
    weights: Floats
    intercept: float

    def raw(self, matrix: Matrix) -> Floats:
        return np.asarray(matrix @ self.weights + self.intercept)


def feature_matrix(texts: Sequence[str]) -> Matrix:
    parts = []
    for first in range(0, len(texts), _AT_A_TIME):
        found = featurise(texts[first : first + _AT_A_TIME])
        shape = (len(found.starts) - 1, WIDTH)
        parts.append(sparse.csr_matrix((found.values, found.columns, found.starts), shape=shape))
    return sparse.vstack(parts, format="csr")


def guest_columns(examples: Sequence[Example]) -> Floats:
    """One column per guest source, GUEST_INTERCEPT in the rows that come from it."""
    origins = np.array([_GUESTS.get(example.source, "") for example in examples])
    return np.column_stack([(origins == name) * GUEST_INTERCEPT for name in GUEST_SOURCES])


def row_weights(examples: Sequence[Example]) -> Floats:
    """The weight of each example for attributes other than toxicity."""
    return _by_source(examples, _WEIGHTS)


def toxicity_weights(examples: Sequence[Example], counted: NDArray[np.bool_]) -> Floats:
    """The weights of toxicity, names of groups at even odds among the `counted` rows."""
    toxic = np.array([example.labels[0] for example in examples])
    weights = evened(examples, _by_source(examples, _WEIGHTS_OF_TOXICITY), toxic, counted)
    from_wikipedia = np.array([example.source == "jigsaw" for example in examples])
    return np.where(from_wikipedia & (toxic == 1), _TOXIC_FROM_WIKIPEDIA * weights, weights)


def _by_source(examples: Sequence[Example], weights: Mapping[str, float]) -> Floats:
    return np.array(
        [
            weights.get(example.source, 1.0) * (_DISGUISED if example.obfuscated else 1.0)
            for example in examples
        ]
    )


def from_spam_sources(examples: Sequence[Example]) -> NDArray[np.bool_]:
    return np.array([example.source in _SPAM_SOURCES for example in examples])


def fit(
    matrix: Matrix,
    labels: Floats,
    *,
    guests: Floats,
    weights: Floats,
    seed: int,
    recipe: Recipe = ABUSE,
) -> Linear:
    counted = np.where(guests.any(axis=1), recipe.guests, 1.0)
    ratios = log_odds(matrix, positive=labels * counted, negative=(1 - labels) * counted)
    scales = rarity(matrix) ** recipe.rarity * (_LEAST_TELLING + np.abs(ratios))
    scales[: FIRST_COLUMN["characters"]] *= recipe.words
    scales[FIRST_COLUMN["fuzzy words"] : FIRST_COLUMN["surface"]] *= recipe.near
    scales[name_columns()] *= recipe.names
    scales[FIRST_COLUMN["surface"] + FIRST_OF_ADVERTS :] *= recipe.adverts
    scaled = matrix.copy()
    scaled.data *= scales[matrix.indices]
    scaled = sparse.hstack([scaled, sparse.csr_matrix(guests, dtype=np.float32)], format="csr")
    machine = LinearSVC(C=recipe.strength, tol=0.05, random_state=seed)
    machine.fit(scaled, labels, sample_weight=weights)
    return Linear(machine.coef_[0][:WIDTH] * scales, float(machine.intercept_[0]))


def rarity(matrix: Matrix) -> NDArray[np.float32]:
    """Inverse document frequencies, as of scikit-learn's TfidfTransformer, in quarters."""
    rows = np.bincount(matrix.indices, minlength=matrix.shape[1])
    return np.asarray((1 + np.log((1 + matrix.shape[0]) / (1 + rows))) / 4, dtype=np.float32)


def log_odds(matrix: Matrix, *, positive: Floats, negative: Floats) -> NDArray[np.float32]:
    """How much likelier each feature is in a positive than in a negative, add-one smoothed."""
    in_positive = 1 + matrix.T @ positive
    in_negative = 1 + matrix.T @ negative
    ratios = np.log(in_positive / in_positive.sum()) - np.log(in_negative / in_negative.sum())
    return np.asarray(ratios, dtype=np.float32)
