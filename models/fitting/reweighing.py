"""Reweigh comments that name a group of people (Kamiran and Calders 2012).

Some names are in abuse more often than in other comments. The weight of the others is raised until
the odds of abuse with the name are those of all comments, or MAX_FACTOR is reached.
"""

import re
from collections.abc import Sequence

import numpy as np
from scipy import sparse

from models.datasets.examples import Example
from models.features.array_types import Bools, Floats
from models.fitting.identity_terms import identity_words

# What people wrote and labelled; our own sentences have every name on both sides already.
_LABELLED_SOURCES = ("jigsaw", "wikipedia_strict", "civil_toxic", "toxic_spans", "paradetox")
MAX_FACTOR = 2.0
_WORD = re.compile(r"\w+")


def reweigh(examples: Sequence[Example], weights: Floats, toxic: Floats, counted: Bools) -> Floats:
    """Raise the weights of comments that have a name and are labelled as not toxic.

    Args:
        examples: The corpus.
        weights: Shape (examples,).
        toxic: 1, 0, or NaN where unknown, shape (examples,).
        counted: The rows from which the odds are computed, shape (examples,).

    Returns:
        New weights, shape (examples,). Of several names the one that raises most counts.
    """
    names = _identity_words_of(examples)
    abuse = np.where(counted & (toxic == 1), weights, 0.0)
    ordinary = np.where(counted & (toxic == 0), weights, 0.0)
    odds = (1 + abuse.sum()) / (1 + ordinary.sum())
    odds_with_name = (odds + names.T @ abuse) / (1 + names.T @ ordinary)
    factors = np.clip(odds_with_name / odds, 1.0, MAX_FACTOR)
    highest = names.multiply(factors).max(axis=1).toarray().ravel()
    return np.where(toxic == 0, weights * np.maximum(highest, 1.0), weights)


def _identity_words_of(examples: Sequence[Example]) -> sparse.csr_array:
    """(examples, words): 1 where a comment of a labelled source has the word."""
    columns = {word: column for column, word in enumerate(identity_words())}
    cells = [
        (row, column)
        for row, example in enumerate(examples)
        if example.source in _LABELLED_SOURCES
        for column in {columns.get(word, -1) for word in _WORD.findall(example.text.lower())}
        if column >= 0
    ]
    rows, words = np.array(cells, dtype=np.int64).reshape(-1, 2).T
    shape = len(examples), len(columns)
    return sparse.csr_array((np.ones(len(cells)), (rows, words)), shape=shape)
