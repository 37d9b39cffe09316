"""Threads as they are stored, and as the comments alone say that they are."""

from collections import Counter

from sqlalchemy import select

from moderation.comments import Status
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import comments
from moderation.storage.schema.threads import threads

Counts = dict[int, tuple[int, int, int]]  # by the first comment: page, approved, answers


def stored_threads(database: Database) -> Counts:
    """What the table has of all threads of which something is public."""
    with database.read() as connection:
        rows = connection.execute(select(threads).where(threads.c.approved > 0)).all()
    return {row.root_id: (row.page_id, row.approved, row.answers) for row in rows}


def counted_threads(database: Database) -> Counts:
    """What there is, found from each comment by way of those that it answers."""
    columns = (comments.c.id, comments.c.parent_id, comments.c.page_id, comments.c.status)
    with database.read() as connection:
        rows = {row.id: row for row in connection.execute(select(*columns))}
    approved, answers = Counter[int](), Counter[int]()
    for row in rows.values():
        root = row
        while root.parent_id is not None:
            root = rows[root.parent_id]
        if row.status == Status.APPROVED:
            approved[root.id] += 1
            answers[root.id] += row.id != root.id
    return {root: (rows[root].page_id, approved[root], answers[root]) for root in approved}
