"""Stacking: score rare attributes with the scores of the others (Wolpert 1992).

An insult is mostly toxic, so the score of toxicity helps to score insults. A logistic regression
combines the out-of-fold scores of all attributes. Sums of linear models are linear: the result is
one vector of weights per attribute, with contributions that still add up.

Friendly swearing moves toxicity for the same reason: a regression on its scores learns from that
what the machine does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.linear_model import LogisticRegression

from models.features.array_types import Bools, Floats, Ints
from models.features.rude_words import PRAISE, PRAISE_AND_OTHERS, SET_PHRASE
from models.features.surface_features import FIRST_OF_SWEARING, INDICATORS
from models.features.vectoriser import FIRST_COLUMN
from models.fitting.linear_svm import LinearModel, SparseMatrix

_SWEARING = np.array((PRAISE, PRAISE_AND_OTHERS, SET_PHRASE))
_SWEARING_COLUMNS = FIRST_COLUMN["surface"] + FIRST_OF_SWEARING + _SWEARING
_TOXICITY = 0
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
        swearing: What each kind of friendly swearing adds, in log-odds, shape (kinds,).
    """

    shares: Floats
    intercept: float
    swearing: Floats

    def combine(self, models: Sequence[LinearModel]) -> LinearModel:
        """Return one model that scores as the combination of these models' scores."""
        pairs = list(zip(self.shares, models, strict=True))
        weights = np.asarray(sum(share * model.weights for share, model in pairs))
        # Their block has length one.
        weights[_SWEARING_COLUMNS] += self.swearing * np.sqrt(len(INDICATORS))
        intercept = sum(share * model.intercept for share, model in pairs)
        return LinearModel(weights, float(intercept) + self.intercept)

    def raw(self, raw: Floats, swearing: Floats) -> Floats:
        """Combine raw scores (rows, attributes) and what `swearing_of` gives, shape (rows,)."""
        return np.asarray(raw @ self.shares + swearing @ self.swearing + self.intercept)


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
            stacked[unseen, number] = raw[unseen] @ fold_weights.shares + fold_weights.intercept
    return Stacked(weights, stacked)


@dataclass(frozen=True)
class SwearingRows:
    """What the effect of friendly swearing is learned from.

    Attributes:
        swearing: From `swearing_of`, shape (rows, kinds).
        toxic: 1, 0, or NaN where unknown, shape (rows,).
        weights: Shape (rows,).
    """

    swearing: Floats
    toxic: Floats
    weights: Floats


def swearing_of(matrix: SparseMatrix) -> Floats:
    """Tell how texts swear at nobody: 1 or 0, shape (rows, kinds)."""
    return np.asarray((matrix[:, _SWEARING_COLUMNS] > 0).toarray(), dtype=float)


def with_swearing(stacked: Stacked, rows: SwearingRows, folds: Ints) -> Stacked:
    """Let friendly swearing move the scores of toxicity.

    Args:
        stacked: From `stack`.
        rows: The same rows, all of them.
        folds: Shape (rows,).

    Returns:
        The same of every other attribute. A text without friendly swearing keeps its score.
    """
    weights, raw = list(stacked.weights), stacked.raw.copy()
    scores = raw[:, _TOXICITY]
    scored = ~np.isnan(scores)
    known = scored & ~np.isnan(rows.toxic)
    swearing = _fit_swearing(scores[known], rows, known)
    weights[_TOXICITY] = replace(weights[_TOXICITY], swearing=swearing)
    for fold in np.unique(folds[known]):
        training, unseen = known & (folds != fold), scored & (folds == fold)
        moved = rows.swearing[unseen] @ _fit_swearing(scores[training], rows, training)
        raw[unseen, _TOXICITY] = scores[unseen] + moved
    return Stacked(weights, raw)


def _fit_swearing(scores: Floats, rows: SwearingRows, chosen: Bools) -> Floats:
    """In units of the score."""
    if rows.toxic[chosen].sum() < _FEWEST_POSITIVES:
        return np.zeros(len(_SWEARING))
    regression = LogisticRegression(tol=1e-8, max_iter=1000)
    columns = np.column_stack((scores, rows.swearing[chosen]))
    regression.fit(columns, rows.toxic[chosen], sample_weight=rows.weights[chosen])
    share, *swearing = regression.coef_[0]
    return np.asarray(np.array(swearing) / share)


def _alone(number: int, attributes: int) -> StackingWeights:
    return StackingWeights(np.eye(attributes)[number], 0.0, np.zeros(len(_SWEARING)))


def _fit(raw: Floats, labels: Floats, number: int) -> StackingWeights:
    if labels.sum() < _FEWEST_POSITIVES:
        return _alone(number, raw.shape[1])
    widths = raw[:, _INPUTS].std(axis=0)
    regression = LogisticRegression(C=_C, tol=1e-8, max_iter=1000)
    regression.fit(raw[:, _INPUTS] / widths, labels)
    shares = np.zeros(raw.shape[1])
    shares[_INPUTS] = regression.coef_[0] / widths
    return StackingWeights(shares, float(regression.intercept_[0]), np.zeros(len(_SWEARING)))
