"""N-grams of words and characters of many texts at once, hashed with numpy.

Unsigned integers wrap, by definition the same everywhere: no column depends on the process, the
machine or the order of the texts.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from models.features.array_types import UInts

# Two spaces are between texts: of n-grams without a space inside only one reaches from one text to
# the next, that of both spaces.
_BETWEEN_TEXTS = 2
_SPACE, _LETTER, _SIGN = 0, 1, 2
_TABLE_END = 0x20000
_LATIN_END = 0x250
# Odd constants with well spread bits; the mixers are those of Chris Wellons' hash prospector.
_CHARACTER_STEP = np.uint32(0x9E3779B1)
_WORD_STEP = np.uint64(0x9E3779B97F4A7C15)
_WORD_STEP_BACK = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))
_PAIR = np.uint64(0xA24BAED4963EE407)
_NEAR = np.uint64(0x9FB21C651E98DF25)
NEAR_LENGTHS = range(4, 17)
_JOINS = np.isin(np.arange(128), [ord(sign) for sign in "*.-_'"])


def _powers(step: np.uint64, count: int) -> NDArray[np.uint64]:
    steps = np.full(count, step, dtype=np.uint64)
    steps[:1] = 1
    return np.cumprod(steps, dtype=np.uint64)


# Enough for a batch of usual comments; longer ones have theirs computed.
_KNOWN_POWERS = 1 << 16
_AHEAD = _powers(_WORD_STEP, _KNOWN_POWERS)
_BACK = _powers(_WORD_STEP_BACK, _KNOWN_POWERS)


def _kind(character: str) -> int:
    if character.isalnum() or character == "'":
        return _LETTER
    return _SPACE if character.isspace() else _SIGN


# Characters beyond the table are signs, as its last one: the planes of rare ideographs.
_KINDS = np.array([_kind(chr(code)) for code in range(_TABLE_END)], dtype=np.uint8)


@dataclass(frozen=True)
class Codes:
    """The code points of all texts in one row, each text between two spaces."""

    codes: UInts
    owners: UInts  # the number of the text that each code point belongs to

    @cached_property
    def kinds(self) -> NDArray[np.uint8]:
        return np.asarray(_KINDS.take(self.codes, mode="clip"))

    @cached_property
    def running(self) -> NDArray[np.uint64]:
        """The sum of a polynomial up to each place; `_BACK` moves a part of it to its start."""
        return _sums((self.codes + np.uint64(1)) * _powers_ahead(len(self.codes)))


def _by_letter(value: Callable[[int], int]) -> NDArray[np.uint64]:
    """By code point; 0 for what is no Latin letter or digit, and for all beyond the last."""
    values = [value(code) if chr(code).isalnum() else 0 for code in range(_LATIN_END)]
    return np.array([*values, 0], dtype=np.uint64)


_ANY_ORDER = _by_letter(lambda code: int(_AHEAD[code + 1]))
_CONSONANTS = _by_letter(lambda code: 0 if chr(code) in "aeiouy" else code + 1)


@dataclass(frozen=True)
class Near:
    """Forms of words, and the word that each is from."""

    owners: UInts
    hashes: UInts
    begins: NDArray[np.intp]
    ends: NDArray[np.intp]


def code_points(texts: Sequence[str], step: int = 1) -> Codes:
    """The owners are numbered in steps."""
    padded = [f" {text} " for text in texts]
    joined = "".join(padded).encode("utf-32-le", "surrogatepass")
    lengths = [len(text) for text in padded]
    owners = np.repeat(np.arange(0, len(padded) * step, step, dtype=np.uint32), lengths)
    return Codes(np.frombuffer(joined, dtype="<u4"), owners)


def character_ngrams(text: Codes, lengths: range) -> tuple[UInts, UInts]:
    """Owners and 32-bit hashes of the n-grams within a word and the space on either side of it.

    First all of the shortest length, then those of the next.
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
    return text.owners.take(np.concatenate(places)), mixed32(np.concatenate(hashes))


def spaces_before(text: Codes) -> NDArray[np.int32]:
    """How many spaces are before each code point, and before the end."""
    return np.concatenate(([0], np.cumsum(text.codes == ord(" "), dtype=np.int32)))


def has_no_space_inside(spaces: NDArray[np.int32], n: int) -> NDArray[np.bool_]:
    """Whether the n-gram at each place has none but at its ends, from `spaces_before`."""
    count = max(len(spaces) - n, 0)
    return np.asarray(spaces[n - 1 : n - 1 + count] == spaces[1 : count + 1])


def word_ngrams(text: Codes) -> Iterator[tuple[UInts, UInts]]:
    """Owners and 32-bit hashes of the words (runs of letters, or of signs) and of their pairs."""
    starts, ends = word_runs(text)
    owners = text.owners[starts]
    words = _mixed64(_run_hashes(text, starts, ends))
    yield owners, _upper_half(words)
    together = owners[1:] == owners[:-1]
    pairs = _mixed64(words[:-1] * np.uint64(3) + words[1:] * _PAIR)
    yield owners[1:][together], _upper_half(pairs[together])


def near_words(text: Codes) -> Near:
    """Words of NEAR_LENGTHS letters by their letters in any order, and by their consonants in turn.

    A word with two letters swapped keeps both, one without a vowel the latter. A sign between two
    letters is left out.
    """
    starts, ends = _near_runs(text)
    any_order = _sums(_ANY_ORDER.take(text.codes, mode="clip"))
    consonants = _CONSONANTS.take(text.codes, mode="clip")
    counted = consonants != 0
    rank = np.cumsum(counted) - counted
    in_turn = _sums(consonants * _powers_ahead(len(rank)).take(rank))
    back = _powers_back(len(rank)).take(rank.take(starts))
    bare = (in_turn.take(ends) - in_turn.take(starts)) * back
    whole = any_order.take(ends) - any_order.take(starts)
    hashes = _upper_half(_mixed64(np.concatenate((whole, bare + _NEAR))))
    begins = np.concatenate((starts, starts))
    return Near(text.owners.take(begins), hashes, begins, np.concatenate((ends, ends)))


def _sums(terms: NDArray[np.uint64]) -> NDArray[np.uint64]:
    sums = np.zeros(len(terms) + 1, dtype=np.uint64)
    np.cumsum(terms, out=sums[1:])
    return sums


def _near_runs(text: Codes) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each begins and ends."""
    inside = text.kinds == _LETTER
    joins = _JOINS.take(text.codes[1:-1], mode="clip")
    inside[1:-1] |= joins & inside[:-2] & inside[2:]
    changes = np.flatnonzero(inside[1:] != inside[:-1]) + 1  # a space begins and ends the codes
    starts, ends = changes[::2], changes[1::2]
    lengths = ends - starts
    near = (lengths >= NEAR_LENGTHS.start) & (lengths < NEAR_LENGTHS.stop)
    return starts[near], ends[near]


def word_runs(text: Codes) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each word begins and ends among the code points."""
    kinds = text.kinds
    changes = np.flatnonzero(kinds[1:] != kinds[:-1]) + 1  # a space begins and ends the codes
    starts, ends = changes[:-1], changes[1:]
    words = kinds.take(starts) != _SPACE
    return starts[words], ends[words]


def _run_hashes(
    text: Codes, starts: NDArray[np.intp], ends: NDArray[np.intp]
) -> NDArray[np.uint64]:
    """Polynomial hashes, each moved back by its start to compare equal."""
    sums = text.running
    return (sums.take(ends) - sums.take(starts)) * _powers_back(len(text.codes)).take(starts)


def _powers_ahead(count: int) -> NDArray[np.uint64]:
    return _AHEAD[:count] if count <= _KNOWN_POWERS else _powers(_WORD_STEP, count)


def _powers_back(count: int) -> NDArray[np.uint64]:
    return _BACK if count <= _KNOWN_POWERS else _powers(_WORD_STEP_BACK, count)


def mixed32(hashes: UInts) -> UInts:
    hashes = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x7FEB352D)
    hashes = (hashes ^ (hashes >> np.uint32(15))) * np.uint32(0x846CA68B)
    return hashes ^ (hashes >> np.uint32(16))


def _mixed64(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return (hashes ^ (hashes >> np.uint64(32))) * np.uint64(0xD6E8FEB86659FD93)


def _upper_half(hashes: NDArray[np.uint64]) -> UInts:
    return (hashes >> np.uint64(32)).astype(np.uint32)
