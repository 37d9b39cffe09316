"""N-grams of words and characters of many texts at once, hashed with numpy.

Unsigned integers wrap, by definition the same everywhere: no column depends on the process, the
machine or the order of the texts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

UInts = NDArray[np.uint32]

# Two spaces are between texts: of n-grams without a space inside only one reaches from one text to
# the next, that of both spaces.
_BETWEEN_TEXTS = 2
_SPACE, _LETTER, _SIGN = 0, 1, 2
_TABLE_END = 0x20000
# Odd constants with well spread bits; the mixers are those of Chris Wellons' hash prospector.
_CHARACTER_STEP = np.uint32(0x9E3779B1)
_WORD_STEP = np.uint64(0x9E3779B97F4A7C15)
_WORD_STEP_BACK = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))
_PAIR = np.uint64(0xA24BAED4963EE407)


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


def code_points(texts: Sequence[str]) -> Codes:
    padded = [f" {text} " for text in texts]
    joined = "".join(padded).encode("utf-32-le", "surrogatepass")
    lengths = [len(text) for text in padded]
    owners = np.repeat(np.arange(len(padded), dtype=np.uint32), lengths)
    return Codes(np.frombuffer(joined, dtype="<u4"), owners)


def character_ngrams(text: Codes, lengths: range) -> Iterator[tuple[UInts, UInts]]:
    """Owners and 32-bit hashes of the n-grams within a word and the space on either side of it."""
    spaces = spaces_before(text)
    rolling = np.zeros(len(text.codes), dtype=np.uint32)
    for n in range(1, lengths.stop):
        count = max(len(text.codes) - n + 1, 0)
        rolling = rolling[:count] * _CHARACTER_STEP + text.codes[n - 1 :]
        if n not in lengths:
            continue
        within = has_no_space_inside(spaces, n)
        if n == _BETWEEN_TEXTS:
            within &= text.owners[:count] == text.owners[n - 1 :]
        yield text.owners[:count][within], mixed32(rolling[within] + np.uint32(n))


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
    words = _mixed64(_run_hashes(text.codes, starts, ends))
    yield owners, _upper_half(words)
    together = owners[1:] == owners[:-1]
    pairs = _mixed64(words[:-1] * np.uint64(3) + words[1:] * _PAIR)
    yield owners[1:][together], _upper_half(pairs[together])


def word_runs(text: Codes) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each word begins and ends among the code points."""
    kinds = _KINDS[np.minimum(text.codes, _TABLE_END - 1)]
    starts = np.flatnonzero(np.diff(kinds, prepend=_SPACE) != 0)
    ends = np.append(starts[1:], len(kinds))
    words = kinds[starts] != _SPACE
    return starts[words], ends[words]


def _run_hashes(
    codes: UInts, starts: NDArray[np.intp], ends: NDArray[np.intp]
) -> NDArray[np.uint64]:
    """Polynomial hashes from one running sum, each moved back by its start to compare equal."""
    known = len(codes) <= _KNOWN_POWERS
    ahead = _AHEAD[: len(codes)] if known else _powers(_WORD_STEP, len(codes))
    back = _BACK if known else _powers(_WORD_STEP_BACK, len(codes))
    terms = (codes.astype(np.uint64) + np.uint64(1)) * ahead
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(terms, dtype=np.uint64)))
    return (sums[ends] - sums[starts]) * back[starts]


def mixed32(hashes: UInts) -> UInts:
    hashes = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x7FEB352D)
    hashes = (hashes ^ (hashes >> np.uint32(15))) * np.uint32(0x846CA68B)
    return hashes ^ (hashes >> np.uint32(16))


def _mixed64(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return (hashes ^ (hashes >> np.uint64(32))) * np.uint64(0xD6E8FEB86659FD93)


def _upper_half(hashes: NDArray[np.uint64]) -> UInts:
    return (hashes >> np.uint64(32)).astype(np.uint32)
