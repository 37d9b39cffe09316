"""Roll up the statistics of days that are over: counted once and kept.

The statistics of a day come from what never changes afterwards: when its comments were submitted,
and its decisions, which are only ever added. A comment that is reopened, overturned or erased later
counts on the day when that happens; its rows of the day before stay. So a day is final once it is
over.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select, true

from moderation.clock import Clock
from moderation.statistics import DailyStatistics
from moderation.storage.database.engine import Database, insert_for
from moderation.storage.schema.comments import comments
from moderation.storage.schema.decisions import decisions
from moderation.storage.schema.sites import daily_rollups, sites
from moderation.storage.statistics.daily_counts import Span, count_days, date_of, number_of, span_of

# A decision carries the time of its transaction's beginning, and machines' clocks differ a little.
_SETTLED_AFTER = timedelta(hours=1)
_AT_ONCE = timedelta(days=7)
_COUNTS = ("submitted", "approved", "flagged", "rejected", "by_moderator", "by_policy")


class DailyRollups:
    """Keeps the statistics of days that are over."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def has_missing(self) -> bool:
        """Whether there is a finished day that is not kept yet; cheap to ask."""
        with self._database.read() as connection:
            return self._next_week(connection) is not None

    def roll_up(self) -> bool:
        """Count and keep the next week; two at the same time do no harm.

        Returns:
            False where no finished day is left.
        """
        with self._database.read() as connection:
            span = self._next_week(connection)
            if span is None:
                return False
            days = count_days(connection, true(), span)
            site_ids = {row.name: row.id for row in connection.execute(select(sites))}
        rows = [_to_row(day, site_ids[day.site]) for day in days]
        with self._database.write() as connection:
            insert = insert_for(connection)(daily_rollups).on_conflict_do_nothing()
            connection.execute(insert, rows)
        return True

    def _next_week(self, connection: Connection) -> Span | None:
        over = (self._clock() - _SETTLED_AFTER).date() - timedelta(days=1)
        first = _next_day(connection)
        if first is None or first > over:
            return None
        return span_of(first, min(over, first + _AT_ONCE - timedelta(days=1)))


def last_rolled_up(connection: Connection) -> date | None:
    """Return the last day that is kept, as are all before; None where none is."""
    number = connection.execute(select(func.max(daily_rollups.c.day))).scalar()
    return None if number is None else date_of(number)


def rolled_up_days(
    connection: Connection, in_sites: ColumnElement[bool], first: date, last: date
) -> tuple[DailyStatistics, ...]:
    """Return the kept days from first to last, by day and then by site.

    `in_sites` is the condition on `sites` for the sites to return.
    """
    query = (
        select(daily_rollups, sites.c.name.label("site"))
        .select_from(daily_rollups.join(sites))
        .where(in_sites, daily_rollups.c.day.between(number_of(first), number_of(last)))
    )
    days = map(_to_day, connection.execute(query))
    return tuple(sorted(days, key=lambda day: (day.day, day.site)))


def _next_day(connection: Connection) -> date | None:
    """The first day after those kept on which anything happened; None where there is none."""
    kept = last_rolled_up(connection)
    since = datetime.combine(kept + timedelta(days=1) if kept else date_of(0), time(), UTC)
    moments = (
        connection.execute(select(func.min(moment)).where(moment >= since)).scalar()
        for moment in (comments.c.submitted_at, decisions.c.decided_at)
    )
    return min((moment.date() for moment in moments if moment is not None), default=None)


def _to_row(day: DailyStatistics, site_id: int) -> dict[str, Any]:
    return {
        "day": number_of(day.day),
        "site_id": site_id,
        **{count: getattr(day, count) for count in _COUNTS},
        "reasons": day.reasons,
        "p50": day.p50,
        "p90": day.p90,
    }


def _to_day(row: Row[Any]) -> DailyStatistics:
    return DailyStatistics(
        day=date_of(row.day),
        site=row.site,
        **{count: row._mapping[count] for count in _COUNTS},
        reasons=tuple((cause, number) for cause, number in row.reasons),
        p50=row.p50,
        p90=row.p90,
    )
