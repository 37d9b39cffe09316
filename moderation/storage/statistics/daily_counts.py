"""Count statistics by day and site, in the database."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    func,
    or_,
    select,
    type_coerce,
)

from moderation.comments import SETTLED, Actor, Status
from moderation.statistics import DailyStatistics
from moderation.storage.schema.column_types import EPOCH
from moderation.storage.schema.comments import comments
from moderation.storage.schema.decisions import decisions, is_by_person
from moderation.storage.schema.sites import sites

Span = tuple[datetime, datetime]  # both included
_DAY = 86_400_000_000  # in microseconds, as times are kept
_flagging = decisions.alias("flagging")
decided_comments = decisions.join(comments, decisions.c.comment_id == comments.c.id).join(
    sites, comments.c.site_id == sites.c.id
)


def span_of(first: date, last: date) -> Span:
    """Return the span from the first moment of one day to the last of another, in UTC."""
    return datetime.combine(first, time(), UTC), datetime.combine(last, time.max, UTC)


def number_of(day: date) -> int:
    """Return a day as the number of days since 1970-01-01."""
    return (day - EPOCH.date()).days


def date_of(number: int) -> date:
    """Return the day that is so many days after 1970-01-01."""
    return EPOCH.date() + timedelta(days=number)


def count_days(
    connection: Connection, in_sites: ColumnElement[bool], span: Span
) -> tuple[DailyStatistics, ...]:
    """Count the days of a span.

    Args:
        connection: To count by.
        in_sites: The condition on `sites` for the sites to count.
        span: The first and the last moment.

    Returns:
        By day and then by site; days on which nothing happened are left out.
    """
    cells: dict[tuple[int, str], dict[str, Any]] = defaultdict(lambda: defaultdict(int))
    decided = and_(in_sites, decisions.c.decided_at.between(*span))
    for row in connection.execute(_submitted(in_sites, span)):
        cells[row.day, row.site]["submitted"] = row.number
    for row in connection.execute(_by_status(decided)):
        _count(cells[row.day, row.site], row)
    for row in connection.execute(_delays(decided)):
        cells[row.day, row.site] |= _percentiles(row)
    return tuple(_to_day(day, site, cell) for (day, site), cell in sorted(cells.items()))


def _count(cell: dict[str, Any], row: Row[Any]) -> None:
    cell[row.status] += row.number
    if row.actor == Actor.MODERATOR:
        cell["by_moderator"] += row.number
    if row.actor == Actor.POLICY and row.status in SETTLED:
        cell["by_policy"] += row.number
    if row.status == Status.REJECTED:
        cell["reasons"] = (*(cell["reasons"] or ()), (row.cause, row.number))


def _to_day(day: int, site: str, cell: Mapping[str, Any]) -> DailyStatistics:
    return DailyStatistics(date_of(day), site, **cell)


def _percentiles(row: Row[Any]) -> dict[str, timedelta]:
    delay = timedelta(microseconds=row.delay)
    return {name: delay for name in ("p50", "p90") if row.place == row._mapping[name]}


def _day_of(moment: ColumnElement[Any]) -> ColumnElement[int]:
    return (type_coerce(moment, BigInteger) // _DAY).label("day")


def _submitted(in_sites: ColumnElement[bool], span: Span) -> Select[Any]:
    return (
        select(
            _day_of(comments.c.submitted_at),
            sites.c.name.label("site"),
            func.count().label("number"),
        )
        .select_from(comments.join(sites))
        .where(in_sites, comments.c.submitted_at.between(*span))
        .group_by("day", sites.c.name)
    )


def _by_status(decided: ColumnElement[bool]) -> Select[Any]:
    """Decisions by status, who and cause: the policy's first reason, or a moderator."""
    rule = func.coalesce(decisions.c.reasons[0]["rule"].as_string(), "no reason")
    why = ((decisions.c.to_status != Status.REJECTED, ""), (is_by_person, "a moderator"))
    return (
        select(
            _day_of(decisions.c.decided_at),
            sites.c.name.label("site"),
            decisions.c.to_status.label("status"),
            decisions.c.actor,
            case(*why, else_=rule).label("cause"),
            func.count().label("number"),
        )
        .select_from(decided_comments)
        .where(decided, decisions.c.to_status.in_((*SETTLED, Status.FLAGGED)))
        .group_by("day", sites.c.name, decisions.c.to_status, decisions.c.actor, "cause")
        .order_by(func.count().desc(), "cause")
    )


def _delays(decided: ColumnElement[bool]) -> Select[Any]:
    """From flagged to decided by a moderator: the nearest-rank percentiles by day and site."""
    flagged = and_(
        _flagging.c.comment_id == decisions.c.comment_id,
        _flagging.c.version == decisions.c.version - 1,
        _flagging.c.to_status == Status.FLAGGED,
    )
    day, site = _day_of(decisions.c.decided_at), sites.c.name.label("site")
    moments = (type_coerce(table.c.decided_at, BigInteger) for table in (decisions, _flagging))
    delay = (next(moments) - next(moments)).label("delay")
    group = (day.element, sites.c.name)
    number = func.count().over(partition_by=group)
    place = func.row_number().over(partition_by=group, order_by=delay.element)
    ranks = (((number * rank + 99) // 100).label(f"p{rank}") for rank in (50, 90))
    ranked = (
        select(day, site, delay, place.label("place"), *ranks)
        .select_from(decided_comments.join(_flagging, flagged))
        .where(decided, is_by_person)
        .subquery()
    )
    return select(ranked).where(or_(ranked.c.place == ranked.c.p50, ranked.c.place == ranked.c.p90))
