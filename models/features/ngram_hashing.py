"""Hashes of the n-grams of words and characters, for many texts at once with numpy.

No hash depends on the process, the machine or the order of the texts.
"""

from collections.abc import Iterator

import numpy as np

from models.features.array_types import UInts
from models.features.code_points import (
    CodePoints,
    Places,
    has_no_space_inside,
    spaces_before,
    word_runs,
)
from models.features.polynomial_hash import ULongs, inverse_powers, mix32, mix64, upper_half

# Two spaces are between texts: of n-grams without a space inside only one reaches from one text to
# the next, that of both spaces.
_BETWEEN_TEXTS = 2
# Odd constants with well spread bits.
_CHARACTER_STEP = np.uint32(0x9E3779B1)
_FIRST_WORD, _SECOND_WORD = np.uint64(3), np.uint64(0xA24BAED4963EE407)


def character_ngrams(text: CodePoints, lengths: range) -> tuple[UInts, UInts]:
    """Hash the n-grams within each word and the space on either side of it.

    Args:
        text: The code points of one or more texts.
        lengths: The lengths n, in code points.

    Returns:
        The owner and the hash of each n-gram, uint32 both: first all of the shortest length, then
        those of the next.
    """
    spaces = spaces_before(text)
    rolling = np.zeros(len(text.codes), dtype=np.uint32)
    places, hashes = [], []
    for n in range(1, lengths.stop):
        count = max(len(text.codes) - n + 1, 0)
        rolling = rolling[:count] * _CHARACTER_STEP + text.codes[n - 1 :]
        if n not in lengths:
            continue
        within = has_no_space_inside(spaces, n)
        if n == _BETWEEN_TEXTS:
            within &= text.owners[:count] == text.owners[n - 1 :]
        places.append(np.flatnonzero(within))
        hashes.append(rolling.take(places[-1]) + np.uint32(n))
    return text.owners.take(np.concatenate(places)), mix32(np.concatenate(hashes))


def word_ngrams(text: CodePoints) -> Iterator[tuple[UInts, UInts]]:
    """Hash the words (runs of letters, or of signs), then the pairs of neighbouring words.

    Args:
        text: The code points of one or more texts.

    Yields:
        The owner and the hash of each word, then of each pair, uint32 both.
    """
    starts, ends = word_runs(text)
    owners = text.owners[starts]
    words = mix64(_run_hashes(text, starts, ends))
    yield owners, upper_half(words)
    same_text = owners[1:] == owners[:-1]
    pairs = mix64(words[:-1] * _FIRST_WORD + words[1:] * _SECOND_WORD)
    yield owners[1:][same_text], upper_half(pairs[same_text])


def _run_hashes(text: CodePoints, starts: Places, ends: Places) -> ULongs:
    """Polynomial hashes, each moved back by its start, so that equal runs have equal hashes."""
    sums = text.hash_sums
    return (sums.take(ends) - sums.take(starts)) * inverse_powers(len(text.codes)).take(starts)
