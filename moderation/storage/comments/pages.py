"""Pages as readers see them: the approved comments, page by page, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from moderation.comments import CommentNotFound, Status, Submission
from moderation.sites import Site
from moderation.storage.database.engine import Database, insert_for
from moderation.storage.database.keyset import Keyset
from moderation.storage.schema.comments import comments
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


_KEYSETS = {
    Order.OLDEST: Keyset((comments.c.submitted_at, comments.c.id)),
    Order.NEWEST: Keyset((comments.c.submitted_at, comments.c.id), descending=True),
}
_EMPTY = Page(id=None, count=0, revision=0)
# Built once: to build a statement costs as much as to run it.
_BY_KEY = select(pages).where(
    pages.c.site_id == bindparam("site_id"), pages.c.key == bindparam("key")
)
_STATE = select(pages.c.id, pages.c.approved, pages.c.revision, SELECT_INCARNATION).where(
    pages.c.site_id == bindparam("site_id"), pages.c.key == bindparam("key")
)
_parents = comments.alias("parents")
_PUBLIC = (
    select(
        comments.c.public_id,
        comments.c.name,
        comments.c.text,
        comments.c.submitted_at,
        _parents.c.public_id.label("parent"),
    )
    .select_from(comments.outerjoin(_parents, comments.c.parent_id == _parents.c.id))
    .where(comments.c.status == Status.APPROVED)
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
        """The page's address as it was last given, if ever."""
        with self._database.read() as connection:
            row = connection.execute(_BY_KEY, {"site_id": site.id, "key": key}).first()
        return None if row is None else row.url

    def counts(self, site: Site, keys: Sequence[str]) -> dict[str, int]:
        """The number of approved comments of each page asked for."""
        query = select(pages.c.key, pages.c.approved).where(
            pages.c.site_id == site.id, pages.c.key.in_(keys)
        )
        with self._database.read() as connection:
            approved = {row.key: row.approved for row in connection.execute(query)}
        return {key: approved.get(key, 0) for key in keys}

    def approved(
        self, page: Page, *, after: str | None, limit: int, order: Order
    ) -> list[PublicComment]:
        """At most `limit` approved comments that follow the comment with the public id `after`.

        Raises CommentNotFound where `after` is no comment of the page.
        """
        keyset = _KEYSETS[order]
        query = _PUBLIC.where(comments.c.page_id == page.id).order_by(*keyset.order_by).limit(limit)
        with self._database.read() as connection:
            if after is not None:
                query = query.where(keyset.after(_place_of(connection, page, after)))
            return [_to_public(row) for row in connection.execute(query)]


def find_or_add_page(connection: Connection, site: Site, submission: Submission) -> int:
    """The page's id; the first address and title given for it are kept."""
    row = connection.execute(_BY_KEY, {"site_id": site.id, "key": submission.page}).first()
    if row is None:
        return _add_page(connection, site, submission)
    additions = {
        name: value
        for name, value in (("url", submission.url), ("title", submission.title))
        if value is not None and row._mapping[name] is None
    }
    if additions:
        connection.execute(pages.update().where(pages.c.id == row.id).values(additions))
    return int(row.id)


def _add_page(connection: Connection, site: Site, submission: Submission) -> int:
    key = {"site_id": site.id, "key": submission.page}
    given = {"url": submission.url, "title": submission.title}
    statement = (
        insert_for(connection)(pages)
        .values(**key, **given, approved=0, revision=0)
        # Two first comments at one moment: the second finds the page of the first.
        .on_conflict_do_update(index_elements=["site_id", "key"], set_=key)
        .returning(pages.c.id)
    )
    return int(connection.execute(statement).scalar_one())


def _place_of(connection: Connection, page: Page, comment_id: str) -> Row[*tuple[Any, ...]]:
    query = select(comments.c.submitted_at, comments.c.id).where(
        comments.c.public_id == comment_id, comments.c.page_id == page.id
    )
    row = connection.execute(query).first()
    if row is None:
        raise CommentNotFound(comment_id)
    return row


def _to_public(row: Row[*tuple[Any, ...]]) -> PublicComment:
    return PublicComment(row.public_id, row.name, row.text, row.submitted_at, row.parent)
