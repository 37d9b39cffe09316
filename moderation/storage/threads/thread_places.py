"""The threads of a page in each order, and how to go on from any of them in both directions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from moderation.comments import CommentNotFound
from moderation.pages.reading_place import MAX_PINNED
from moderation.storage.comments.pages import Page
from moderation.storage.database.keyset import Keyset
from moderation.storage.schema.comments import comments, is_pinned
from moderation.storage.schema.threads import is_shown, threads


class ThreadOrder(StrEnum):
    """By the time of the first comment, or by the number of answers."""

    OLDEST = "oldest"
    NEWEST = "newest"
    REPLIES = "replies"


_TIME = (threads.c.started_at, threads.c.root_id)
_COLUMNS = {
    ThreadOrder.OLDEST: (_TIME, False),
    ThreadOrder.NEWEST: (_TIME, True),
    ThreadOrder.REPLIES: ((threads.c.answers, *_TIME), True),
}
_FORTH = {order: Keyset(columns, down) for order, (columns, down) in _COLUMNS.items()}
_BACK = {order: Keyset(columns, not down) for order, (columns, down) in _COLUMNS.items()}
_PLACES = select(
    threads.c.root_id, threads.c.started_at, threads.c.answers, comments.c.public_id
).join(comments, comments.c.id == threads.c.root_id)

# Built once: to build it costs more than to run it.
_PINNED = (
    _PLACES.where(comments.c.page_id == bindparam("page"), is_pinned)
    .order_by(comments.c.pinned_at.desc(), comments.c.id.desc())
    .limit(MAX_PINNED)
)


@dataclass(frozen=True, slots=True)
class ThreadList:
    """The threads of a page in an order, without pinned ones, by the ids of their first comments.

    These stand before all others, in whatever order.
    """

    page: Page
    order: ThreadOrder
    pinned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ThreadPlace:
    """Where a thread is; `id` is the public id of its first comment."""

    root_id: int
    started_at: datetime
    answers: int
    id: str

    def cursor(self, order: ThreadOrder) -> str:
        """Return what says this place later, however many answers have come or gone by then."""
        return f"{self.answers}.{self.id}" if order is ThreadOrder.REPLIES else self.id

    def values(self, order: ThreadOrder) -> tuple[Any, ...]:
        """Return the values of the order's columns."""
        time = (self.started_at, self.root_id)
        return (self.answers, *time) if order is ThreadOrder.REPLIES else time


def place_at(connection: Connection, listed: ThreadList, cursor: str) -> ThreadPlace:
    """Return the place that a cursor says; raises CommentNotFound where it is none of the page."""
    answers, _, public_id = cursor.rpartition(".")
    is_number = answers.isascii() and answers.isdigit() and len(answers) <= 9
    if is_number is not (listed.order is ThreadOrder.REPLIES):
        raise CommentNotFound(cursor)
    row = connection.execute(
        _PLACES.where(comments.c.public_id == public_id, threads.c.page_id == listed.page.id)
    ).first()
    if row is None:
        raise CommentNotFound(cursor)
    place = _to_place(row)
    return ThreadPlace(place.root_id, place.started_at, int(answers or 0), place.id)


def place_of_thread(connection: Connection, page: Page, root_id: int) -> ThreadPlace | None:
    """Return the place of a thread of the page; None where nothing of it is public."""
    of_thread = (threads.c.root_id == root_id) & (threads.c.page_id == page.id)
    row = connection.execute(_PLACES.where(of_thread, is_shown)).first()
    return None if row is None else _to_place(row)


def pinned_places(connection: Connection, page: Page) -> list[ThreadPlace]:
    """Return the threads that stand first on a page, the one pinned last before the others."""
    return [_to_place(row) for row in connection.execute(_PINNED, {"page": page.id})]


def places_after(
    connection: Connection, listed: ThreadList, place: ThreadPlace | None, limit: int
) -> list[ThreadPlace]:
    """Return at most `limit` places behind one; behind none: the first that is not pinned."""
    return _places(connection, listed, _FORTH[listed.order], place, limit)


def places_before(
    connection: Connection, listed: ThreadList, place: ThreadPlace, limit: int
) -> list[ThreadPlace]:
    """Return at most `limit` places before one, in the order of the page, pinned ones left out."""
    return _places(connection, listed, _BACK[listed.order], place, limit)[::-1]


def _places(
    connection: Connection,
    listed: ThreadList,
    keyset: Keyset,
    place: ThreadPlace | None,
    limit: int,
) -> list[ThreadPlace]:
    query = _PLACES.where(threads.c.page_id == listed.page.id, is_shown)
    if listed.pinned:
        query = query.where(comments.c.public_id.not_in(listed.pinned))
    if place is not None:
        query = query.where(keyset.beyond(place.values(listed.order)))
    rows = connection.execute(query.order_by(*keyset.order_by).limit(limit))
    return [_to_place(row) for row in rows]


def _to_place(row: Row[*tuple[Any, ...]]) -> ThreadPlace:
    return ThreadPlace(row.root_id, row.started_at, row.answers, row.public_id)
