"""Find the sanctions in force on the authors of comments."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, Connection, and_, bindparam, select

from moderation.clock import Clock
from moderation.sanctions import SanctionKind
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.engine import Database
from moderation.storage.database.listed_numbers import is_listed
from moderation.storage.schema.column_types import UtcTime
from moderation.storage.schema.comments import comments
from moderation.storage.schema.review import sanctions

same_author = and_(
    sanctions.c.site_id == comments.c.site_id,
    sanctions.c.address_hash == comments.c.address_hash,
)


def in_force(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Match sanctions that have not ended and were not lifted."""
    return and_(sanctions.c.expires_at > now, sanctions.c.lifted_at.is_(None))


_OF_COMMENTS = DriverStatement(
    select(comments.c.id, sanctions.c.kind)
    .join(sanctions, same_author)
    .where(
        is_listed(comments.c.id, "comment_ids"),
        in_force(bindparam("now", type_=UtcTime)),
    )
)


def kinds_in_force(
    connection: Connection, ids: Sequence[int], now: datetime
) -> dict[int, SanctionKind]:
    """Of these comments, those whose author is under a sanction, and the strictest of these."""
    strictest: dict[int, SanctionKind] = {}
    asked = {"comment_ids": ids, "now": now}
    for row in _OF_COMMENTS.all(connection, asked) if ids else ():
        if strictest.get(row.id) is not SanctionKind.BAN:
            strictest[row.id] = SanctionKind(row.kind)
    return strictest


class ActiveSanctions:
    """The sanctions in force, for comments that are not stored."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of_addresses(self, site_id: int, hashes: Collection[str]) -> dict[str, SanctionKind]:
        """Return the strictest sanction of the site on each of these addresses that has one."""
        query = select(sanctions.c.address_hash, sanctions.c.kind).where(
            sanctions.c.site_id == site_id,
            sanctions.c.address_hash.in_(hashes),
            in_force(self._clock()),
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        banned = {row.address_hash for row in rows if row.kind == SanctionKind.BAN}
        kinds = {row.address_hash: SanctionKind(row.kind) for row in rows}
        return {**kinds, **dict.fromkeys(banned, SanctionKind.BAN)}
