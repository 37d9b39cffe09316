"""How many comments of each thread are public: written with whatever changes it."""

from collections.abc import Mapping

from sqlalchemy import BigInteger, Connection, Dialect, bindparam, func, select
from sqlalchemy.dialects import sqlite

from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.engine import insert_for
from moderation.storage.database.listed_numbers import is_listed
from moderation.storage.schema.comments import comments
from moderation.storage.schema.threads import threads

_roots = comments.alias("roots")
_delta = bindparam("delta", type_=BigInteger)
_COUNTED = (
    select(
        _roots.c.id,
        _roots.c.page_id,
        _roots.c.submitted_at,
        func.count() * _delta,
        func.count(comments.c.thread_id) * _delta,  # of answers: what begins a thread has none
    )
    .select_from(comments)
    .join(_roots, _roots.c.id == func.coalesce(comments.c.thread_id, comments.c.id))
    .where(is_listed(comments.c.id, "comment_ids"))
    .group_by(_roots.c.id, _roots.c.page_id, _roots.c.submitted_at)
)
_COLUMNS = ("root_id", "page_id", "started_at", "approved", "answers")


def _adding(dialect: Dialect) -> sqlite.Insert:
    """Begins the threads that are new, and adds to the others: what it means is for SQL to do.

    To read where each comment stands, and to write rows by SQLAlchemy, took four times as long.
    """
    counted = insert_for(dialect)(threads).from_select(_COLUMNS, _COUNTED)
    return counted.on_conflict_do_update(
        index_elements=[threads.c.root_id],
        set_={name: threads.c[name] + counted.excluded[name] for name in ("approved", "answers")},
    )


_ADD = DriverStatement(_adding)


def count_in_threads(connection: Connection, deltas: Mapping[int, int]) -> None:
    """Change the counts of the threads in which comments became public, 1, or ceased to be, -1.

    After the counts of the pages, in the same transaction: whoever changes a thread has its page's
    row, so that two cannot wait for each other here.
    """
    for delta in sorted({delta for delta in deltas.values() if delta}):
        changed = [comment_id for comment_id, own in deltas.items() if own == delta]
        _ADD.run(connection, [{"comment_ids": changed, "delta": delta}])
