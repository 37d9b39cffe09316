"""Estimate how often a decision about many comments would be wrong, from past decisions: pure."""

import math
from dataclasses import dataclass

ENOUGH = 30  # decisions; with fewer even the interval says too little
_Z = 1.959964  # of the normal distribution: 95 % lies within


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % confidence interval; both ends are included and from 0 to 1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """The share of decisions that would be wrong, from 0 to 1: as observed, and its interval."""

    observed: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class PastDecisions:
    """How people decided one by one: not by bulks, which would confirm themselves."""

    approved: int
    rejected: int

    @property
    def number(self) -> int:
        """How many decisions there are."""
        return self.approved + self.rejected

    @property
    def enough(self) -> bool:
        """Whether there are enough to estimate anything."""
        return self.number >= ENOUGH

    @property
    def error_of_approving(self) -> ErrorRate:
        """The share that people rejected; there must be a decision."""
        return _error_rate(self.rejected, self.number)

    @property
    def error_of_rejecting(self) -> ErrorRate:
        """The share that people approved; there must be a decision."""
        return _error_rate(self.approved, self.number)


def wilson_interval(part: int, whole: int) -> Interval:
    """Return Wilson's score interval (1927) of a share, which holds also at 0 and at 1.

    Args:
        part: From 0 to `whole`.
        whole: At least 1.
    """
    share, square = part / whole, _Z * _Z
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    spread = math.sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    half = _Z * spread / (1 + square / whole)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def _error_rate(wrong: int, number: int) -> ErrorRate:
    return ErrorRate(wrong / number, wilson_interval(wrong, number))
