"""Texts to hashed features, by the same code for training and for serving.

Four blocks, all of the normalised text: words (one and two in a row), character n-grams (three to
five, within and around words), typo-tolerant forms of words, and buckets of surface features.
Within a block a feature has the value 1 + log(occurrences), and the block has length one (l2).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.features.array_types import Bools, Ints, UInts
from models.features.code_points import code_points
from models.features.fuzzy_words import fuzzy_forms
from models.features.ngram_hashing import character_ngrams, word_ngrams
from models.features.normalise import cut, normalise
from models.features.surface_features import shape_buckets

CHARACTER_LENGTHS = range(3, 6)

# The columns of each block are this many pages of 2^16, in this order.
_PAGE_BITS = 16
_PAGES = {"words": 4, "characters": 8, "fuzzy words": 2, "surface": 1}
_BLOCKS = {name: number for number, name in enumerate(_PAGES)}
_FIRST_PAGE = np.cumsum([0, *_PAGES.values()])

FIRST_COLUMN = {name: int(_FIRST_PAGE[k]) << _PAGE_BITS for name, k in _BLOCKS.items()}
WIDTH = int(_FIRST_PAGE[-1]) << _PAGE_BITS
# A key is the number of the text, then the column: 32 bits sort twice as fast as 64.
_COLUMN_BITS = 20
MAX_TEXTS = 1 << (32 - _COLUMN_BITS)
OWNER_STEP = 1 << _COLUMN_BITS
_MASKS = {name: np.uint32((pages << _PAGE_BITS) - 1) for name, pages in _PAGES.items()}
_FIRSTS = {name: np.uint32(column) for name, column in FIRST_COLUMN.items()}
# The value of a feature by its occurrences; no truncated text has more than the last.
_LOGARITHMS = np.log(np.maximum(np.arange(1 << 15), 1)).astype(np.float32) + np.float32(1)


@dataclass(frozen=True)
class Features:
    """A sparse matrix by rows: row i holds `columns[starts[i]:starts[i+1]]`, in rising order.

    Attributes:
        starts: Shape (texts + 1,).
        columns: From 0 to WIDTH - 1, shape (values,).
        values: Shape (values,).
    """

    starts: Ints
    columns: NDArray[np.int32]
    values: NDArray[np.float32]


def featurise(texts: Sequence[str], lengths: range = CHARACTER_LENGTHS) -> Features:
    """Compute the features of each text.

    Args:
        texts: From 1 to MAX_TEXTS texts.
        lengths: Of the character n-grams.

    Returns:
        One row per text; no row is empty, since every text has surface features.

    Raises:
        ValueError: There are more than MAX_TEXTS texts: their keys would overlap.
    """
    if len(texts) > MAX_TEXTS:
        message = f"{len(texts)} texts are too many at once; the maximum is {MAX_TEXTS}"
        raise ValueError(message)
    return features_of_keys(np.concatenate(list(_keys(texts, lengths))), len(texts))


def features_of_keys(keys: UInts, texts: int) -> Features:
    """Count the occurrences of each feature and scale each block to length one.

    Args:
        keys: One key per occurrence of a feature, in any order, shape (occurrences,).
        texts: The number of texts that the keys belong to.

    Returns:
        One row per text.
    """
    distinct, counts = counted(keys)
    columns = (distinct & np.uint32((1 << _COLUMN_BITS) - 1)).astype(np.int32)
    bounds = _block_bounds(distinct, texts)
    values = _LOGARITHMS[np.minimum(counts, len(_LOGARITHMS) - 1)]
    return Features(bounds[:: len(_PAGES)], columns, _unit_blocks(values, bounds))


def feature_keys(block: str, owners: UInts, hashes: UInts) -> UInts:
    """Return the keys of occurrences in a block.

    Args:
        block: A name in FIRST_COLUMN.
        owners: The number of each occurrence's text times OWNER_STEP, shape (occurrences,).
        hashes: The hash of each occurrence, or its number within the block, shape (occurrences,).

    Returns:
        uint32, shape (occurrences,).
    """
    keys = hashes & _MASKS[block]
    keys += _FIRSTS[block]
    keys |= owners
    return keys


def _keys(texts: Sequence[str], lengths: range) -> Iterator[UInts]:
    """A key for each occurrence of a feature."""
    raw = [cut(text) for text in texts]
    plain = [normalise(text) for text in texts]
    points = code_points(plain, OWNER_STEP)
    yield from (feature_keys("words", *ngrams) for ngrams in word_ngrams(points))
    yield feature_keys("characters", *character_ngrams(points, lengths))
    forms = fuzzy_forms(points)
    yield feature_keys("fuzzy words", forms.owners, forms.hashes)
    buckets = np.array([shape_buckets(*views) for views in zip(raw, plain, strict=True)], np.uint32)
    owners = np.arange(0, len(texts) << _COLUMN_BITS, OWNER_STEP, dtype=np.uint32)
    yield feature_keys("surface", np.repeat(owners, buckets.shape[-1]), buckets.ravel())


def counted(keys: UInts) -> tuple[UInts, Ints]:
    """Return the distinct keys in rising order, and how often there is each; at least one key."""
    ordered = np.sort(keys)
    first = np.flatnonzero(_differs_from_previous(ordered))
    counts = np.empty_like(first)
    np.subtract(first[1:], first[:-1], out=counts[:-1])
    counts[-1] = len(ordered) - first[-1]
    return ordered[first], counts


def _differs_from_previous(keys: UInts) -> Bools:
    different = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=different[1:])
    return different


def _block_bounds(distinct: UInts, texts: int) -> Ints:
    """Where each block of each text begins among the sorted keys, and where the last one ends."""
    rows = np.arange(texts, dtype=np.uint32)[:, None] << np.uint32(_COLUMN_BITS)
    begins = rows | (_FIRST_PAGE[:-1].astype(np.uint32) << np.uint32(_PAGE_BITS))
    return np.append(np.searchsorted(distinct, begins.ravel()), len(distinct))


def _unit_blocks(values: NDArray[np.float32], bounds: Ints) -> NDArray[np.float32]:
    sizes = np.diff(bounds)
    filled = sizes > 0
    lengths = np.sqrt(np.add.reduceat(values * values, bounds[:-1][filled]))
    return np.asarray(values / np.repeat(lengths, sizes[filled]), dtype=np.float32)
