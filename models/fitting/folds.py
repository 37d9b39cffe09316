"""Assign cross-validation folds and the held-out set, near-duplicates kept together."""

from collections.abc import Sequence

import numpy as np

from models.datasets.everyday import kind_of
from models.datasets.examples import Example
from models.features.array_types import Bools, Ints

# As many as there are videos. Rows of a fold are scored by a model that has not seen the fold;
# TRAIN_ONLY rows are never scored, HELD_OUT rows once, by the finished model.
FOLDS = 4
HELD_OUT = FOLDS
TRAIN_ONLY = -1


def assign_folds(examples: Sequence[Example], groups: Ints, seed: int) -> Ints:
    """Put the unbiased sample and everyday comments in folds and the held-out set.

    Each video is a fold of its own.

    Args:
        examples: The corpus.
        groups: Near-duplicates share a number from 0 up, shape (examples,).
        seed: Of the choice among them.

    Returns:
        0 to FOLDS - 1, HELD_OUT or TRAIN_ONLY, shape (examples,).
    """
    chosen = np.random.default_rng(seed).integers(0, FOLDS + 1, size=len(groups))
    videos = sorted({example.group for example in examples if example.group})
    folds = np.full(len(examples), TRAIN_ONLY)
    for row, example in enumerate(examples):
        if example.unbiased_sample or kind_of(example.source):
            folds[row] = chosen[groups[row]]
        elif example.group:
            folds[row] = videos.index(example.group) % FOLDS
    return folds


def training_rows(folds: Ints, groups: Ints, *, without: int) -> Bools:
    """Choose the rows of a fit: none of the fold or the held-out set, nor a near-duplicate of them.

    Args:
        folds: From `assign_folds`, shape (rows,).
        groups: Near-duplicates share a number, shape (rows,).
        without: The fold to leave out, or HELD_OUT to leave out the held-out set only.

    Returns:
        True for the rows to train on, shape (rows,).
    """
    left_out = (folds == without) | (folds == HELD_OUT)
    return np.asarray(~left_out & ~np.isin(groups, groups[left_out]))
