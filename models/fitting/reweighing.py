"""Names of groups at even odds: ordinary comments with a name that abuse has often weigh more.

Some names are in abuse more often than in other comments. The weight of the others is raised until
the odds of abuse with the name are those of all comments, or MOST is reached: reweighing by cells
of name and label (Kamiran and Calders 2012).
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from models.datasets.examples import Example
from models.features.array_types import Floats
from models.fitting.identity_terms import group_words

# What people wrote and labelled; our own sentences have every name on both sides already.
LABELLED = ("jigsaw", "wikipedia_strict", "civil_toxic", "toxic_spans", "paradetox")
MOST = 2.0
_WORD = re.compile(r"\w+")


def evened(
    examples: Sequence[Example], weights: Floats, toxic: Floats, counted: NDArray[np.bool_]
) -> Floats:
    """The weights, raised where a comment is labelled as not toxic and has a name.

    The odds are those among the `counted` rows. Of several names the one that raises most counts.
    """
    named = _named(examples)
    abuse = np.where(counted & (toxic == 1), weights, 0.0)
    ordinary = np.where(counted & (toxic == 0), weights, 0.0)
    odds = (1 + abuse.sum()) / (1 + ordinary.sum())
    with_name = (odds + named.T @ abuse) / (1 + named.T @ ordinary)
    factors = np.clip(with_name / odds, 1.0, MOST)
    highest = named.multiply(factors).max(axis=1).toarray().ravel()
    return np.where(toxic == 0, weights * np.maximum(highest, 1.0), weights)


def _named(examples: Sequence[Example]) -> sparse.csr_array:
    """(examples, names): 1 where a comment of LABELLED has the name."""
    columns = {word: column for column, word in enumerate(group_words())}
    cells = [
        (row, column)
        for row, example in enumerate(examples)
        if example.source in LABELLED
        for column in {columns.get(word, -1) for word in _WORD.findall(example.text.lower())}
        if column >= 0
    ]
    rows, names = np.array(cells, dtype=np.int64).reshape(-1, 2).T
    shape = len(examples), len(columns)
    return sparse.csr_array((np.ones(len(cells)), (rows, names)), shape=shape)
