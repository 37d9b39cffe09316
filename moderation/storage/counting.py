"""The numbers by day and site, each counted by the database."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
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
    true,
    type_coerce,
)

from moderation.comments import Status
from moderation.moderators import Reach
from moderation.numbers import Day, Numbers, Share, Waiting
from moderation.storage.engine import Database
from moderation.storage.reach import within
from moderation.storage.tables import (
    EPOCH,
    comments,
    decisions,
    is_by_person,
    is_flagged,
    sample_reviews,
    sites,
)

_DAY = 86_400_000_000  # in microseconds, as times are kept
_SETTLED = (Status.APPROVED, Status.REJECTED)
_other = decisions.alias("other")
_same_comment = _other.c.comment_id == decisions.c.comment_id
_decided = decisions.join(comments, decisions.c.comment_id == comments.c.id).join(
    sites, comments.c.site_id == sites.c.id
)


class Counting:
    """The numbers within somebody's reach, of one site there or of all."""

    def __init__(self, database: Database, reach: Reach) -> None:
        self._database = database
        self._reach = reach

    def between(self, first: date, last: date, *, site: str | None = None) -> Numbers:
        """Of these days in UTC, both included; what waits is of now."""
        span = datetime.combine(first, time(), UTC), datetime.combine(last, time.max, UTC)
        these = and_(within(self._reach), true() if site is None else sites.c.name == site)
        decided = and_(these, decisions.c.decided_at.between(*span))
        with self._database.read() as connection:
            counted = connection.execute(_by_status(decided)).all()
            settled = (row.number for row in counted if _is_settled_by_machine(row))
            return Numbers(
                days=_days(connection, counted, _submitted(these, span), _delays(decided)),
                waiting=_waiting(connection, these),
                overturned=Share(_overturned(connection, these, span), sum(settled)),
                agreement=_agreement(connection, decided),
                sampled=_sampled(connection, these, span),
            )


def _days(
    connection: Connection,
    counted: Sequence[Row[Any]],
    submitted: Select[Any],
    delays: Select[Any],
) -> tuple[Day, ...]:
    cells: dict[tuple[int, str], dict[str, Any]] = defaultdict(lambda: defaultdict(int))
    for row in connection.execute(submitted):
        cells[row.day, row.site]["submitted"] = row.number
    for row in counted:
        _count(cells[row.day, row.site], row)
    for row in connection.execute(delays):
        cells[row.day, row.site] |= _percentiles(row)
    return tuple(_to_day(day, site, cell) for (day, site), cell in sorted(cells.items()))


def _count(cell: dict[str, Any], row: Row[Any]) -> None:
    cell[row.status] += row.number
    if row.who == "moderator":
        cell["by_person"] += row.number
    if row.status == Status.REJECTED:
        cell["causes"] = (*(cell["causes"] or ()), (row.cause, row.number))


def _is_settled_by_machine(row: Row[Any]) -> bool:
    return row.who == "policy" and row.status in _SETTLED


def _to_day(day: int, site: str, cell: Mapping[str, Any]) -> Day:
    return Day((EPOCH + timedelta(days=day)).date(), site, **cell)


def _percentiles(row: Row[Any]) -> dict[str, timedelta]:
    delay = timedelta(microseconds=row.delay)
    return {name: delay for name in ("p50", "p90") if row.place == row._mapping[name]}


def _day_of(moment: ColumnElement[Any]) -> ColumnElement[int]:
    return (type_coerce(moment, BigInteger) // _DAY).label("day")


def _submitted(these: ColumnElement[bool], span: tuple[datetime, datetime]) -> Select[Any]:
    return (
        select(
            _day_of(comments.c.submitted_at),
            sites.c.name.label("site"),
            func.count().label("number"),
        )
        .select_from(comments.join(sites))
        .where(these, comments.c.submitted_at.between(*span))
        .group_by("day", sites.c.name)
    )


def _by_status(decided: ColumnElement[bool]) -> Select[Any]:
    """What was decided, and of rejections why: the policy's first reason, or that a person did."""
    rule = func.coalesce(decisions.c.reasons[0]["rule"].as_string(), "no reason")
    why = ((decisions.c.to_status != Status.REJECTED, ""), (is_by_person, "a moderator"))
    return (
        select(
            _day_of(decisions.c.decided_at),
            sites.c.name.label("site"),
            decisions.c.to_status.label("status"),
            decisions.c.who,
            case(*why, else_=rule).label("cause"),
            func.count().label("number"),
        )
        .select_from(_decided)
        .where(decided, decisions.c.to_status.in_((*_SETTLED, Status.FLAGGED)))
        .group_by("day", sites.c.name, decisions.c.to_status, decisions.c.who, "cause")
        .order_by(func.count().desc(), "cause")
    )


def _delays(decided: ColumnElement[bool]) -> Select[Any]:
    """From flagged to decided by a person: of each day and site the nearest-rank percentiles."""
    flagged = and_(
        _same_comment,
        _other.c.version == decisions.c.version - 1,
        _other.c.to_status == Status.FLAGGED,
    )
    day, site = _day_of(decisions.c.decided_at), sites.c.name.label("site")
    moments = (type_coerce(each.c.decided_at, BigInteger) for each in (decisions, _other))
    delay = (next(moments) - next(moments)).label("delay")
    group = (day.element, sites.c.name)
    number = func.count().over(partition_by=group)
    place = func.row_number().over(partition_by=group, order_by=delay.element)
    ranks = (((number * rank + 99) // 100).label(f"p{rank}") for rank in (50, 90))
    ranked = (
        select(day, site, delay, place.label("place"), *ranks)
        .select_from(_decided.join(_other, flagged))
        .where(decided, is_by_person)
        .subquery()
    )
    return select(ranked).where(or_(ranked.c.place == ranked.c.p50, ranked.c.place == ranked.c.p90))


def _waiting(connection: Connection, these: ColumnElement[bool]) -> Waiting:
    query = select(func.count().label("number"), func.min(comments.c.submitted_at).label("oldest"))
    row = connection.execute(query.select_from(comments.join(sites)).where(is_flagged, these)).one()
    return Waiting(row.number, row.oldest)


def _overturned(
    connection: Connection, these: ColumnElement[bool], span: tuple[datetime, datetime]
) -> int:
    """Of what the machine settled in these days, what a person has decided otherwise since."""
    machines = and_(
        _same_comment,
        _other.c.who == "policy",
        _other.c.to_status.in_(_SETTLED),
        _other.c.to_status != decisions.c.to_status,
        _other.c.decided_at.between(*span),
    )
    # From the people's side, who are few: they decided no sooner than the machine had.
    otherwise = and_(
        these,
        is_by_person,
        decisions.c.to_status.in_(_SETTLED),
        decisions.c.decided_at >= span[0],
    )
    query = select(func.count(_other.c.id.distinct())).select_from(_decided.join(_other, machines))
    return connection.execute(query.where(otherwise)).scalar_one()


def _sampled(
    connection: Connection, these: ColumnElement[bool], span: tuple[datetime, datetime]
) -> Share:
    """Of what was looked at of the audit sample in these days, where people and machine agree."""
    agree = func.sum(case((sample_reviews.c.agrees, 1), else_=0))
    reviewed = sample_reviews.join(comments, comments.c.id == sample_reviews.c.comment_id)
    query = select(func.count(), agree).select_from(reviewed.join(sites))
    these_days = sample_reviews.c.reviewed_at.between(*span)
    whole, part = connection.execute(query.where(these, these_days)).one()
    return Share(int(part or 0), whole)


def _agreement(connection: Connection, decided: ColumnElement[bool]) -> Share:
    """Of pairs of decisions about one comment by two people, those with the same outcome."""
    pair = and_(
        _same_comment,
        _other.c.version < decisions.c.version,
        _other.c.who == "moderator",
        _other.c.moderator_id != decisions.c.moderator_id,
        _other.c.to_status.in_(_SETTLED),
    )
    both = and_(decided, is_by_person, decisions.c.to_status.in_(_SETTLED))
    same = func.sum(case((_other.c.to_status == decisions.c.to_status, 1), else_=0))
    pairs = select(func.count(), same).select_from(_decided.join(_other, pair)).where(both)
    whole, part = connection.execute(pairs).one()
    return Share(int(part or 0), whole)
