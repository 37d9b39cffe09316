"""Find all that one author sent to a site, by the hashed address or by name."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, select, union_all

from moderation.accounts.moderators import AccessScope
from moderation.comments import SETTLED, Comment, CommentNotFound, Status
from moderation.storage.comments.comments import SELECT_COMMENT, find_comment, to_comment
from moderation.storage.comments.visibility import comment_with_id
from moderation.storage.database.engine import Database
from moderation.storage.database.keyset import Keyset
from moderation.storage.schema.comments import comments


class AuthorKey(StrEnum):
    """By what comments are taken for one author's."""

    ADDRESS = "address"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Author:
    """The author of `comment`.

    Attributes:
        comment: One of the author's comments.
        known_by: By what the others were found.
        has_address: Whether an address was kept with `comment`.
        counts: How many of the author's comments have each status.
        seen_at: When the newest of them was submitted.
    """

    comment: Comment
    key: AuthorKey
    has_address: bool
    counts: dict[Status, int]
    seen_at: datetime

    @property
    def rejection_rate(self) -> float | None:
        """Rejected among approved and rejected, 0 to 1; None where none was decided."""
        approved, rejected = (self.counts[status] for status in SETTLED)
        return rejected / (approved + rejected) if approved + rejected else None


class AuthorHistory:
    """Authors in somebody's scope, each found by one of their comments.

    The hash of an address is never shown.
    """

    def __init__(self, database: Database, scope: AccessScope) -> None:
        self._database = database
        self._scope = scope

    def of(self, comment_id: str, known_by: AuthorKey | None = None) -> Author:
        """Return a comment's author.

        Args:
            comment_id: The public id of one of the author's comments.
            known_by: None means by address; by name in any case where no address was kept.

        Raises:
            CommentNotFound: No comment in scope has this id.
        """
        with self._database.read() as connection:
            row = _author_row(connection, comment_id, self._scope)
            known_by = _known_by(row, known_by)
            query = (
                select(comments.c.status, func.count().label("number"), _newest)
                .where(_same(row, known_by))
                .group_by(comments.c.status)
            )
            rows = {Status(row.status): row for row in connection.execute(query)}
            return Author(
                comment=find_comment(connection, comment_id),
                key=known_by,
                has_address=row.address_hash is not None,
                counts={status: rows[status].number if status in rows else 0 for status in Status},
                seen_at=max(row.newest for row in rows.values()),
            )

    def comments(self, author: Author, *, limit: int, after: str | None = None) -> list[Comment]:
        """Return at most `limit` of the author's comments, newest first.

        Args:
            author: As `of` returned it.
            limit: How many.
            after: The public id of the comment to go on after.

        Raises:
            CommentNotFound: `after` is no comment in scope.
        """
        with self._database.read() as connection:
            same = _same(_author_row(connection, author.comment.id, self._scope), author.key)
            if after is not None:
                row = _author_row(connection, after, self._scope)
                same &= _NEWEST_FIRST.after(row)
            newest = _newest_ids(same, limit).subquery()
            query = SELECT_COMMENT.where(comments.c.id.in_(select(newest.c.id)))
            rows = connection.execute(query.order_by(*_NEWEST_FIRST.order_by).limit(limit))
            return [to_comment(row) for row in rows]


_newest = func.max(comments.c.submitted_at, type_=comments.c.submitted_at.type).label("newest")
_NEWEST_FIRST = Keyset((comments.c.submitted_at, comments.c.id), descending=True)


def _newest_ids(same: ColumnElement[bool], limit: int) -> Any:
    """The newest of each status: one index answers each, and nothing is sorted but these."""
    by_status = (
        select(comments.c.id)
        .where(same, comments.c.status == status)
        .order_by(*_NEWEST_FIRST.order_by)
        .limit(limit)
        .subquery()
        for status in Status
    )
    return union_all(*(select(newest.c.id) for newest in by_status))


def _author_row(
    connection: Connection, comment_id: str, scope: AccessScope
) -> Row[*tuple[Any, ...]]:
    query = select(
        comments.c.id,
        comments.c.site_id,
        comments.c.address_hash,
        comments.c.name,
        comments.c.submitted_at,
    )
    is_there = comments.c.status != Status.ERASED  # of whose author nothing is kept
    row = connection.execute(query.where(comment_with_id(comment_id, scope), is_there)).first()
    if row is None:
        raise CommentNotFound(comment_id)
    return row


def _known_by(row: Row[*tuple[Any, ...]], known_by: AuthorKey | None) -> AuthorKey:
    if row.address_hash is None:
        return AuthorKey.NAME
    return known_by or AuthorKey.ADDRESS


def _same(row: Row[*tuple[Any, ...]], known_by: AuthorKey) -> ColumnElement[bool]:
    column = comments.c.address_hash if known_by is AuthorKey.ADDRESS else comments.c.name
    return and_(comments.c.site_id == row.site_id, column == row._mapping[column])
