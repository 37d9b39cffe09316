"""The public comments of some threads: of each the first one, and some of its answers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Row,
    bindparam,
    select,
    tuple_,
    union_all,
)

from moderation.storage.comments.pages import SELECT_PUBLIC, PublicComment, has_answer, to_public
from moderation.storage.schema.column_types import UtcTime
from moderation.storage.schema.comments import comments, is_approved, is_erased
from moderation.storage.threads.thread_places import ThreadPlace

MOST_ANCESTORS = 20  # of a comment that a link leads to
_TIME = (comments.c.submitted_at, comments.c.id)
_PUBLIC = SELECT_PUBLIC.add_columns(comments.c.thread_id)


def _answer_ids(*beyond: ColumnElement[bool]) -> CompoundSelect[int]:
    """Select ids of a thread's public answers, of both kinds at most as many as asked for.

    Two queries and not one, so that each has an index in the order of what is shown.
    """
    of_thread = comments.c.thread_id == bindparam("root")
    kinds = [
        select(comments.c.id)
        .where(of_thread, condition, *beyond)
        .order_by(*_TIME)
        .limit(bindparam("most"))
        .subquery()
        for condition in (is_approved, is_erased & has_answer)
    ]
    return union_all(*(select(kind.c.id) for kind in kinds))


# Built once: to build them costs more than to run them.
_FIRST = _answer_ids()
_BEYOND = _answer_ids(tuple_(*_TIME) > tuple_(bindparam("at", type_=UtcTime), bindparam("id")))


@dataclass(frozen=True, slots=True)
class ThreadComments:
    """Comments of one thread by time; `has_more` where answers follow."""

    comments: Sequence[PublicComment]
    has_more: bool


def first_answers(
    connection: Connection, places: Sequence[ThreadPlace], limit: int
) -> Mapping[int, ThreadComments]:
    """Return the first comment of each thread, where it is public, and its oldest answers."""
    root_ids = [place.root_id for place in places]
    ids = [
        answer_id
        for place in places
        if place.answers
        for answer_id in _ids(connection, _FIRST, root=place.root_id, most=limit + 1)
    ]
    return _by_thread(_rows(connection, [*root_ids, *ids]), root_ids, limit)


def answers_beyond(
    connection: Connection, root_id: int, row: Row[*tuple[Any, ...]], limit: int
) -> ThreadComments:
    """Return answers of a thread that were submitted after the comment of the row."""
    place = {"at": row.submitted_at, "id": row.id}
    ids = _ids(connection, _BEYOND, root=root_id, most=limit + 1, **place)
    rows = sorted(_rows(connection, ids), key=_time)
    return ThreadComments([to_public(one) for one in rows[:limit]], len(rows) > limit)


def with_ancestors(connection: Connection, row: Row[*tuple[Any, ...]]) -> list[PublicComment]:
    """Return a comment behind those that it answers, as far as they are public, by time."""
    ids, parent_id = [row.id], row.parent_id
    while parent_id is not None and len(ids) <= MOST_ANCESTORS:
        ids.append(parent_id)
        query = select(comments.c.parent_id).where(comments.c.id == parent_id)
        parent_id = connection.execute(query).scalar()
    return [to_public(one) for one in sorted(_rows(connection, ids), key=_time)]


def _ids(connection: Connection, query: CompoundSelect[int], **values: object) -> list[int]:
    return [row[0] for row in connection.execute(query, values)]


def _rows(connection: Connection, ids: Sequence[int]) -> list[Row[*tuple[Any, ...]]]:
    if not ids:
        return []
    return list(connection.execute(_PUBLIC.where(comments.c.id.in_(ids), is_approved | is_erased)))


def _by_thread(
    rows: Sequence[Row[*tuple[Any, ...]]], root_ids: Sequence[int], limit: int
) -> Mapping[int, ThreadComments]:
    answers: defaultdict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    roots = {row.id: to_public(row) for row in rows if row.thread_id is None}
    for row in sorted(rows, key=_time):
        if row.thread_id is not None:
            answers[row.thread_id].append(row)
    return {
        root_id: ThreadComments(
            [
                *([roots[root_id]] if root_id in roots else []),
                *(to_public(row) for row in answers[root_id][:limit]),
            ],
            len(answers[root_id]) > limit,
        )
        for root_id in root_ids
    }


def _time(row: Row[*tuple[Any, ...]]) -> tuple[Any, int]:
    return row.submitted_at, row.id
