"""What is counted: by section of the queue, by day and site, by moderators and the policy."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from moderation.comments import QueueSection


@dataclass(frozen=True, slots=True)
class DailyStatistics:
    """The comments that were submitted to one site on one day, in UTC, as they stand.

    `approved`, `rejected` and `waiting` together are `submitted`.

    Attributes:
        day: The day.
        site: The site's name.
        submitted: How many comments were submitted.
        approved: How many of these are approved; `rejected` likewise.
        rejected: See `approved`.
        waiting: How many wait for a worker or a moderator.
        by_moderator: How many are approved or rejected by a moderator's decision.
        by_policy: How many the policy approved or rejected without a person.
        overturned: How many of those a moderator's decision has made the opposite.
        reasons: Of the rejected: who rejected, by which rule or reason, how many.
        p50: Half of what was flagged and then decided by a moderator took at most this long.
        p90: Nine tenths did.
    """

    day: date
    site: str
    submitted: int = 0
    approved: int = 0
    rejected: int = 0
    waiting: int = 0
    by_moderator: int = 0
    by_policy: int = 0
    overturned: int = 0
    reasons: tuple[tuple[str, str, int], ...] = ()
    p50: timedelta | None = None
    p90: timedelta | None = None


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How often one reason for rejecting was given, by the names of the sites."""

    actor: str
    rule: str
    by_site: Mapping[str, int]

    @property
    def number(self) -> int:
        """How often on all sites."""
        return sum(self.by_site.values())


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
class Backlog:
    """How many comments wait for a moderator now, and since when the oldest does."""

    number: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class SectionCounts:
    """How many comments wait in each section."""

    in_doubt: int = 0
    likely_rejected: int = 0

    @property
    def total(self) -> int:
        """How many wait in all."""
        return self.in_doubt + self.likely_rejected

    def of(self, section: QueueSection | None) -> int:
        """Return how many wait in a section; None means both."""
        return self.total if section is None else int(getattr(self, section))


@dataclass(frozen=True, slots=True)
class StatisticsReport:
    """The statistics of a span of days.

    Attributes:
        days: By day and then by site.
        waiting: What waits now, whenever it was submitted.
        agreement: Of pairs of decisions by two moderators about one comment, those that agree.
        sampled: Of the audit sample, what a moderator decided as the policy had.
    """

    days: tuple[DailyStatistics, ...]
    waiting: Backlog
    agreement: Ratio
    sampled: Ratio

    @property
    def overturned(self) -> Ratio:
        """Of what the policy approved or rejected, what a moderator has changed."""
        return Ratio(self.total("overturned"), self.total("by_policy"))

    @property
    def sites(self) -> list[str]:
        """The names of the sites that have a day here."""
        return sorted({day.site for day in self.days})

    @property
    def reasons(self) -> list[ReasonCount]:
        """Why comments were rejected, over all days; the most frequent first."""
        counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for day in self.days:
            for actor, rule, number in day.reasons:
                counts[actor, rule][day.site] += number
        rows = [ReasonCount(*cause, by_site) for cause, by_site in counts.items()]
        return sorted(rows, key=lambda row: (-row.number, row.actor, row.rule))

    def total(self, count: str) -> int:
        """Return the sum of a count over all days and sites."""
        return sum(getattr(day, count) for day in self.days)
