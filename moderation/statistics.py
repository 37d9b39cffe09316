"""The numbers of a site's days, and of how people and the machine agree."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Day:
    """One day of one site, in UTC.

    `by_person` counts decisions of moderators among the rest, `by_machine` what the policy approved
    or rejected.
    """

    day: date
    site: str
    submitted: int = 0
    approved: int = 0
    flagged: int = 0
    rejected: int = 0
    causes: tuple[tuple[str, int], ...] = ()  # of the rejections, by rule or attribute
    by_person: int = 0
    by_machine: int = 0
    p50: timedelta | None = None  # from flagged to a moderator's decision
    p90: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Ratio:
    """A part of a whole."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The part divided by the whole, 0 to 1; None where the whole is 0."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a moderator now."""

    number: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """All of it, for some days and sites, by day and then by site."""

    days: tuple[Day, ...]
    waiting: Waiting
    overturned: Ratio  # machine decisions that a moderator changed
    agreement: Ratio  # pairs of decisions about the same comment by two moderators
    sampled: Ratio  # of the audit sample, where the moderator said what the machine had decided

    @property
    def causes(self) -> list[tuple[str, int]]:
        """Why comments were rejected, over all days, the most frequent first."""
        total: Counter[str] = Counter()
        for day in self.days:
            total.update(dict(day.causes))
        return total.most_common()
