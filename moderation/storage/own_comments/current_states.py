"""What an author may know of their own comment beside its text and status."""

from typing import Any

from sqlalchemy import bindparam, exists, literal_column, select

from moderation.comments import Actor, CommentNotFound, Status
from moderation.own_comments.appeals import Appeal
from moderation.own_comments.own_state import OwnState
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.engine import Database
from moderation.storage.decisions.reasons import reason_for_author
from moderation.storage.schema.comments import comments
from moderation.storage.schema.decisions import decisions, is_latest
from moderation.storage.schema.review import appeals

_by_person = decisions.alias("by_person")
# A literal: SQLite plans a statement anew at each run, in 60 us, where the condition of an index
# asks what its parameter is (measured).
_is_by_person = _by_person.c.actor == literal_column(f"'{Actor.MODERATOR}'")
_STATE = DriverStatement(
    select(
        appeals.c.text,
        appeals.c.appealed_at,
        appeals.c.decided_at,
        appeals.c.status,
        appeals.c.answer,
        decisions.c.actor,
        decisions.c.to_status,
        decisions.c.reasons,
    )
    .add_columns(
        exists()
        .where(_by_person.c.comment_id == comments.c.id, _is_by_person)
        .label("is_by_person")
    )
    .select_from(
        comments.outerjoin(decisions, is_latest).outerjoin(
            appeals, appeals.c.comment_id == comments.c.id
        )
    )
    .where(comments.c.public_id == bindparam("comment"))
)


class OwnStates:
    """The states of comments, for their authors."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, comment_id: str) -> OwnState:
        """The state of the comment with this public id; raises CommentNotFound."""
        with self._database.read() as connection:
            row = _STATE.first(connection, {"comment": comment_id})
        if row is None:
            raise CommentNotFound(comment_id)
        reason = reason_for_author(row.actor, row.to_status, row.reasons)
        return OwnState(bool(row.is_by_person), reason, _appeal(row))


def _appeal(row: Any) -> Appeal | None:
    if row.appealed_at is None:
        return None
    status = None if row.status is None else Status(row.status)
    return Appeal(row.text, row.appealed_at, row.decided_at, status, row.answer)
