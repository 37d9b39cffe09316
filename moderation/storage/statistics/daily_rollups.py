"""Roll up the statistics of days that are over, and count a day again when it has changed.

A day's numbers are about the comments that were submitted on it, as they stand. So a decision about
an old comment changes an old day: `record_decisions` marks the day as stale in the transaction that
decides, a stale day is counted when it is asked for, and kept anew some minutes later.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    func,
    select,
    text,
    true,
)

from moderation.clock import Clock
from moderation.statistics import DailyStatistics
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.engine import Database
from moderation.storage.database.server_time import server_time
from moderation.storage.schema.column_types import UtcTime
from moderation.storage.schema.comments import comments
from moderation.storage.schema.sites import daily_rollups, sites
from moderation.storage.statistics.daily_counts import (
    Span,
    count_days,
    date_of,
    number_of,
    span_of,
    submitted_in,
)

# A comment carries the time of its transaction's beginning, and machines' clocks differ a little.
_SETTLED_AFTER = timedelta(hours=1)
_AT_ONCE = timedelta(days=7)
STALE_FOR = timedelta(minutes=10)  # so that a day is not counted again with each decision
_COUNTS = (
    "submitted",
    "approved",
    "rejected",
    "waiting",
    "by_moderator",
    "by_policy",
    "overturned",
)
_STALE = select(daily_rollups.c.day).where(daily_rollups.c.stale_since.is_not(None))
_IS_EARLY = daily_rollups.c.day >= bindparam("today")
# Each worker asks every minute.
_EARLY = DriverStatement(select(daily_rollups.c.day).where(_IS_EARLY).limit(1))
_LAST_DAY = DriverStatement(select(func.max(daily_rollups.c.day).label("day")))
_SINCE, _SETTLED_AT = (bindparam(name, type_=UtcTime) for name in ("since", "settled_at"))
_FIRST_AFTER = DriverStatement(
    select(func.min(comments.c.submitted_at).label("moment")).where(
        comments.c.submitted_at >= _SINCE
    )
)
_SETTLED = DriverStatement(
    _STALE.where(daily_rollups.c.stale_since <= _SETTLED_AT).order_by("day").limit(1)
)


class DailyRollups:
    """Keeps the statistics of days that are over."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def has_missing(self) -> bool:
        """Whether there is a finished day to count, or to count again; cheap to ask."""
        with self._database.read() as connection:
            is_missing = self._next_span(connection) is not None
            return is_missing or _EARLY.first(connection, self._today(connection)) is not None

    def roll_up(self) -> bool:
        """Count and keep the next week, or a day again; two at the same time do no harm.

        Returns:
            False where no finished day is left.
        """
        with self._database.write() as connection:
            # Whoever decides writes to the table too, and must not do so between count and insert:
            # the day would be kept without that decision. SQLite has one writer anyway.
            if connection.dialect.name == "postgresql":
                lock = f"LOCK TABLE {daily_rollups.name} IN SHARE ROW EXCLUSIVE MODE"
                connection.execute(text(lock))
            connection.execute(daily_rollups.delete().where(_IS_EARLY), self._today(connection))
            span = self._next_span(connection)
            if span is None:
                return False
            days = count_days(connection, true(), submitted_in(span))
            site_ids = {row.name: row.id for row in connection.execute(select(sites))}
            first, last = (number_of(moment.date()) for moment in span)
            old = daily_rollups.delete().where(daily_rollups.c.day.between(first, last))
            connection.execute(old)
            if days:
                rows = [_to_row(day, site_ids[day.site]) for day in days]
                connection.execute(daily_rollups.insert(), rows)
        return True

    def _next_span(self, connection: Connection) -> Span | None:
        # By both clocks: a day that a wrong one ends would be kept without its later comments.
        now = min(self._clock(), server_time(connection))
        over = (now - _SETTLED_AFTER).date() - timedelta(days=1)
        first = _next_day(connection)
        if first is not None and first <= over:
            return span_of(first, min(over, first + _AT_ONCE - timedelta(days=1)))
        stale = _SETTLED.first(connection, {"settled_at": self._clock() - STALE_FOR})
        return None if stale is None else span_of(date_of(stale.day), date_of(stale.day))

    def _today(self, connection: Connection) -> dict[str, int]:
        """By the later clock: a day is early that neither ends, so that a wrong one kept it."""
        return {"today": number_of(max(self._clock(), server_time(connection)).date())}


def last_rolled_up(connection: Connection) -> date | None:
    """Return the last day that is kept, as are all before; None where none is."""
    last = _LAST_DAY.all(connection, {})[0].day
    return None if last is None else date_of(last)


def stale_days(
    connection: Connection, in_sites: ColumnElement[bool], first: date, last: date
) -> list[date]:
    """Return the kept days from first to last that have changed since, on one of the sites."""
    query = _between(_STALE.distinct(), in_sites, first, last).order_by(daily_rollups.c.day)
    return [date_of(number) for number in connection.execute(query).scalars()]


def rolled_up_days(
    connection: Connection, in_sites: ColumnElement[bool], first: date, last: date
) -> list[DailyStatistics]:
    """Return the kept days from first to last; `in_sites` is the condition on `sites`."""
    columns = select(daily_rollups, sites.c.name.label("site"))
    query = _between(columns, in_sites, first, last)
    return [_to_day(row) for row in connection.execute(query)]


def _between(
    query: Select[Any], in_sites: ColumnElement[bool], first: date, last: date
) -> Select[Any]:
    of_site = daily_rollups.join(sites, sites.c.id == daily_rollups.c.site_id)
    in_span = daily_rollups.c.day.between(number_of(first), number_of(last))
    return query.select_from(of_site).where(in_sites, in_span)


def _next_day(connection: Connection) -> date | None:
    """The first day after those kept on which anything was submitted; None where there is none."""
    kept = last_rolled_up(connection)
    since = datetime.combine(kept + timedelta(days=1) if kept else date_of(0), time(), UTC)
    moment = _FIRST_AFTER.all(connection, {"since": since})[0].moment
    return None if moment is None else moment.date()


def _to_row(day: DailyStatistics, site_id: int) -> dict[str, Any]:
    return {
        "day": number_of(day.day),
        "site_id": site_id,
        **{count: getattr(day, count) for count in _COUNTS},
        "reasons": day.reasons,
        "p50": day.p50,
        "p90": day.p90,
        "stale_since": None,
    }


def _to_day(row: Row[Any]) -> DailyStatistics:
    return DailyStatistics(
        day=date_of(row.day),
        site=row.site,
        **{count: row._mapping[count] for count in _COUNTS},
        reasons=tuple((actor, rule, number) for actor, rule, number in row.reasons),
        p50=row.p50,
        p90=row.p90,
    )
