"""Count statistics by site and by the day when comments were submitted, in the database.

What counts is what stands: the comments as they are, and the latest decision about each.
"""

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
    exists,
    func,
    or_,
    select,
    type_coerce,
)

from moderation.comments import SETTLED, Actor, Status
from moderation.statistics import DailyStatistics
from moderation.storage.schema.column_types import EPOCH
from moderation.storage.schema.comments import DAY, comments, is_automatic, is_erased, is_rejected
from moderation.storage.schema.decisions import decisions, is_by_person, is_latest
from moderation.storage.schema.sites import sites
from moderation.storage.statistics.taken_back import takes_back

Span = tuple[datetime, datetime]  # both included
_flagging = decisions.alias("flagging")
_first = decisions.alias("first")
_again = decisions.alias("again")
_is_settled = comments.c.status.in_(SETTLED)
# Taking back a moderator's decision gave the comment what the policy had decided: that stands.
_is_policys_again = and_(comments.c.status == comments.c.automatic_status, takes_back(decisions))
_by_moderator = and_(_is_settled, is_by_person, ~_is_policys_again)
_overturned = and_(is_automatic, _is_settled, comments.c.status != comments.c.automatic_status)
_erased_as = and_(is_erased, decisions.c.to_status == Status.ERASED)  # the latest decision


def _is_or_was(status: Status) -> ColumnElement[bool]:
    """A comment that is erased counts as what it was before."""
    return or_(comments.c.status == status, and_(_erased_as, decisions.c.from_status == status))


_COUNTED = {
    "approved": _is_or_was(Status.APPROVED),
    "rejected": _is_or_was(Status.REJECTED),
    "waiting": comments.c.status.in_((Status.PENDING, Status.FLAGGED)),
    "by_moderator": _by_moderator,
    "by_policy": is_automatic,
    "overturned": _overturned,
}
_day = (type_coerce(comments.c.submitted_at, BigInteger) // DAY).label("day")
_site = sites.c.name.label("site")
_decided = comments.join(sites, comments.c.site_id == sites.c.id).outerjoin(decisions, is_latest)


def span_of(first: date, last: date) -> Span:
    """Return the span from the first moment of one day to the last of another, in UTC."""
    return datetime.combine(first, time(), UTC), datetime.combine(last, time.max, UTC)


def number_of(day: date) -> int:
    """Return a day as the number of days since 1970-01-01."""
    return (day - EPOCH.date()).days


def date_of(number: int) -> date:
    """Return the day that is so many days after 1970-01-01."""
    return EPOCH.date() + timedelta(days=number)


def submitted_in(*spans: Span) -> ColumnElement[bool]:
    """Match comments that were submitted in one of these spans; there must be one."""
    return or_(*(comments.c.submitted_at.between(*span) for span in spans))


def count_days(
    connection: Connection, in_sites: ColumnElement[bool], in_days: ColumnElement[bool]
) -> tuple[DailyStatistics, ...]:
    """Count days.

    Args:
        connection: To count by.
        in_sites: The condition on `sites` for the sites to count.
        in_days: The condition on `comments` for the days, from `submitted_in`.

    Returns:
        By day and then by site; days on which nothing was submitted are left out.
    """
    cells: dict[tuple[int, str], dict[str, Any]] = defaultdict(dict)
    asked = and_(in_sites, in_days)
    for row in connection.execute(_counts(asked)):
        cells[row.day, row.site] = {name: int(row._mapping[name]) for name in _NAMES}
    for row in connection.execute(_reasons(asked)):
        cell = cells[row.day, row.site]
        cell["reasons"] = (*cell.get("reasons", ()), (row.rejected_by, row.cause, row.number))
    for row in connection.execute(_delays(asked)):
        cells[row.day, row.site] |= _percentiles(row)
    return tuple(_to_day(day, site, cell) for (day, site), cell in sorted(cells.items()))


_NAMES = ("submitted", *_COUNTED)


def _to_day(day: int, site: str, cell: Mapping[str, Any]) -> DailyStatistics:
    return DailyStatistics(date_of(day), site, **cell)


def _percentiles(row: Row[Any]) -> dict[str, timedelta]:
    delay = timedelta(microseconds=row.delay)
    return {name: delay for name in ("p50", "p90") if row.place == row._mapping[name]}


def _counts(asked: ColumnElement[bool]) -> Select[Any]:
    sums = (func.sum(case((which, 1), else_=0)).label(name) for name, which in _COUNTED.items())
    query = select(_day, _site, func.count().label("submitted"), *sums).select_from(_decided)
    return query.where(asked).group_by("day", _site)


def _reasons(asked: ColumnElement[bool]) -> Select[Any]:
    """Of what is rejected: by whom, and the first reason that was given."""
    first = (
        select(_rule(_first))
        .where(_first.c.comment_id == comments.c.id, _first.c.from_status == Status.PENDING)
        .order_by(_first.c.version.desc())  # an author may have changed what was decided before
        .limit(1)
    )
    actor = case((_is_policys_again, Actor.POLICY), else_=decisions.c.actor).label("rejected_by")
    rule = case((_is_policys_again, first.scalar_subquery()), else_=_rule(decisions))
    cause = func.coalesce(rule, "no reason").label("cause")
    number = func.count().label("number")
    return (
        select(_day, _site, actor, cause, number)
        .select_from(_decided)
        .where(asked, is_rejected, decisions.c.id.is_not(None))
        .group_by("day", _site, "rejected_by", "cause")
        .order_by(number.desc(), "rejected_by", "cause")
    )


def _rule(decision: Any) -> ColumnElement[str]:
    return decision.c.reasons[0]["rule"].as_string()  # type: ignore[no-any-return]


def _delays(asked: ColumnElement[bool]) -> Select[Any]:
    """From flagged to decided by a moderator: the nearest-rank percentiles by day and site."""
    flagged = and_(
        _flagging.c.comment_id == comments.c.id,
        _flagging.c.from_status == Status.PENDING,
        _flagging.c.to_status == Status.FLAGGED,
        ~exists().where(  # its author has changed what was flagged before
            _again.c.comment_id == comments.c.id,
            _again.c.from_status == Status.PENDING,
            _again.c.version > _flagging.c.version,
        ),
    )
    moments = (type_coerce(table.c.decided_at, BigInteger) for table in (decisions, _flagging))
    delay = (next(moments) - next(moments)).label("delay")
    group = (_day.element, sites.c.name)
    number = func.count().over(partition_by=group)
    place = func.row_number().over(partition_by=group, order_by=delay.element)
    ranks = (((number * rank + 99) // 100).label(f"p{rank}") for rank in (50, 90))
    ranked = (
        select(_day, _site, delay, place.label("place"), *ranks)
        .select_from(_decided.join(_flagging, flagged))
        .where(asked, _by_moderator)
        .subquery()
    )
    return select(ranked).where(or_(ranked.c.place == ranked.c.p50, ranked.c.place == ranked.c.p90))
