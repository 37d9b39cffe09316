"""Pages as readers see them: the approved comments, page by page, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from moderation.comments import CommentNotFound, Status
from moderation.sites import Site
from moderation.storage.database.engine import Database
from moderation.storage.database.keyset import Keyset
from moderation.storage.schema.comments import comments, is_erased
from moderation.storage.schema.sites import pages
from moderation.storage.system.incarnation import SELECT_INCARNATION, incarnation_of


class Order(StrEnum):
    """By time of submission."""

    OLDEST = "oldest"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Page:
    """A page's public state: `revision` changes whenever what is public does."""

    id: int | None
    count: int
    revision: int
    incarnation: str = ""  # of the database: a revision comes again where a backup is restored


@dataclass(frozen=True, slots=True)
class PublicComment:
    """What anyone may see of an approved comment, and nothing else."""

    id: str
    name: str
    text: str
    submitted_at: datetime
    parent: str | None
    is_staff: bool  # a moderator wrote it for the site
    is_erased: bool = False  # name and text are empty: it stands there for its answers


_KEYSETS = {
    Order.OLDEST: Keyset((comments.c.submitted_at, comments.c.id)),
    Order.NEWEST: Keyset((comments.c.submitted_at, comments.c.id), descending=True),
}
_EMPTY = Page(id=None, count=0, revision=0)
# The page itself, or the one that it was moved to. Built once: to build a statement costs as much
# as to run it.
_named = pages.alias("named")
_is_named = (_named.c.site_id == bindparam("site_id")) & (_named.c.key == bindparam("key"))
_BY_KEY = (
    select(pages)
    .join(_named, pages.c.id == func.coalesce(_named.c.moved_to, _named.c.id))
    .where(_is_named)
)
_STATE = (
    select(pages.c.id, pages.c.approved, pages.c.revision, SELECT_INCARNATION)
    .join(_named, pages.c.id == func.coalesce(_named.c.moved_to, _named.c.id))
    .where(_is_named)
)
_parents = comments.alias("parents")
_replies = comments.alias("replies")
_has_answer = (
    select(_replies.c.id)
    .where(_replies.c.parent_id == comments.c.id, _replies.c.status == Status.APPROVED)
    .exists()
)
_SELECT_PUBLIC = select(
    comments.c.id,
    comments.c.public_id,
    comments.c.name,
    comments.c.text,
    comments.c.submitted_at,
    _parents.c.public_id.label("parent"),
    comments.c.staff_id.is_not(None).label("is_staff"),
    is_erased.label("is_erased"),
).select_from(comments.outerjoin(_parents, comments.c.parent_id == _parents.c.id))
# Two queries and not one, so that each has an index in the order of what is shown.
_SHOWN = (
    _SELECT_PUBLIC.where(comments.c.status == Status.APPROVED),
    _SELECT_PUBLIC.where(is_erased, _has_answer),
)


class Pages:
    """The pages of all sites."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, site: Site, key: str) -> Page:
        """The page's count and revision; one nobody commented on yet has neither."""
        with self._database.read() as connection:
            row = connection.execute(_STATE, {"site_id": site.id, "key": key}).first()
        return _EMPTY if row is None else self._to_page(row)

    def _to_page(self, row: Row[*tuple[Any, ...]]) -> Page:
        incarnation = row.incarnation or incarnation_of(self._database)
        return Page(row.id, row.approved, row.revision, incarnation)

    def url(self, site: Site, key: str) -> str | None:
        """The page's address, where it is known."""
        with self._database.read() as connection:
            row = connection.execute(_BY_KEY, {"site_id": site.id, "key": key}).first()
        return None if row is None else row.url

    def counts(self, site: Site, keys: Sequence[str]) -> dict[str, int]:
        """The number of approved comments of each page asked for."""
        target = pages.c.id == func.coalesce(_named.c.moved_to, _named.c.id)
        query = (
            select(_named.c.key, pages.c.approved)
            .join(pages, target)
            .where(_named.c.site_id == site.id, _named.c.key.in_(keys))
        )
        with self._database.read() as connection:
            approved = {row.key: row.approved for row in connection.execute(query)}
        return {key: approved.get(key, 0) for key in keys}

    def approved(
        self, page: Page, *, after: str | None, limit: int, order: Order
    ) -> list[PublicComment]:
        """At most `limit` public comments that follow the comment with the public id `after`.

        Those are the approved ones, and erased ones that have an approved answer.

        Raises CommentNotFound where `after` is no comment of the page.
        """
        keyset = _KEYSETS[order]
        of_page = comments.c.page_id == page.id
        with self._database.read() as connection:
            if after is not None:
                of_page &= keyset.after(_place_of(connection, page, after))
            rows = [
                row
                for query in _SHOWN
                for row in connection.execute(
                    query.where(of_page).order_by(*keyset.order_by).limit(limit)
                )
            ]
        rows.sort(key=lambda row: (row.submitted_at, row.id), reverse=keyset.descending)
        return [_to_public(row) for row in rows[:limit]]


def _place_of(connection: Connection, page: Page, comment_id: str) -> Row[*tuple[Any, ...]]:
    query = select(comments.c.submitted_at, comments.c.id).where(
        comments.c.public_id == comment_id, comments.c.page_id == page.id
    )
    row = connection.execute(query).first()
    if row is None:
        raise CommentNotFound(comment_id)
    return row


def _to_public(row: Row[*tuple[Any, ...]]) -> PublicComment:
    return PublicComment(
        row.public_id,
        row.name,
        row.text,
        row.submitted_at,
        row.parent,
        bool(row.is_staff),
        bool(row.is_erased),
    )
