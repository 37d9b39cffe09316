"""The records of bulks: what each would do, who began it, and how much of it still stands."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from moderation.accounts.moderators import AccessScope
from moderation.clock import Clock
from moderation.comments import Status
from moderation.review.search_filter import Filter
from moderation.sites import SiteNotFound
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import BulkRef
from moderation.storage.review.cards import Card
from moderation.storage.schema.accounts import moderators
from moderation.storage.schema.comments import comments
from moderation.storage.schema.decisions import bulks, decisions, is_latest


class BulkNotFound(LookupError):
    """No bulk in scope has this id."""


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a bulk would do.

    Attributes:
        number: How many comments it would decide.
        more: Whether there are more than may be in one bulk; it has the newest then.
        sample: The cards of the first ones.
        upto: The public id of its newest comment: later ones are not part of it.
    """

    number: int
    more: bool
    sample: list[Card]
    upto: str | None


@dataclass(frozen=True, slots=True)
class Bulk:
    """A bulk and what it did.

    Attributes:
        id: Its public id.
        moderator: The name of who began it.
        filter: Which comments it decided; None where they were chosen one by one.
        status: What they became.
        begun_at: When it began.
        ended: Whether it has decided all.
        undone: Whether it was undone.
        decided: How many comments it decided.
        standing: How many of these nobody has changed since.
    """

    id: str
    moderator: str
    filter: Filter | None
    status: Status
    begun_at: datetime
    ended: bool
    undone: bool
    decided: int
    standing: int


class BulkRecords:
    """The bulks of all moderators that are wholly in somebody's scope."""

    def __init__(self, database: Database, clock: Clock, scope: AccessScope) -> None:
        self._database = database
        self._clock = clock
        self._scope = scope

    def begin(self, search_filter: Filter, status: Status, moderator_id: int) -> BulkRef:
        """Insert a bulk of what a filter finds and return its ids; raises SiteNotFound."""
        fields, names = search_filter.as_fields(), self._sites(search_filter)
        return self._insert(filter=fields, sites=names, status=status, moderator_id=moderator_id)

    def begin_chosen(self, names: Sequence[str], status: Status, moderator_id: int) -> BulkRef:
        """Insert a bulk of comments chosen one by one, on sites of these names."""
        return self._insert(
            filter=None, sites=list(names), status=status, moderator_id=moderator_id
        )

    def set_moments(self, bulk: BulkRef, **moments: datetime) -> None:
        """Set when a bulk ended or was undone: `ended_at`, `undone_at`."""
        with self._database.write() as connection:
            connection.execute(bulks.update().where(bulks.c.id == bulk.number).values(moments))

    def row(self, public_id: str) -> Row[Any]:
        """Return the row of a bulk; raises BulkNotFound."""
        with self._database.read() as connection:
            row = connection.execute(_BULKS.where(bulks.c.public_id == public_id)).first()
        if row is None or not self._in_scope(row):
            raise BulkNotFound(public_id)
        return row

    def get(self, public_id: str) -> Bulk:
        """Return a bulk; raises BulkNotFound."""
        (bulk,) = self._to_bulks([self.row(public_id)])
        return bulk

    def latest(self, limit: int) -> list[Bulk]:
        """Return the last bulks, newest first."""
        query = _BULKS.order_by(bulks.c.id.desc())
        if self._scope.sites is None:
            query = query.limit(limit)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return self._to_bulks([row for row in rows if self._in_scope(row)][:limit])

    def _insert(self, **values: object) -> BulkRef:
        public_id = secrets.token_urlsafe(12)
        statement = bulks.insert().values(public_id=public_id, begun_at=self._clock(), **values)
        with self._database.write() as connection:
            number = connection.execute(statement.returning(bulks.c.id)).scalar_one()
        return BulkRef(number, public_id)

    def _sites(self, search_filter: Filter) -> list[str] | None:
        """The names of the sites that it can decide comments of; None means any."""
        if search_filter.site is not None:
            if not self._scope.includes(search_filter.site):
                raise SiteNotFound(search_filter.site)
            return [search_filter.site]
        return None if self._scope.sites is None else sorted(self._scope.sites)

    def _in_scope(self, row: Row[Any]) -> bool:
        if self._scope.sites is None:
            return True
        return row.sites is not None and self._scope.sites.issuperset(row.sites)

    def _to_bulks(self, rows: Sequence[Row[Any]]) -> list[Bulk]:
        query = _COUNTED.where(decisions.c.bulk_id.in_([row.id for row in rows]))
        with self._database.read() as connection:
            counted = {row.bulk_id: row for row in connection.execute(query)}
        return [_to_bulk(row, counted.get(row.id)) for row in rows]


_BULKS = select(bulks, moderators.c.name.label("moderator")).select_from(bulks.join(moderators))
_COUNTED = (
    select(
        decisions.c.bulk_id,
        func.count().label("decided"),
        func.count(comments.c.id).label("standing"),
    )
    .select_from(
        decisions.join(bulks, decisions.c.bulk_id == bulks.c.id).outerjoin(comments, is_latest)
    )
    .where(decisions.c.to_status == bulks.c.status)
    .group_by(decisions.c.bulk_id)
)


def standing(bulk: Row[Any]) -> Select[Any]:
    """Select the bulk's decisions that are still the latest, by comment."""
    return (
        select(comments.c.id, decisions.c.version, decisions.c.from_status)
        .select_from(decisions.join(comments, is_latest))
        .where(decisions.c.bulk_id == bulk.id, decisions.c.to_status == bulk.status)
        .order_by(decisions.c.comment_id)
    )


def _to_bulk(row: Row[Any], counted: Row[Any] | None) -> Bulk:
    """Nothing is counted of a bulk that decided nothing."""
    return Bulk(
        id=row.public_id,
        moderator=row.moderator,
        filter=None if row.filter is None else Filter.parse(row.filter),
        status=Status(row.status),
        begun_at=row.begun_at,
        ended=row.ended_at is not None,
        undone=row.undone_at is not None,
        decided=0 if counted is None else counted.decided,
        standing=0 if counted is None else counted.standing,
    )
