"""Hashes of typo-tolerant forms of words.

Each word has two: its letters in any order, and its consonants in their order. A word with two
letters swapped keeps both, a word without one of its vowels keeps the second. A sign between two
letters is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from models.features.array_types import UInts
from models.features.code_points import LETTER, CodePoints, Places
from models.features.polynomial_hash import (
    ULongs,
    inverse_powers,
    mix64,
    powers,
    prefix_sums,
    upper_half,
)

LENGTHS = range(4, 17)  # of the words, in code points
_LATIN_END = 0x250
_CONSONANT_FORM = np.uint64(0x9FB21C651E98DF25)  # keeps the two forms of a word apart
_JOINS = np.isin(np.arange(128), [ord(sign) for sign in "*.-_'"])


def _by_letter(value: Callable[[int], int]) -> ULongs:
    """By code point; 0 for what is no Latin letter or digit, and for all beyond the last."""
    values = [value(code) if chr(code).isalnum() else 0 for code in range(_LATIN_END)]
    return np.array([*values, 0], dtype=np.uint64)


_LETTER_POWERS = powers(_LATIN_END + 1)
_ANY_ORDER = _by_letter(lambda code: int(_LETTER_POWERS[code + 1]))
_CONSONANTS = _by_letter(lambda code: 0 if chr(code) in "aeiouy" else code + 1)


@dataclass(frozen=True)
class FuzzyForms:
    """The two forms of each word, and where the word is.

    Attributes:
        owners: Which text each form belongs to, uint32, shape (forms,).
        hashes: uint32, shape (forms,).
        begins: Where the word begins among the code points, shape (forms,).
        ends: The place after its last code point, shape (forms,).
    """

    owners: UInts
    hashes: UInts
    begins: Places
    ends: Places


def fuzzy_forms(text: CodePoints) -> FuzzyForms:
    """Hash the forms of the words whose length is in LENGTHS.

    Args:
        text: The code points of one or more texts.

    Returns:
        First the letters in any order of all words, then their consonants.
    """
    starts, ends = _words(text)
    any_order = prefix_sums(_ANY_ORDER.take(text.codes, mode="clip"))
    letters = any_order.take(ends) - any_order.take(starts)
    consonants = _consonant_hashes(text, starts, ends)
    hashes = upper_half(mix64(np.concatenate((letters, consonants + _CONSONANT_FORM))))
    begins = np.concatenate((starts, starts))
    return FuzzyForms(text.owners.take(begins), hashes, begins, np.concatenate((ends, ends)))


def _consonant_hashes(text: CodePoints, starts: Places, ends: Places) -> ULongs:
    consonants = _CONSONANTS.take(text.codes, mode="clip")
    is_consonant = consonants != 0
    rank = np.cumsum(is_consonant) - is_consonant
    sums = prefix_sums(consonants * powers(len(rank)).take(rank))
    back = inverse_powers(len(rank)).take(rank.take(starts))
    return np.asarray((sums.take(ends) - sums.take(starts)) * back)


def _words(text: CodePoints) -> tuple[Places, Places]:
    """Where each word begins and ends; a sign between two letters is part of the word."""
    inside = text.kinds == LETTER
    joins = _JOINS.take(text.codes[1:-1], mode="clip")
    inside[1:-1] |= joins & inside[:-2] & inside[2:]
    changes = np.flatnonzero(inside[1:] != inside[:-1]) + 1  # a space begins and ends the codes
    starts, ends = changes[::2], changes[1::2]
    lengths = ends - starts
    fitting = (lengths >= LENGTHS.start) & (lengths < LENGTHS.stop)
    return starts[fitting], ends[fitting]
