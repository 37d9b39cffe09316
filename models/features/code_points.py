"""The code points of many texts in one array, and the words among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from models.features.array_types import Bools, UInts
from models.features.polynomial_hash import ULongs, powers, prefix_sums

Places = NDArray[np.intp]

SPACE, LETTER, SIGN = 0, 1, 2
_TABLE_END = 0x20000


def _kind(character: str) -> int:
    if character.isalnum() or character == "'":
        return LETTER
    return SPACE if character.isspace() else SIGN


# Characters beyond the table are signs, as its last one: the planes of rare ideographs.
_KINDS = np.array([_kind(chr(code)) for code in range(_TABLE_END)], dtype=np.uint8)


@dataclass(frozen=True)
class CodePoints:
    """The code points of all texts in one row, each text between two spaces.

    Attributes:
        codes: The code points, uint32, shape (n,).
        owners: Which text each code point belongs to, uint32, shape (n,).
    """

    codes: UInts
    owners: UInts

    @cached_property
    def kinds(self) -> NDArray[np.uint8]:
        """SPACE, LETTER or SIGN for each code point, shape (n,)."""
        return np.asarray(_KINDS.take(self.codes, mode="clip"))

    @cached_property
    def hash_sums(self) -> ULongs:
        """The polynomial of the code points before each place, uint64, shape (n + 1,)."""
        return prefix_sums((self.codes + np.uint64(1)) * powers(len(self.codes)))


def code_points(texts: Sequence[str], owner_step: int = 1) -> CodePoints:
    """Encode the texts.

    Args:
        texts: Any texts; lone surrogates are code points too.
        owner_step: The owners are 0, owner_step, 2 x owner_step and so on.

    Returns:
        The code points of all texts, in the order of the texts.
    """
    padded = [f" {text} " for text in texts]
    encoded = "".join(padded).encode("utf-32-le", "surrogatepass")
    lengths = [len(text) for text in padded]
    numbers = np.arange(0, len(padded) * owner_step, owner_step, dtype=np.uint32)
    return CodePoints(np.frombuffer(encoded, dtype="<u4"), np.repeat(numbers, lengths))


def word_runs(text: CodePoints) -> tuple[Places, Places]:
    """Find the words: the longest runs of letters, or of signs.

    Args:
        text: The code points to search.

    Returns:
        Where each word begins, and where it ends (the place after its last code point).
    """
    kinds = text.kinds
    changes = np.flatnonzero(kinds[1:] != kinds[:-1]) + 1  # a space begins and ends the codes
    starts, ends = changes[:-1], changes[1:]
    words = kinds.take(starts) != SPACE
    return starts[words], ends[words]


def spaces_before(text: CodePoints) -> NDArray[np.int32]:
    """Count the spaces before each code point, and before the end.

    Args:
        text: n code points.

    Returns:
        int32, shape (n + 1,).
    """
    return np.concatenate(([0], np.cumsum(text.codes == ord(" "), dtype=np.int32)))


def has_no_space_inside(spaces: NDArray[np.int32], n: int) -> Bools:
    """Tell which n-grams have spaces at their ends at most.

    Args:
        spaces: The counts of `spaces_before`, shape (codes + 1,).
        n: The length of the n-grams, in code points.

    Returns:
        One value for each place where an n-gram begins, shape (codes - n + 1,).
    """
    count = max(len(spaces) - n, 0)
    return np.asarray(spaces[n - 1 : n - 1 + count] == spaces[1 : count + 1])
