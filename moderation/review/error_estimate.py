"""How often a decision about many would be wrong, told from what people decided before: pure."""

import math
from dataclasses import dataclass

ENOUGH = 30  # decisions; with fewer even the interval says too little
_Z = 1.959964  # of the normal distribution: 95 % lies within


@dataclass(frozen=True, slots=True)
class Share:
    """A share of what was seen, from 0 to 1, with the interval that holds the true one (95 %)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PastDecisions:
    """How people decided one by one: not by bulks, which would confirm themselves."""

    approved: int
    rejected: int

    @property
    def number(self) -> int:
        return self.approved + self.rejected

    @property
    def enough(self) -> bool:
        """Whether they are enough to tell anything from."""
        return self.number >= ENOUGH

    @property
    def error_of_approving(self) -> Share:
        """The share that people rejected."""
        return share(self.rejected, self.number)

    @property
    def error_of_rejecting(self) -> Share:
        """The share that people approved."""
        return share(self.approved, self.number)


def share(part: int, whole: int) -> Share:
    """With Wilson's score interval (1927), which holds also where the part is 0 or the whole.

    `whole` is at least 1.
    """
    value, square = part / whole, _Z * _Z
    middle = (value + square / (2 * whole)) / (1 + square / whole)
    spread = math.sqrt(value * (1 - value) / whole + square / (4 * whole * whole))
    half = _Z * spread / (1 + square / whole)
    return Share(value, max(0.0, middle - half), min(1.0, middle + half))
