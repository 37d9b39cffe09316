"""Stacking: score rare attributes with the scores of the others (Wolpert 1992).

An insult is mostly toxic, so the score of toxicity helps to score insults. A logistic regression
combines the out-of-fold scores of all attributes. Sums of linear models are linear: the result is
one vector of weights per attribute, with contributions that still add up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from models.features.array_types import Floats, Ints
from models.fitting.linear_svm import LinearModel

# Toxicity and threats are best alone; spam has nothing to do with abuse.
STACKED = (1, 2, 4, 5)
_INPUTS = [0, 1, 2, 3, 4, 5]
_C = 0.1
_FEWEST_POSITIVES = 10


@dataclass(frozen=True)
class StackingWeights:
    """How much of each attribute's raw score makes the score of one.

    Attributes:
        shares: Shape (attributes,).
        intercept: Log-odds.
    """

    shares: Floats
    intercept: float

    def combine(self, models: Sequence[LinearModel]) -> LinearModel:
        """Return one model that scores as the combination of these models' scores."""
        pairs = list(zip(self.shares, models, strict=True))
        weights = sum(share * model.weights for share, model in pairs)
        intercept = sum(share * model.intercept for share, model in pairs)
        return LinearModel(np.asarray(weights), float(intercept) + self.intercept)

    def raw(self, raw: Floats) -> Floats:
        """Combine raw scores (rows, attributes), shape (rows,)."""
        return np.asarray(raw @ self.shares + self.intercept)


@dataclass(frozen=True)
class Stacked:
    """The result of stacking.

    Attributes:
        weights: For each attribute.
        raw: Raw scores out of fold, each row by weights that have not seen its fold, shape (rows,
            attributes).
    """

    weights: list[StackingWeights]
    raw: Floats


def stack(raw: Floats, labels: Floats, folds: Ints) -> Stacked:
    """Fit the stacking weights.

    Args:
        raw: Raw scores out of fold, a row of NaN where there is none, shape (rows, attributes).
        labels: 1, 0, or NaN where unknown, shape (rows, attributes).
        folds: Shape (rows,).

    Returns:
        The weights and the new raw scores; attributes outside STACKED keep theirs.
    """
    weights = [_alone(number, raw.shape[1]) for number in range(raw.shape[1])]
    stacked = raw.copy()
    scored = ~np.isnan(raw).any(axis=1)
    for number in STACKED:
        known = scored & ~np.isnan(labels[:, number])
        weights[number] = _fit(raw[known], labels[known, number], number)
        for fold in np.unique(folds[known]):
            training, unseen = known & (folds != fold), scored & (folds == fold)
            fold_weights = _fit(raw[training], labels[training, number], number)
            stacked[unseen, number] = fold_weights.raw(raw[unseen])
    return Stacked(weights, stacked)


def _alone(number: int, attributes: int) -> StackingWeights:
    return StackingWeights(np.eye(attributes)[number], 0.0)


def _fit(raw: Floats, labels: Floats, number: int) -> StackingWeights:
    if labels.sum() < _FEWEST_POSITIVES:
        return _alone(number, raw.shape[1])
    widths = raw[:, _INPUTS].std(axis=0)
    regression = LogisticRegression(C=_C, tol=1e-8, max_iter=1000)
    regression.fit(raw[:, _INPUTS] / widths, labels)
    shares = np.zeros(raw.shape[1])
    shares[_INPUTS] = regression.coef_[0] / widths
    return StackingWeights(shares, float(regression.intercept_[0]))
