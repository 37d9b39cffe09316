"""Deciding everything a filter finds, in short transactions, and undoing all of it."""

import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, func, select

from moderation.clock import Clock
from moderation.comments import Status
from moderation.filters import Filter
from moderation.storage.cards import Card, cards_of
from moderation.storage.changes import Basis, By, change
from moderation.storage.engine import Database
from moderation.storage.search import Hit, Search
from moderation.storage.tables import bulks, comments, decisions, moderators

MAX = 20_000  # comments in one bulk: about five seconds
_AT_ONCE = 200  # comments in one transaction
_PAUSE = 0.02  # seconds between two, in which others write: SQLite has one writer at a time
SHOWN = 10

Whole = Literal[Status.APPROVED, Status.REJECTED]
_DECIDABLE = {
    Status.APPROVED: (Status.FLAGGED, Status.REJECTED),
    Status.REJECTED: (Status.FLAGGED, Status.APPROVED),
}


class BulkNotFound(LookupError):
    """No bulk has this id."""


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a bulk would do. `upto` is its newest comment: later ones are not part of it."""

    number: int
    more: bool  # than may be in one bulk: the newest are
    sample: list[Card]
    upto: str | None


@dataclass(frozen=True, slots=True)
class Bulk:
    """What a bulk did; `standing` is how many nobody has changed since."""

    id: str
    moderator: str
    filter: Filter
    status: Status
    begun_at: datetime
    ended: bool
    undone: bool
    decided: int
    standing: int


class Bulks:
    """Bulks of all moderators."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        search: Search,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._database = database
        self._clock = clock
        self._search = search
        self._sleep = sleep

    def dry_run(self, wanted: Filter, status: Whole) -> DryRun:
        """What would become approved or rejected; changes nothing."""
        hits = list(islice(self._decidable(wanted, status, None), MAX + 1))
        with self._database.read() as connection:
            sample = cards_of(connection, [hit.id for hit in hits[:SHOWN]])
        upto = sample[0].comment.id if sample else None
        return DryRun(min(len(hits), MAX), len(hits) > MAX, sample, upto)

    def decide(self, wanted: Filter, status: Whole, *, upto: str, moderator_id: int) -> str:
        """Decide what the dry run found and nobody changed meanwhile; returns the bulk's id.

        Raises CommentNotFound where `upto` is no comment.
        """
        hits = list(islice(self._decidable(wanted, status, upto), MAX))
        bulk_id, public_id = self._begin(wanted, status, moderator_id)
        by = By(moderator_id, self._clock(), bulk_id)
        for some in _parts(hits):
            with self._database.write() as connection:
                _change_some(connection, some, status, by)
            self._sleep(_PAUSE)
        self._note(bulk_id, ended_at=self._clock())
        return public_id

    def undo(self, public_id: str, *, moderator_id: int) -> None:
        """Give each comment that nobody changed since what it was before; raises BulkNotFound."""
        bulk = self._row(public_id)
        by = By(moderator_id, self._clock(), bulk.id)
        query, last = _standing(bulk).limit(_AT_ONCE), 0
        while True:
            with self._database.write() as connection:
                # Beyond the last: else each part would walk over all that is undone already.
                rows = connection.execute(query.where(decisions.c.comment_id > last)).all()
                _undo_some(connection, rows, Status(bulk.status), by)
            if len(rows) < _AT_ONCE:
                break
            last = rows[-1].id
            self._sleep(_PAUSE)
        self._note(bulk.id, undone_at=self._clock())

    def get(self, public_id: str) -> Bulk:
        """Raises BulkNotFound."""
        return self._to_bulk(self._row(public_id))

    def latest(self, limit: int) -> list[Bulk]:
        """The last ones, newest first."""
        query = _BULKS.order_by(bulks.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [self._to_bulk(row) for row in rows]

    def _decidable(self, wanted: Filter, status: Whole, upto: str | None) -> Iterator[Hit]:
        found = chain.from_iterable(self._search.hits(wanted, upto=upto))
        return (hit for hit in found if hit.status in _DECIDABLE[status])

    def _begin(self, wanted: Filter, status: Status, moderator_id: int) -> tuple[int, str]:
        public_id = secrets.token_urlsafe(12)
        statement = (
            bulks.insert()
            .values(
                public_id=public_id,
                moderator_id=moderator_id,
                filter=wanted.as_fields(),
                status=status,
                begun_at=self._clock(),
            )
            .returning(bulks.c.id)
        )
        with self._database.write() as connection:
            return connection.execute(statement).scalar_one(), public_id

    def _note(self, bulk_id: int, **moments: datetime) -> None:
        with self._database.write() as connection:
            connection.execute(bulks.update().where(bulks.c.id == bulk_id).values(moments))

    def _row(self, public_id: str) -> Row[Any]:
        with self._database.read() as connection:
            row = connection.execute(_BULKS.where(bulks.c.public_id == public_id)).first()
        if row is None:
            raise BulkNotFound(public_id)
        return row

    def _to_bulk(self, row: Row[Any]) -> Bulk:
        decided = select(func.count()).where(
            decisions.c.bulk_id == row.id, decisions.c.to_status == row.status
        )
        standing = select(func.count()).select_from(_standing(row).subquery())
        with self._database.read() as connection:
            return Bulk(
                id=row.public_id,
                moderator=row.moderator,
                filter=Filter.parse(row.filter),
                status=Status(row.status),
                begun_at=row.begun_at,
                ended=row.ended_at is not None,
                undone=row.undone_at is not None,
                decided=connection.execute(decided).scalar_one(),
                standing=connection.execute(standing).scalar_one(),
            )


_BULKS = select(bulks, moderators.c.name.label("moderator")).select_from(bulks.join(moderators))


def _parts(hits: Sequence[Hit]) -> Iterator[Sequence[Hit]]:
    return (hits[start : start + _AT_ONCE] for start in range(0, len(hits), _AT_ONCE))


def _standing(bulk: Row[Any]) -> Select[Any]:
    """The bulk's decisions that are still the latest, by comment."""
    latest = (comments.c.id == decisions.c.comment_id) & (comments.c.version == decisions.c.version)
    return (
        select(comments.c.id, decisions.c.version, decisions.c.from_status)
        .select_from(decisions.join(comments, latest))
        .where(decisions.c.bulk_id == bulk.id, decisions.c.to_status == bulk.status)
        .order_by(decisions.c.comment_id)
    )


def _change_some(connection: Connection, hits: Sequence[Hit], status: Status, by: By) -> None:
    groups: defaultdict[Basis, list[int]] = defaultdict(list)
    for hit in hits:
        groups[Basis(hit.status, hit.version)].append(hit.id)
    _lock(connection, [hit.id for hit in hits])
    for basis, ids in groups.items():
        change(connection, ids, basis, status, by)


def _undo_some(connection: Connection, rows: Sequence[Row[Any]], status: Status, by: By) -> None:
    groups: defaultdict[tuple[Status, int], list[int]] = defaultdict(list)
    for row in rows:
        groups[Status(row.from_status), row.version].append(row.id)
    _lock(connection, [row.id for row in rows])
    for (before, version), ids in groups.items():
        change(connection, ids, Basis(status, version), before, by)


def _lock(connection: Connection, ids: Sequence[int]) -> None:
    """In one order, so that two bulks on the same comments wait, not deadlock (PostgreSQL)."""
    query = select(comments.c.id).where(comments.c.id.in_(ids)).order_by(comments.c.id)
    connection.execute(query.with_for_update())
