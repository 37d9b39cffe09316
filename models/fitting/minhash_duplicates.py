"""Near-duplicates, found by the smallest hashes of their pairs of words (MinHash, Broder 1997)."""

from collections.abc import Sequence

import numpy as np

from models.features.array_types import Ints, UInts
from models.features.code_points import code_points
from models.features.ngram_hashing import word_ngrams
from models.features.normalise import normalise
from models.features.polynomial_hash import mix32

# Texts that share all hashes of a band are taken for duplicates. Of two texts with nine tenths of
# their pairs of words in common 99 in 100 are found, with four tenths 12, with a tenth none.
_BANDS = 5
_HASHES = 4
_BATCH = 2_000


def duplicate_groups(texts: Sequence[str]) -> Ints:
    """Group texts that are nearly the same.

    Args:
        texts: At least one text.

    Returns:
        The number of each text's group, from 0 to the number of texts, shape (texts,).
    """
    firsts = range(0, len(texts), _BATCH)
    signatures = np.vstack([_signatures(texts[first : first + _BATCH]) for first in firsts])
    leaders = list(range(len(texts)))
    for band in np.split(signatures, _BANDS, axis=1):
        _join_equal(band, leaders)
    return np.array([_leader(leaders, member) for member in range(len(texts))])


def _signatures(texts: Sequence[str]) -> UInts:
    """Per text the smallest hash of its pairs of words, under each of many orders of the hashes."""
    points = code_points([f"^ {normalise(text)} $" for text in texts])
    _, (owners, pairs) = word_ngrams(points)
    starts = np.flatnonzero(np.diff(owners, prepend=np.uint32(len(texts))))
    orders = np.arange(_BANDS * _HASHES, dtype=np.uint32) * np.uint32(0x85EBCA6B)
    smallest = [np.minimum.reduceat(mix32(pairs ^ order), starts) for order in orders]
    return np.column_stack(smallest)


def _join_equal(band: UInts, leaders: list[int]) -> None:
    first: dict[bytes, int] = {}
    for member, key in enumerate(map(bytes, np.ascontiguousarray(band))):
        other = _leader(leaders, first.setdefault(key, member))
        leaders[_leader(leaders, member)] = other


def _leader(leaders: list[int], member: int) -> int:
    while leaders[member] != member:
        leaders[member] = leaders[leaders[member]]
        member = leaders[member]
    return member
