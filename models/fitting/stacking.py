"""Rare attributes borrow from the others: a threat is mostly toxic, an insult tells of severity.

A logistic regression on the out-of-fold scores of all attributes. Sums of linear models are linear:
the result is one vector of weights per attribute, with contributions that still add up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from models.features.array_types import Floats
from models.fitting.linear_svm import Linear

# Toxicity and threats are best alone; spam has nothing to do with abuse.
BORROWERS = (1, 2, 4, 5)
_LENDERS = (0, 1, 2, 3, 4, 5)
_STRENGTH = 0.1
_FEWEST_POSITIVES = 10


@dataclass(frozen=True)
class Mixture:
    shares: Floats
    intercept: float

    def of(self, models: Sequence[Linear]) -> Linear:
        weights = sum(share * each.weights for share, each in zip(self.shares, models, strict=True))
        start = sum(share * each.intercept for share, each in zip(self.shares, models, strict=True))
        return Linear(np.asarray(weights), float(start) + self.intercept)

    def raw(self, raw: Floats) -> Floats:
        return np.asarray(raw @ self.shares + self.intercept)


@dataclass(frozen=True)
class Mixed:
    mixtures: list[Mixture]
    raw: Floats  # out of fold: each row by a mixture that has not seen its fold


def borrow(raw: Floats, labels: Floats, folds: NDArray[np.int64]) -> Mixed:
    """Mixtures of the columns of out-of-fold scores; a row of NaN has not been scored."""
    mixtures = [_alone(number, raw.shape[1]) for number in range(raw.shape[1])]
    mixed = raw.copy()
    scored = ~np.isnan(raw).any(axis=1)
    for number in BORROWERS:
        known = scored & ~np.isnan(labels[:, number])
        mixtures[number] = _mixture(raw[known], labels[known, number], number)
        for fold in np.unique(folds[known]):
            seen, held = known & (folds != fold), scored & (folds == fold)
            mixed[held, number] = _mixture(raw[seen], labels[seen, number], number).raw(raw[held])
    return Mixed(mixtures, mixed)


def _alone(number: int, attributes: int) -> Mixture:
    return Mixture(np.eye(attributes)[number], 0.0)


def _mixture(raw: Floats, labels: Floats, number: int) -> Mixture:
    if labels.sum() < _FEWEST_POSITIVES:
        return _alone(number, raw.shape[1])
    lenders = list(_LENDERS)
    widths = raw[:, lenders].std(axis=0)
    regression = LogisticRegression(C=_STRENGTH, tol=1e-8, max_iter=1000)
    regression.fit(raw[:, lenders] / widths, labels)
    shares = np.zeros(raw.shape[1])
    shares[lenders] = regression.coef_[0] / widths
    return Mixture(shares, float(regression.intercept_[0]))
