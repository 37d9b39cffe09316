"""Texts to hashed features, by the same code for training and for serving.

Four blocks, all of the text without disguises: words (one and two in a row), character n-grams
(three to five, within and around words), forms of words that outlast a slip of the pen, and the
buckets of its shape. Within a block a feature counts 1 + log(occurrences), and the block has length
one (l2).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.features.array_types import UInts
from models.features.ngram_hashing import character_ngrams, code_points, near_words, word_ngrams
from models.features.normalise import cut, normalise
from models.features.surface_features import shape_buckets

CHARACTER_LENGTHS = range(3, 6)

# The columns of each block are this many pages of 2^16, in this order.
_PAGE_BITS = 16
_PAGES = {"plain words": 4, "plain characters": 8, "near words": 2, "shape": 1}
_BLOCKS = {name: number for number, name in enumerate(_PAGES)}
_FIRST_PAGE = np.cumsum([0, *_PAGES.values()])

FIRST_COLUMN = {name: int(_FIRST_PAGE[k]) << _PAGE_BITS for name, k in _BLOCKS.items()}
WIDTH = int(_FIRST_PAGE[-1]) << _PAGE_BITS
# A key is the number of the text, then the column: 32 bits sort twice as fast as 64.
_COLUMN_BITS = 20
MOST_TEXTS = 1 << (32 - _COLUMN_BITS)
OWNER = 1 << _COLUMN_BITS
_MASKS = {name: np.uint32((pages << _PAGE_BITS) - 1) for name, pages in _PAGES.items()}
_FIRSTS = {name: np.uint32(column) for name, column in FIRST_COLUMN.items()}
# What a feature counts by its occurrences; no text that is cut has more than the last.
_LOGARITHMS = np.log(np.maximum(np.arange(1 << 15), 1)).astype(np.float32) + np.float32(1)


@dataclass(frozen=True)
class Features:
    """A sparse matrix by rows: row i holds `columns[starts[i]:starts[i+1]]`, in rising order."""

    starts: NDArray[np.int64]
    columns: NDArray[np.int32]
    values: NDArray[np.float32]


def featurise(texts: Sequence[str]) -> Features:
    """The features of each of up to MOST_TEXTS texts; no row is empty, since texts have a shape."""
    return counted(np.concatenate(list(_keys(texts))), len(texts))


def counted(occurrences: UInts, texts: int) -> Features:
    """The features of so many texts, from a key for each occurrence."""
    keys = np.sort(occurrences)
    first = np.flatnonzero(_differs_from_last(keys))
    counts = np.diff(np.append(first, len(keys)))
    distinct = keys[first]
    columns = (distinct & np.uint32((1 << _COLUMN_BITS) - 1)).astype(np.int32)
    bounds = _block_bounds(distinct, texts)
    values = _LOGARITHMS[np.minimum(counts, len(_LOGARITHMS) - 1)]
    return Features(bounds[:: len(_PAGES)], columns, _unit_blocks(values, bounds))


def _keys(texts: Sequence[str]) -> Iterator[UInts]:
    """A key for each occurrence of a feature."""
    raw = [cut(text) for text in texts]
    plain = [normalise(text) for text in texts]
    unmasked = code_points(plain, OWNER)
    yield from (placed("plain words", *found) for found in word_ngrams(unmasked))
    yield placed("plain characters", *character_ngrams(unmasked, CHARACTER_LENGTHS))
    near = near_words(unmasked)
    yield placed("near words", near.owners, near.hashes)
    buckets = np.array([shape_buckets(*views) for views in zip(raw, plain, strict=True)], np.uint32)
    owners = np.arange(0, len(texts) << _COLUMN_BITS, OWNER, dtype=np.uint32)
    yield placed("shape", np.repeat(owners, buckets.shape[-1]), buckets.ravel())


def placed(block: str, owners: UInts, hashes: UInts) -> UInts:
    """Keys of occurrences in a block; `owners` are in steps of OWNER, from 0 for the first."""
    keys = hashes & _MASKS[block]
    keys += _FIRSTS[block]
    keys |= owners
    return keys


def _differs_from_last(keys: UInts) -> NDArray[np.bool_]:
    different = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=different[1:])
    return different


def _block_bounds(distinct: UInts, texts: int) -> NDArray[np.int64]:
    """Where each block of each text begins among the sorted keys, and where the last one ends."""
    rows = np.arange(texts, dtype=np.uint32)[:, None] << np.uint32(_COLUMN_BITS)
    begins = rows | (_FIRST_PAGE[:-1].astype(np.uint32) << np.uint32(_PAGE_BITS))
    return np.append(np.searchsorted(distinct, begins.ravel()), len(distinct))


def _unit_blocks(values: NDArray[np.float32], bounds: NDArray[np.int64]) -> NDArray[np.float32]:
    sizes = np.diff(bounds)
    filled = sizes > 0
    lengths = np.sqrt(np.add.reduceat(values * values, bounds[:-1][filled]))
    return np.asarray(values / np.repeat(lengths, sizes[filled]), dtype=np.float32)
