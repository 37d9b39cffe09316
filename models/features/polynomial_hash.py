"""Polynomial hashes of runs of code points, and the mixing of their bits.

The arithmetic is that of unsigned integers, which wrap: the results are the same in every process
and on every machine.
"""

import numpy as np
from numpy.typing import NDArray

from models.features.array_types import UInts

ULongs = NDArray[np.uint64]

# An odd constant with well spread bits: it has an inverse modulo 2^64.
_STEP = 0x9E3779B97F4A7C15
_INVERSE_STEP = pow(_STEP, -1, 1 << 64)


def _powers(base: int, count: int) -> ULongs:
    factors = np.full(count, np.uint64(base), dtype=np.uint64)
    factors[:1] = 1
    return np.cumprod(factors, dtype=np.uint64)


# Enough for a batch of usual comments; for longer ones the powers are computed.
_KNOWN_POWERS = 1 << 16
_POWERS = _powers(_STEP, _KNOWN_POWERS)
_INVERSE_POWERS = _powers(_INVERSE_STEP, _KNOWN_POWERS)


def powers(count: int) -> ULongs:
    """Return the first powers of the polynomial's base, from the power 0.

    Args:
        count: How many powers.

    Returns:
        uint64, shape (count,).
    """
    return _POWERS[:count] if count <= _KNOWN_POWERS else _powers(_STEP, count)


def inverse_powers(count: int) -> ULongs:
    """Return powers that move a part of a polynomial back to its start.

    Args:
        count: The least number of powers.

    Returns:
        uint64, shape (at least count,): element i times `powers(count)[i]` is 1.
    """
    return _INVERSE_POWERS if count <= _KNOWN_POWERS else _powers(_INVERSE_STEP, count)


def prefix_sums(terms: ULongs) -> ULongs:
    """Return the sum of the terms before each place, and of all of them.

    Args:
        terms: uint64, shape (n,).

    Returns:
        uint64, shape (n + 1,).
    """
    sums = np.zeros(len(terms) + 1, dtype=np.uint64)
    np.cumsum(terms, out=sums[1:])
    return sums


def mix32(hashes: UInts) -> UInts:
    """Spread each hash over all 32 bits (constants of Chris Wellons' hash prospector).

    Args:
        hashes: uint32, any shape.

    Returns:
        uint32, the same shape.
    """
    hashes = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x7FEB352D)
    hashes = (hashes ^ (hashes >> np.uint32(15))) * np.uint32(0x846CA68B)
    return hashes ^ (hashes >> np.uint32(16))


def mix64(hashes: ULongs) -> ULongs:
    """Spread each hash over the upper half of its 64 bits.

    Args:
        hashes: uint64, any shape.

    Returns:
        uint64, the same shape.
    """
    return (hashes ^ (hashes >> np.uint64(32))) * np.uint64(0xD6E8FEB86659FD93)


def upper_half(hashes: ULongs) -> UInts:
    """Return the upper 32 bits of each hash.

    Args:
        hashes: uint64, any shape.

    Returns:
        uint32, the same shape.
    """
    return (hashes >> np.uint64(32)).astype(np.uint32)
