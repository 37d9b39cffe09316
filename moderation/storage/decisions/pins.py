"""Pin the first comments of threads: they stand first on their page, whatever its order."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from moderation.accounts.moderators import AccessScope
from moderation.audit_chain import NOBODY, AuditAction, AuditEntry
from moderation.clock import Clock
from moderation.comments import Comment, CommentNotFound, Status
from moderation.pages.reading_place import MAX_PINNED, PinRefused
from moderation.storage.comments.comments import find_comment
from moderation.storage.comments.visibility import comment_with_id
from moderation.storage.database.engine import Database
from moderation.storage.decisions.records import update_page_counts
from moderation.storage.schema.comments import comments, is_pinned
from moderation.storage.system.audit_log import append_audit, moderator_by_id

_STATE: Select[Any] = select(
    comments.c.id,
    comments.c.page_id,
    comments.c.parent_id,
    comments.c.status,
    comments.c.pinned_at,
)


class Pins:
    """What is pinned on the pages of the sites in somebody's scope."""

    def __init__(self, database: Database, clock: Clock, scope: AccessScope) -> None:
        self._database = database
        self._clock = clock
        self._scope = scope

    def pin(self, comment_id: str, *, moderator_id: int | None) -> Comment:
        """Let a published comment stand first; one that does so already stays where it is.

        Args:
            comment_id: Its public id.
            moderator_id: Who pins it; None for a site's server, whose key the scope has.

        Raises:
            CommentNotFound: No comment in scope has this id.
            NotAllowed: The moderator may only look.
            PinRefused: It is not published, an answer, or one too many of its page.
        """
        return self._set(comment_id, self._clock(), moderator_id)

    def unpin(self, comment_id: str, *, moderator_id: int | None) -> Comment:
        """Let a comment stand in its own place again; raises CommentNotFound, NotAllowed."""
        return self._set(comment_id, None, moderator_id)

    def _set(
        self, comment_id: str, pinned_at: datetime | None, moderator_id: int | None
    ) -> Comment:
        self._scope.check_may_decide()
        with self._database.write() as connection:
            row = self._locked(connection, comment_id)
            if (row.pinned_at is None) is not (pinned_at is None):
                if pinned_at is not None:
                    _check_may_pin(row)
                change = comments.update().where(comments.c.id == row.id)
                connection.execute(change.values(pinned_at=pinned_at))
                update_page_counts(connection, {row.page_id: 0})  # its revision, and its lock
                if pinned_at is not None:
                    _check_number(connection, row.page_id)
                action = (
                    AuditAction.COMMENT_UNPINNED
                    if pinned_at is None
                    else AuditAction.COMMENT_PINNED
                )
                who = self._actor(connection, moderator_id)
                entry = AuditEntry(who, action, f"comment {comment_id}")
                append_audit(connection, self._clock(), entry)
            return find_comment(connection, comment_id)

    def _locked(self, connection: Connection, comment_id: str) -> Row[Any]:
        query = _STATE.where(comment_with_id(comment_id, self._scope)).with_for_update()
        row = connection.execute(query).first()
        if row is None:
            raise CommentNotFound(comment_id)
        return row

    def _actor(self, connection: Connection, moderator_id: int | None) -> str:
        if moderator_id is not None:
            return moderator_by_id(connection, moderator_id)
        return self._scope.site_key or NOBODY


def _check_may_pin(row: Row[Any]) -> None:
    if row.status != Status.APPROVED:
        sentence = "only a published comment can be pinned: approve it first"
        raise PinRefused(sentence)
    if row.parent_id is not None:
        sentence = "an answer cannot be pinned: pin the first comment of its thread"
        raise PinRefused(sentence)


def _check_number(connection: Connection, page_id: int) -> None:
    """Under the page's lock, so that two who pin at once are not one too many."""
    query = select(func.count()).where(comments.c.page_id == page_id, is_pinned)
    if connection.execute(query).scalar_one() > MAX_PINNED:
        sentence = f"this page has {MAX_PINNED} pinned comments, which is the most: unpin another"
        raise PinRefused(sentence)
