"""Erase comments for who wrote them, and for who runs the server."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from moderation.audit_chain import AUTHOR, OPERATOR, PURGE, AuditAction, AuditEntry
from moderation.clock import Clock
from moderation.comments import Actor, Comment, Status
from moderation.policy import PURGED, Reason
from moderation.storage.comments.comments import find_comment
from moderation.storage.database.engine import Database
from moderation.storage.database.overwriting import overwrite_erased
from moderation.storage.decisions.erased_traces import erase_traces
from moderation.storage.decisions.records import DecisionRecord, record_decisions
from moderation.storage.schema.comments import comments
from moderation.storage.system.audit_log import append_audit

_AT_ONCE = 200  # comments in one transaction
_WHO = {Actor.AUTHOR: AUTHOR, Actor.OPERATOR: OPERATOR, Actor.POLICY: PURGE}
_WHY = {Actor.POLICY: (Reason(PURGED),)}
_STATES: Select[Any] = select(
    comments.c.id,
    comments.c.public_id,
    comments.c.page_id,
    comments.c.status,
    comments.c.version,
)


class Erasures:
    """Erases comments, whatever their status."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def by_author(self, comment_id: str) -> Comment:
        """Erase a comment, if it is not erased yet; raises CommentNotFound."""
        with self._database.write() as connection:
            self._erase(connection, comments.c.public_id == comment_id, Actor.AUTHOR)
            comment = find_comment(connection, comment_id)
        overwrite_erased(self._database)
        return comment

    def by_operator(self, comment_ids: Sequence[str]) -> int:
        """Erase comments by their public ids; returns how many were not erased yet."""
        number = 0
        for start in range(0, len(comment_ids), _AT_ONCE):
            batch = comments.c.public_id.in_(comment_ids[start : start + _AT_ONCE])
            with self._database.write() as connection:
                number += self._erase(connection, batch, Actor.OPERATOR)
        return number

    def by_rule(self, comment_ids: Sequence[int]) -> int:
        """Purge rejected comments by their internal ids; returns how many still were rejected."""
        which = comments.c.id.in_(comment_ids) & (comments.c.status == Status.REJECTED)
        with self._database.write() as connection:
            return self._erase(connection, which, Actor.POLICY)

    def _erase(self, connection: Connection, which: ColumnElement[bool], actor: Actor) -> int:
        query = _STATES.where(which, comments.c.status != Status.ERASED).order_by(comments.c.id)
        rows = connection.execute(query.with_for_update(key_share=True)).all()
        if not rows:
            return 0
        ids, now = [row.id for row in rows], self._clock()
        changed = {"status": Status.ERASED, "version": comments.c.version + 1}
        connection.execute(comments.update().where(comments.c.id.in_(ids)).values(changed))
        erase_traces(connection, ids)
        record_decisions(connection, [_to_record(row, actor, now) for row in rows])
        append_audit(connection, now, *(_to_entry(row, actor) for row in rows))
        return len(rows)


def _to_record(row: Row[Any], actor: Actor, now: datetime) -> DecisionRecord:
    return DecisionRecord(
        comment_id=row.id,
        page_id=row.page_id,
        version=row.version + 1,
        actor=actor,
        from_status=Status(row.status),
        to_status=Status.ERASED,
        reasons=_WHY.get(actor, ()),
        decided_at=now,
    )


def _to_entry(row: Row[Any], actor: Actor) -> AuditEntry:
    before = {"status": row.status, "version": row.version}
    subject = f"comment {row.public_id}"
    return AuditEntry(_WHO[actor], AuditAction.COMMENT_ERASED, subject, before)
