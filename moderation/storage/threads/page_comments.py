"""The approved comments of a page as one list by time, some at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, select

from moderation.comments import CommentNotFound
from moderation.pages.reading_place import ReadingPlace
from moderation.storage.comments.pages import (
    SELECT_PUBLIC,
    Page,
    PublicComment,
    has_answer,
    to_public,
)
from moderation.storage.database.engine import Database
from moderation.storage.database.keyset import Keyset
from moderation.storage.schema.comments import comments, is_approved, is_erased, is_pinned


class Order(StrEnum):
    """By time of submission."""

    OLDEST = "oldest"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class CommentPart:
    """Some of a page's comments; `next` is where to go on, None where nothing follows."""

    comments: Sequence[PublicComment]
    next: str | None


_KEYSETS = {
    Order.OLDEST: Keyset((comments.c.submitted_at, comments.c.id)),
    Order.NEWEST: Keyset((comments.c.submitted_at, comments.c.id), descending=True),
}
# Two queries and not one, so that each has an index in the order of what is shown.
_SHOWN = (
    SELECT_PUBLIC.where(is_approved),
    SELECT_PUBLIC.where(is_erased, has_answer),
)
_PINNED = SELECT_PUBLIC.where(is_pinned).order_by(comments.c.pinned_at.desc(), comments.c.id.desc())


class PageComments:
    """The comments of all pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def approved(self, page: Page, *, after: str | None, limit: int, order: Order) -> CommentPart:
        """At most `limit` public comments that follow the place `after`, pinned ones first.

        Those are the approved ones, and erased ones that have an approved answer. A place is the
        `next` of an earlier part, or the public id of a comment.

        Raises CommentNotFound where `after` is no place of the page.
        """
        start = ReadingPlace.parse(after)
        with self._database.read() as connection:
            pinned = _pinned(connection, page, start)
            first = [to_public(row) for row in pinned[:limit]]
            start = ReadingPlace(start.place, (*start.pinned, *(one.id for one in first)))
            most = limit + 1 - len(first)
            rows = _following(connection, page, _KEYSETS[order], start, most)
        shown = [*first, *(to_public(row) for row in rows)]
        if len(shown) <= limit and len(pinned) <= limit:
            return CommentPart(shown, None)
        last = shown[limit - 1].id if len(first) < limit else None
        return CommentPart(shown[:limit], str(ReadingPlace(last, start.pinned)))


def _pinned(
    connection: Connection, page: Page, start: ReadingPlace
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Those that come first, and were not shown yet."""
    if not start.room:
        return ()
    of_page = comments.c.page_id == page.id
    query = _PINNED.where(of_page, comments.c.public_id.not_in(start.pinned))
    return connection.execute(query.limit(start.room)).all()


def _following(
    connection: Connection, page: Page, keyset: Keyset, start: ReadingPlace, limit: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    """At most `limit` that follow a place, without those that stand first."""
    of_page = comments.c.page_id == page.id
    if start.pinned:
        of_page &= comments.c.public_id.not_in(start.pinned)
    if start.place is not None:
        of_page &= keyset.after(_place_of(connection, page, start.place))
    rows = [
        row
        for query in _SHOWN
        for row in connection.execute(query.where(of_page).order_by(*keyset.order_by).limit(limit))
    ]
    rows.sort(key=lambda row: (row.submitted_at, row.id), reverse=keyset.descending)
    return rows[:limit]


def _place_of(connection: Connection, page: Page, comment_id: str) -> Row[*tuple[Any, ...]]:
    query = select(comments.c.submitted_at, comments.c.id).where(
        comments.c.public_id == comment_id, comments.c.page_id == page.id
    )
    row = connection.execute(query).first()
    if row is None:
        raise CommentNotFound(comment_id)
    return row
