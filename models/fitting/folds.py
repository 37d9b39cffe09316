"""Which rows are held out of which fit, so that no figure comes from a row or twin once seen."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.datasets.examples import Example

# As many as there are videos. Rows of a fold are scored by a model that has not seen the fold;
# TRAINED rows are never scored.
FOLDS = 4
SEALED = FOLDS  # scored once, by the finished model
TRAINED = -1


def assign_folds(
    examples: Sequence[Example], groups: NDArray[np.int64], seed: int
) -> NDArray[np.int64]:
    """Part of the natural slice is sealed, the rest is in folds; each video is its own fold."""
    chosen = np.random.default_rng(seed).integers(0, FOLDS + 1, size=len(groups))
    videos = sorted({example.group for example in examples if example.group})
    folds = np.full(len(examples), TRAINED)
    for row, example in enumerate(examples):
        if example.unbiased_sample:
            folds[row] = chosen[groups[row]]
        elif example.group:
            folds[row] = videos.index(example.group) % FOLDS
    return folds


def rows_to_train(
    folds: NDArray[np.int64], groups: NDArray[np.int64], *, without: int
) -> NDArray[np.bool_]:
    """Every row outside the fold `without` and the sealed rows, and no near-duplicate of theirs."""
    held = (folds == without) | (folds == SEALED)
    return np.asarray(~held & ~np.isin(groups, groups[held]))
