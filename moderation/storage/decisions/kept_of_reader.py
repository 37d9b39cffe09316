"""What is kept of one reader: their comments, their reports, and why they are under a sanction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from moderation.comments import Status
from moderation.storage.database.engine import Database
from moderation.storage.reader_mail.forgotten_addresses import forget_addresses
from moderation.storage.schema.comments import comments
from moderation.storage.schema.review import reports, sanctions
from moderation.storage.schema.sites import pages, sites
from moderation.storage.schema.subscriptions import is_confirmed, mail_addresses, subscriptions


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

    def by_email(self, email_hashes: Sequence[str]) -> list[KeptComment]:
        """The comments whose author has confirmed the e-mail address with these hashes."""
        theirs = (
            select(subscriptions.c.comment_id)
            .join(mail_addresses, mail_addresses.c.id == subscriptions.c.address_id)
            .where(mail_addresses.c.address_hash.in_(email_hashes), is_confirmed)
        )
        return self._comments(comments.c.id.in_(theirs))

    def forget_email(self, email_hashes: Sequence[str]) -> None:
        """Delete an e-mail address everywhere, also where others left it, or it was stopped."""
        with self._database.write() as connection:
            forget_addresses(connection, email_hashes)

    def reports(self, hashes: Sequence[str]) -> int:
        """How many reports came from addresses with these hashes."""
        query = select(func.count()).where(reports.c.address_hash.in_(hashes))
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()

    def addresses_of(self, ids: Sequence[str]) -> list[str]:
        """The hashes of the addresses from which these comments came, as long as they are there."""
        query = select(comments.c.address_hash).distinct()
        query = query.where(comments.c.public_id.in_(ids), comments.c.address_hash.is_not(None))
        with self._database.read() as connection:
            return [str(row.address_hash) for row in connection.execute(query)]

    def forget_reports(self, hashes: Sequence[str]) -> None:
        """Delete what was reported from these addresses."""
        with self._database.write() as connection:
            connection.execute(reports.delete().where(reports.c.address_hash.in_(hashes)))

    def forget_reasons(self, hashes: Sequence[str]) -> None:
        """Delete what moderators wrote of why these addresses are under a sanction."""
        is_theirs = sanctions.c.address_hash.in_(hashes)
        with self._database.write() as connection:
            connection.execute(sanctions.update().where(is_theirs).values(reason=""))

    def _comments(self, *conditions: ColumnElement[Any]) -> list[KeptComment]:
        with self._database.read() as connection:
            return [
                KeptComment(row.public_id, row.site, row.key, Status(row.status), row.submitted_at)
                for row in connection.execute(_QUERY.where(*conditions))
            ]
