"""The numbers by day and site, of now: finished days as they are kept, the others counted."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, and_, case, func, select, true

from moderation.accounts.moderators import Reach
from moderation.comments import SETTLED, Who
from moderation.statistics import Day, Numbers, Ratio, Waiting
from moderation.storage.comments.visibility import within
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import comments, is_flagged
from moderation.storage.schema.decisions import decisions, is_by_person, leaves_settled
from moderation.storage.schema.review import sample_reviews
from moderation.storage.schema.sites import sites
from moderation.storage.statistics.daily_counts import Span, count_days, decided_comments, span_of
from moderation.storage.statistics.daily_rollups import kept_days, last_kept

_other = decisions.alias("other")
_same_comment = _other.c.comment_id == decisions.c.comment_id
# Decisions by people about comments that were settled before: few, and an index knows them.
_settled_again = and_(
    is_by_person,
    decisions.c.to_status.in_(SETTLED),
    decisions.c.comment_id.in_(
        select(decisions.c.comment_id).where(leaves_settled).correlate(None)
    ),
)


class Counting:
    """The numbers within somebody's reach, of one site there or of all."""

    def __init__(self, database: Database, reach: Reach) -> None:
        self._database = database
        self._reach = reach

    def between(self, first: date, last: date, *, site: str | None = None) -> Numbers:
        """Of these days in UTC, both included; what waits is of now."""
        these = and_(within(self._reach), true() if site is None else sites.c.name == site)
        span = span_of(first, last)
        with self._database.read() as connection:
            days = _days(connection, these, first, last)
            return Numbers(
                days=days,
                waiting=_waiting(connection, these),
                overturned=Ratio(
                    _overturned(connection, these, span), sum(day.by_machine for day in days)
                ),
                agreement=_agreement(connection, these, span),
                sampled=_sampled(connection, these, span),
            )


def _days(
    connection: Connection, these: ColumnElement[bool], first: date, last: date
) -> tuple[Day, ...]:
    kept = last_kept(connection)
    if kept is None or kept < first:
        return count_days(connection, these, span_of(first, last))
    open_since = kept + timedelta(days=1)
    finished = kept_days(connection, these, first, last)
    return (*finished, *count_days(connection, these, span_of(open_since, last)))


def _waiting(connection: Connection, these: ColumnElement[bool]) -> Waiting:
    query = select(func.count().label("number"), func.min(comments.c.submitted_at).label("oldest"))
    row = connection.execute(query.select_from(comments.join(sites)).where(is_flagged, these)).one()
    return Waiting(row.number, row.oldest)


def _overturned(connection: Connection, these: ColumnElement[bool], span: Span) -> int:
    """Of what the machine settled in these days, what a person has decided otherwise since."""
    machines = and_(
        _same_comment,
        _other.c.who == Who.POLICY,
        _other.c.to_status.in_(SETTLED),
        _other.c.to_status != decisions.c.to_status,
        _other.c.decided_at.between(*span),
    )
    query = select(func.count(_other.c.id.distinct()))
    query = query.select_from(decided_comments.join(_other, machines))
    return connection.execute(query.where(these, _settled_again)).scalar_one()


def _sampled(connection: Connection, these: ColumnElement[bool], span: Span) -> Ratio:
    """Of what was looked at of the audit sample in these days, where people and machine agree."""
    agree = func.sum(case((sample_reviews.c.agrees, 1), else_=0))
    reviewed = sample_reviews.join(comments, comments.c.id == sample_reviews.c.comment_id)
    query = select(func.count(), agree).select_from(reviewed.join(sites))
    these_days = sample_reviews.c.reviewed_at.between(*span)
    whole, part = connection.execute(query.where(these, these_days)).one()
    return Ratio(int(part or 0), whole)


def _agreement(connection: Connection, these: ColumnElement[bool], span: Span) -> Ratio:
    """Of pairs of decisions about one comment by two people, those with the same outcome."""
    pair = and_(
        _same_comment,
        _other.c.version < decisions.c.version,
        _other.c.who == Who.MODERATOR,
        _other.c.moderator_id != decisions.c.moderator_id,
        _other.c.to_status.in_(SETTLED),
    )
    both = and_(these, _settled_again, decisions.c.decided_at.between(*span))
    same = func.sum(case((_other.c.to_status == decisions.c.to_status, 1), else_=0))
    pairs = select(func.count(), same).select_from(decided_comments.join(_other, pair)).where(both)
    whole, part = connection.execute(pairs).one()
    return Ratio(int(part or 0), whole)
