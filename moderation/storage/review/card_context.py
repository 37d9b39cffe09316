"""The context of a card: its author's record, near-duplicates, holds, skips and notes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Label,
    Row,
    ScalarSelect,
    bindparam,
    func,
    select,
)

from moderation.accounts.moderators import AccessScope
from moderation.clock import Clock
from moderation.comments import SETTLED
from moderation.review.notes import Note
from moderation.storage.comments.visibility import comment_in_scope
from moderation.storage.database.engine import Database
from moderation.storage.database.limited_times import is_running
from moderation.storage.review.holds import HOLD
from moderation.storage.review.notes import Notes
from moderation.storage.schema.accounts import moderators
from moderation.storage.schema.column_types import UtcTime
from moderation.storage.schema.comments import comments
from moderation.storage.schema.review import holds, skips

COUNTED = 100  # no further: whoever has as many, it makes no difference
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AuthorRecord:
    """How many of an author's comments on the site were approved and rejected, up to COUNTED."""

    approved: int
    rejected: int


@dataclass(frozen=True, slots=True)
class CardContext:
    """The context of one comment.

    Attributes:
        by_address: The author's record by address; None where no address was kept.
        by_name: The author's record by name.
        similar: Near-duplicates on the site within the last day, up to COUNTED.
        held_by: The name of another moderator who holds the card.
        skipped_by: The names of those who skipped it, who skipped first comes first.
        notes: What moderators wrote about it, oldest first.
    """

    by_address: AuthorRecord | None
    by_name: AuthorRecord
    similar: int
    held_by: str | None
    skipped_by: tuple[str, ...]
    notes: tuple[Note, ...]

    @property
    def new(self) -> bool:
        """Whether no comment of this author was ever decided on the site."""
        record = self.by_address or self.by_name
        return record == AuthorRecord(0, 0)


_others = comments.alias("others")


def _capped_count(which: ColumnElement[bool]) -> ScalarSelect[int]:
    """Count comments of the same site, up to COUNTED and no further."""
    counted = (
        select(_others.c.id)
        .where(_others.c.site_id == comments.c.site_id, which)
        .limit(COUNTED)
        .correlate(comments)
        .subquery()
    )
    return select(func.count()).select_from(counted).scalar_subquery()


def _counts() -> Iterator[Label[int]]:
    address = _others.c.address_hash == comments.c.address_hash
    name = _others.c.name == comments.c.name
    for label, which in (("address", address), ("name", name)):
        for status in SETTLED:
            yield _capped_count(which & (_others.c.status == status)).label(f"{label}_{status}")
    alike = _others.c.fingerprint == comments.c.fingerprint
    lately = _others.c.submitted_at > bindparam("yesterday", type_=UtcTime)
    yield _capped_count(alike & lately & (_others.c.id != comments.c.id)).label("similar")


# Built once: for a single card that takes as long as all its queries (measured).
_KNOWN = select(comments.c.public_id, comments.c.address_hash, *_counts())


class CardContexts:
    """The contexts of comments in somebody's scope, in a few queries for all of them."""

    def __init__(self, database: Database, clock: Clock, scope: AccessScope) -> None:
        self._database = database
        self._clock = clock
        self._scope = scope
        self._notes = Notes(database, clock, scope)

    def of(self, comment_ids: Sequence[str], *, moderator_id: int) -> Mapping[str, CardContext]:
        """Return the contexts by public id, as this moderator is to see them."""
        notes = self._notes.of(comment_ids)
        shown = comments.c.public_id.in_(comment_ids) & comment_in_scope(self._scope)
        yesterday = {"yesterday": self._clock() - _DAY}
        with self._database.read() as connection:
            held = _held(connection, comment_ids, moderator_id, self._clock())
            skipped = _skipped(connection, comment_ids)
            return {
                row.public_id: CardContext(
                    by_address=_by_address(row),
                    by_name=AuthorRecord(row.name_approved, row.name_rejected),
                    similar=row.similar,
                    held_by=held.get(row.public_id),
                    skipped_by=skipped.get(row.public_id, ()),
                    notes=notes.get(row.public_id, ()),
                )
                for row in connection.execute(_KNOWN.where(shown), yesterday)
            }


def _by_address(row: Row[Any]) -> AuthorRecord | None:
    return row.address_hash and AuthorRecord(row.address_approved, row.address_rejected)


def _held(
    connection: Connection, comment_ids: Sequence[str], moderator_id: int, now: datetime
) -> dict[str, str]:
    query = (
        select(comments.c.public_id, moderators.c.name)
        .select_from(holds.join(comments).join(moderators, holds.c.moderator_id == moderators.c.id))
        .where(
            comments.c.public_id.in_(comment_ids),
            holds.c.moderator_id != moderator_id,
            is_running(holds.c.expires_at, now, HOLD),
        )
    )
    return {row.public_id: row.name for row in connection.execute(query)}


def _skipped(connection: Connection, comment_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    query = (
        select(comments.c.public_id, moderators.c.name)
        .select_from(skips.join(comments).join(moderators, skips.c.moderator_id == moderators.c.id))
        .where(comments.c.public_id.in_(comment_ids))
        .order_by(skips.c.id)
    )
    names: dict[str, dict[str, None]] = defaultdict(dict)  # each once, in order
    for row in connection.execute(query):
        names[row.public_id][row.name] = None
    return {comment_id: tuple(skippers) for comment_id, skippers in names.items()}
