"""What is counted: by section of the queue, by day and site, by moderators and the policy."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from moderation.comments import QueueSection


@dataclass(frozen=True, slots=True)
class DailyStatistics:
    """The statistics of one site on one day, in UTC.

    Attributes:
        day: The day.
        site: The site's name.
        submitted: How many comments were submitted.
        approved: How many decisions approved a comment; `flagged` and `rejected` likewise.
        flagged: See `approved`.
        rejected: See `approved`.
        reasons: Of the rejections, how many by which rule or attribute.
        by_moderator: How many of the decisions moderators took.
        by_policy: How many comments the policy approved or rejected.
        p50: Half of the flagged comments were decided by a moderator within this time.
        p90: Nine tenths were.
    """

    day: date
    site: str
    submitted: int = 0
    approved: int = 0
    flagged: int = 0
    rejected: int = 0
    reasons: tuple[tuple[str, int], ...] = ()
    by_moderator: int = 0
    by_policy: int = 0
    p50: timedelta | None = None
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
        waiting: What waits now.
        overturned: Of what the policy approved or rejected, what a moderator changed.
        agreement: Of pairs of decisions by two moderators about one comment, those that agree.
        sampled: Of the audit sample, what a moderator decided as the policy had.
    """

    days: tuple[DailyStatistics, ...]
    waiting: Backlog
    overturned: Ratio
    agreement: Ratio
    sampled: Ratio

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why comments were rejected, over all days, and how often; the most frequent first."""
        total: Counter[str] = Counter()
        for day in self.days:
            total.update(dict(day.reasons))
        return total.most_common()
