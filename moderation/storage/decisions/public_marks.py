"""Marks of a published comment that a decision sets or clears: pinned, and not looked at yet."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam

from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.listed_numbers import is_listed
from moderation.storage.schema.column_types import UtcTime
from moderation.storage.schema.comments import comments, is_pinned, is_unseen

# Built once and run for many rows at a time.
_OF_COMMENTS = is_listed(comments.c.id, "comment_ids")
_CLEAR = DriverStatement(
    comments.update()
    .where(_OF_COMMENTS, is_pinned | is_unseen)
    .values(pinned_at=None, unseen_since=None)
)
_MARK_UNSEEN = DriverStatement(
    comments.update().where(_OF_COMMENTS).values(unseen_since=bindparam("since", type_=UtcTime))
)


def clear_marks(connection: Connection, ids: Sequence[int]) -> None:
    """What is public no more is neither pinned nor to be looked at."""
    if ids:
        _CLEAR.run(connection, [{"comment_ids": ids}])


def mark_unseen(connection: Connection, ids: Sequence[int], since: datetime) -> None:
    """What was published first waits for a moderator's look."""
    if ids:
        _MARK_UNSEEN.run(connection, [{"comment_ids": ids, "since": since}])
