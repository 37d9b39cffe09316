"""Statistics by day and site: finished days as they are kept, the others counted now."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, and_, case, func, select, true

from moderation.accounts.moderators import AccessScope
from moderation.comments import SETTLED, Actor
from moderation.statistics import Backlog, DailyStatistics, Ratio, StatisticsReport
from moderation.storage.comments.visibility import site_in_scope
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import arrival, comments, is_flagged
from moderation.storage.schema.decisions import decisions, is_by_person, leaves_settled
from moderation.storage.schema.review import sample_reviews
from moderation.storage.schema.sites import sites
from moderation.storage.statistics.daily_counts import Span, count_days, span_of, submitted_in
from moderation.storage.statistics.daily_rollups import (
    last_rolled_up,
    rolled_up_days,
    stale_days,
)
from moderation.storage.statistics.taken_back import is_taken_back, takes_back

_decided_comments = decisions.join(comments, decisions.c.comment_id == comments.c.id).join(
    sites, comments.c.site_id == sites.c.id
)
_other = decisions.alias("other")
# Decisions of moderators about comments that were settled before: few, and an index has them.
_settled_again = and_(
    is_by_person,
    decisions.c.to_status.in_(SETTLED),
    decisions.c.comment_id.in_(
        select(decisions.c.comment_id).where(leaves_settled).correlate(None)
    ),
)


class Statistics:
    """The statistics of all sites in somebody's scope, or of one of them."""

    def __init__(self, database: Database, scope: AccessScope) -> None:
        self._database = database
        self._scope = scope

    def between(self, first: date, last: date, *, site: str | None = None) -> StatisticsReport:
        """Return the statistics of a span of days.

        Args:
            first: The first day, in UTC.
            last: The last day, included.
            site: The name of the only site to count; None means every one in scope.
        """
        in_sites = and_(
            site_in_scope(self._scope), true() if site is None else sites.c.name == site
        )
        span = span_of(first, last)
        with self._database.read() as connection:
            return StatisticsReport(
                days=_days(connection, in_sites, first, last),
                waiting=_waiting(connection, in_sites),
                agreement=_agreement(connection, in_sites, span),
                sampled=_sampled(connection, in_sites, span),
            )


def _days(
    connection: Connection, in_sites: ColumnElement[bool], first: date, last: date
) -> tuple[DailyStatistics, ...]:
    """Kept ones that have not changed since, and all others counted now."""
    kept = last_rolled_up(connection) or first - timedelta(days=1)
    stale = stale_days(connection, in_sites, first, last)
    days = [
        day
        for day in rolled_up_days(connection, in_sites, first, min(kept, last))
        if day.day not in stale
    ]
    open_spans = [span_of(day, day) for day in stale]
    if kept < last:
        open_spans.append(span_of(max(first, kept + timedelta(days=1)), last))
    if open_spans:
        days += count_days(connection, in_sites, submitted_in(*open_spans))
    return tuple(sorted(days, key=lambda day: (day.day, day.site)))


def _waiting(connection: Connection, in_sites: ColumnElement[bool]) -> Backlog:
    query = select(func.count().label("number"), func.min(arrival).label("oldest"))
    row = connection.execute(
        query.select_from(comments.join(sites)).where(is_flagged, in_sites)
    ).one()
    return Backlog(row.number, row.oldest)


def _sampled(connection: Connection, in_sites: ColumnElement[bool], span: Span) -> Ratio:
    """Of the audit sample's reviews in the span, those that agree with the policy."""
    agree = func.sum(case((sample_reviews.c.agrees, 1), else_=0))
    reviewed = sample_reviews.join(comments, comments.c.id == sample_reviews.c.comment_id)
    query = select(func.count(), agree).select_from(reviewed.join(sites))
    in_span = sample_reviews.c.reviewed_at.between(*span)
    whole, part = connection.execute(query.where(in_sites, in_span)).one()
    return Ratio(int(part or 0), whole)


def _agreement(connection: Connection, in_sites: ColumnElement[bool], span: Span) -> Ratio:
    """Of pairs of decisions about one comment by two moderators, those with the same outcome.

    A decision that was taken back, and the one that took it back, are no part of a pair.
    """
    pair = and_(
        _other.c.comment_id == decisions.c.comment_id,
        _other.c.version < decisions.c.version,
        _other.c.actor == Actor.MODERATOR,
        _other.c.moderator_id != decisions.c.moderator_id,
        _other.c.to_status.in_(SETTLED),
    )
    stands = (
        ~which(table) for table in (decisions, _other) for which in (takes_back, is_taken_back)
    )
    both = and_(in_sites, _settled_again, decisions.c.decided_at.between(*span), *stands)
    same = func.sum(case((_other.c.to_status == decisions.c.to_status, 1), else_=0))
    query = select(func.count(), same).select_from(_decided_comments.join(_other, pair))
    whole, part = connection.execute(query.where(both)).one()
    return Ratio(int(part or 0), whole)
