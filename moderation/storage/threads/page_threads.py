"""Threads of a page as readers see them, some at a time: a comment with the answers below it.

Nothing is lost and nothing comes twice while others write: a cursor is a place in the order, and
not a number of rows. What is withdrawn keeps its place. What is pinned comes first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, func, select

from moderation.comments import CommentNotFound, Status
from moderation.pages.reading_place import ReadingPlace
from moderation.storage.comments.pages import Page
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import comments, is_approved
from moderation.storage.threads.thread_answers import (
    ThreadComments,
    answers_beyond,
    first_answers,
    with_ancestors,
)
from moderation.storage.threads.thread_parts import PublicThread, ThreadPart, ThreadQuestion
from moderation.storage.threads.thread_places import (
    ThreadList,
    ThreadPlace,
    pinned_places,
    place_at,
    place_of_thread,
    places_after,
    places_before,
)


@dataclass(frozen=True, slots=True)
class _Places:
    """Places in a part, and the cursors for what is on both sides."""

    places: Sequence[ThreadPlace]
    next: str | None = None
    previous: str | None = None


class PageThreads:
    """The threads of all pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def part(self, page: Page, question: ThreadQuestion) -> ThreadPart:
        """Return some threads of a page; raises CommentNotFound where a cursor is none of it."""
        if page.id is None:
            return ThreadPart(())
        with self._database.read() as connection:
            target = _public_row(connection, page, question.at)
            part = _places(connection, page, question, target)
            by_thread = first_answers(connection, part.places, question.answers)
            threads = [_to_thread(place, by_thread[place.root_id]) for place in part.places]
            if target is not None and threads and not _has(threads[0], target.public_id):
                threads[0] = _around(connection, part.places[0], threads[0], target, question)
            latest = connection.execute(_LATEST.where(comments.c.page_id == page.id)).scalar()
        at = None if target is None else target.public_id
        return ThreadPart(threads, part.next, part.previous, at, latest)

    def rest(self, page: Page, root: str, after: str, limit: int) -> PublicThread:
        """Return answers of a thread behind one of its comments; raises CommentNotFound."""
        with self._database.read() as connection:
            row, first = (_row(connection, page, one) for one in (after, root))
            if row is None or first is None or (row.thread_id or row.id) != first.id:
                raise CommentNotFound(after)
            place = place_of_thread(connection, page, first.id)
            if place is None:
                raise CommentNotFound(root)
            return _to_thread(place, answers_beyond(connection, first.id, row, limit))


_ROW = select(
    comments.c.id,
    comments.c.public_id,
    comments.c.thread_id,
    comments.c.parent_id,
    comments.c.status,
    comments.c.submitted_at,
)
_LATEST = select(func.max(comments.c.submitted_at)).where(is_approved)


def _row(connection: Connection, page: Page, public_id: str) -> Row[*tuple[Any, ...]] | None:
    of_page = (comments.c.public_id == public_id) & (comments.c.page_id == page.id)
    return connection.execute(_ROW.where(of_page)).first()


def _public_row(
    connection: Connection, page: Page, public_id: str | None
) -> Row[*tuple[Any, ...]] | None:
    row = None if public_id is None else _row(connection, page, public_id)
    return row if row is not None and row.status == Status.APPROVED else None


def _places(
    connection: Connection,
    page: Page,
    question: ThreadQuestion,
    target: Row[*tuple[Any, ...]] | None,
) -> _Places:
    listed = ThreadList(page, question.order)
    if question.before is not None:
        return _back(connection, listed, ReadingPlace.parse(question.before), question.limit)
    pinned, start = pinned_places(connection, page), ReadingPlace.parse(question.after)
    linked = None
    if question.after is None and target is not None:
        linked = place_of_thread(connection, page, target.thread_id or target.id)
    if linked is not None and linked not in pinned:
        return _from_link(connection, replace(listed, pinned=_ids(pinned)), linked, question.limit)
    first = sorted(pinned, key=lambda place: place != linked)  # what is asked for before others
    left = [place for place in first if place.id not in start.pinned][: start.room]
    return _forth(connection, listed, start, left, question.limit)


def _forth(
    connection: Connection,
    listed: ThreadList,
    start: ReadingPlace,
    pinned: Sequence[ThreadPlace],
    limit: int,
) -> _Places:
    """Go on from a place: first what is pinned and was not shown yet."""
    first = pinned[:limit]
    listed = replace(listed, pinned=(*start.pinned, *_ids(first)))
    place = None if start.place is None else place_at(connection, listed, start.place)
    places = [*first, *places_after(connection, listed, place, limit + 1 - len(first))]
    if len(places) <= limit and len(pinned) <= limit:
        return _Places(places)
    last = places[limit - 1].cursor(listed.order) if len(first) < limit else None
    return _Places(places[:limit], str(ReadingPlace(last, listed.pinned)))


def _back(connection: Connection, listed: ThreadList, start: ReadingPlace, limit: int) -> _Places:
    """Go back from a place: at the start of the page what is pinned comes, whatever the limit."""
    listed = replace(listed, pinned=start.pinned)
    place = place_at(connection, listed, start.place or "")
    places = places_before(connection, listed, place, limit + 1)
    if len(places) > limit:
        shown = places[-limit:]
        return _Places(shown, previous=_before(shown[0], listed))
    pinned = pinned_places(connection, listed.page)
    return _Places([*(one for one in pinned if one.id in listed.pinned), *places])


def _from_link(
    connection: Connection, listed: ThreadList, linked: ThreadPlace, limit: int
) -> _Places:
    """Begin with the thread that a link leads to: what is pinned is above it."""
    places = [linked, *places_after(connection, listed, linked, limit)]
    is_first = not listed.pinned and not places_before(connection, listed, linked, 1)
    last = places[limit - 1].cursor(listed.order) if len(places) > limit else None
    return _Places(
        places[:limit],
        None if last is None else str(ReadingPlace(last, listed.pinned)),
        None if is_first else _before(linked, listed),
    )


def _before(place: ThreadPlace, listed: ThreadList) -> str:
    return str(ReadingPlace(place.cursor(listed.order), listed.pinned))


def _ids(places: Sequence[ThreadPlace]) -> tuple[str, ...]:
    return tuple(place.id for place in places)


def _to_thread(place: ThreadPlace, part: ThreadComments) -> PublicThread:
    following = part.comments[-1].id if part.has_more else None
    return PublicThread(place.id, place.answers, part.comments, following)


def _has(thread: PublicThread, public_id: str) -> bool:
    return any(comment.id == public_id for comment in thread.comments)


def _around(
    connection: Connection,
    place: ThreadPlace,
    thread: PublicThread,
    target: Row[*tuple[Any, ...]],
    question: ThreadQuestion,
) -> PublicThread:
    """The same thread, with the comment that a link leads to in place of its first answers."""
    above = with_ancestors(connection, target)
    below = answers_beyond(connection, place.root_id, target, question.answers)
    first = [one for one in thread.comments[:1] if one.parent is None and one.id != above[0].id]
    shown = ThreadComments([*first, *above, *below.comments], below.has_more)
    thread = _to_thread(place, shown)
    return PublicThread(thread.id, thread.answers, thread.comments, thread.next, is_cut=True)
