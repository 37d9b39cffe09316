"""What is kept of one reader: their comments, their reports, and why they are under a sanction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from moderation.comments import Status
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import comments
from moderation.storage.schema.review import reports, sanctions
from moderation.storage.schema.sites import pages, sites


@dataclass(frozen=True, slots=True)
class KeptComment:
    """A comment that can be erased, without its text."""

    id: str
    site: str
    page: str
    status: Status
    submitted_at: datetime


_QUERY = (
    select(
        comments.c.public_id,
        sites.c.name.label("site"),
        pages.c.key,
        comments.c.status,
        comments.c.submitted_at,
    )
    .select_from(
        comments.join(sites, comments.c.site_id == sites.c.id).join(
            pages, comments.c.page_id == pages.c.id
        )
    )
    .where(comments.c.status != Status.ERASED)
    .order_by(comments.c.id)
)


class KeptOfReader:
    """Looks for what there is of a reader, and forgets their reports."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def with_ids(self, ids: Sequence[str]) -> list[KeptComment]:
        """The comments with these public ids."""
        return self._comments(comments.c.public_id.in_(ids))

    def from_addresses(self, hashes: Sequence[str]) -> list[KeptComment]:
        """The comments from addresses with these hashes."""
        return self._comments(comments.c.address_hash.in_(hashes))

    def by_name(self, name: str, site: str) -> list[KeptComment]:
        """The comments under exactly this name on a site."""
        return self._comments(comments.c.name == name, sites.c.name == site)

    def reports(self, hashes: Sequence[str]) -> int:
        """How many reports came from addresses with these hashes."""
        query = select(func.count()).where(reports.c.address_hash.in_(hashes))
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()

    def forget_address(self, hashes: Sequence[str]) -> None:
        """Delete their reports, and what moderators wrote of why they are under a sanction."""
        is_theirs = sanctions.c.address_hash.in_(hashes)
        with self._database.write() as connection:
            connection.execute(reports.delete().where(reports.c.address_hash.in_(hashes)))
            connection.execute(sanctions.update().where(is_theirs).values(reason=""))

    def _comments(self, *conditions: ColumnElement[Any]) -> list[KeptComment]:
        with self._database.read() as connection:
            return [
                KeptComment(row.public_id, row.site, row.key, Status(row.status), row.submitted_at)
                for row in connection.execute(_QUERY.where(*conditions))
            ]
