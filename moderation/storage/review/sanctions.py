"""Impose sanctions on authors and lift them; none is ever deleted."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from moderation.accounts.moderators import AccessScope
from moderation.audit_chain import AuditAction, AuditEntry
from moderation.clock import Clock
from moderation.sanctions import Sanction, SanctionKind, SanctionNotFound
from moderation.storage.comments.visibility import comment_with_id
from moderation.storage.database.engine import Database
from moderation.storage.decisions.active_sanctions import in_force, same_author
from moderation.storage.schema.accounts import moderators
from moderation.storage.schema.comments import comments
from moderation.storage.schema.review import sanctions
from moderation.storage.system.audit_log import append_audit, moderator_by_id

_by = moderators.alias("by_whom")
_lifter = moderators.alias("lifter")
_SANCTIONS = select(sanctions, _by.c.name.label("by"), _lifter.c.name.label("lifter")).select_from(
    sanctions.join(_by, sanctions.c.moderator_id == _by.c.id).outerjoin(
        _lifter, sanctions.c.lifted_by == _lifter.c.id
    )
)


class Sanctions:
    """The bans and always-flags in somebody's scope.

    An author is named by one of their comments. Every method that changes anything raises
    NotAllowed for a moderator who may only look.
    """

    def __init__(self, database: Database, clock: Clock, scope: AccessScope) -> None:
        self._database = database
        self._clock = clock
        self._scope = scope

    def impose(
        self,
        comment_id: str,
        kind: SanctionKind,
        until: datetime,
        *,
        moderator_id: int,
        reason: str,
    ) -> None:
        """Impose a sanction on the address that a comment came from, for its site.

        Raises:
            SanctionNotFound: No comment in scope has this id, or it has no address.
        """
        self._scope.check_may_decide()
        author = select(comments.c.site_id, comments.c.address_hash).where(
            comment_with_id(comment_id, self._scope), comments.c.address_hash.is_not(None)
        )
        with self._database.write() as connection:
            row = connection.execute(author).first()
            if row is None:
                raise SanctionNotFound(comment_id)
            values = {
                "kind": kind,
                "expires_at": until,
                "moderator_id": moderator_id,
                "reason": reason,
                "created_at": self._clock(),
            }
            connection.execute(sanctions.insert().values(**row._mapping, **values))
            # Not the reason, which may quote: nothing in the audit log can be erased.
            state = {"kind": kind, "until": until.isoformat()}
            entry = AuditEntry(
                "", AuditAction.AUTHOR_SANCTIONED, _author_of(comment_id), after=state
            )
            self._note(connection, moderator_id, entry)

    def lift(self, comment_id: str, sanction_id: int, *, moderator_id: int) -> None:
        """End a sanction that is in force on the comment's author; raises SanctionNotFound."""
        self._scope.check_may_decide()
        now = self._clock()
        own = select(sanctions.c.id).join(comments, same_author)
        statement = (
            sanctions.update()
            .where(
                sanctions.c.id == sanction_id,
                sanctions.c.id.in_(own.where(comment_with_id(comment_id, self._scope))),
                in_force(now),
            )
            .values(lifted_at=now, lifted_by=moderator_id)
        )
        with self._database.write() as connection:
            if connection.execute(statement).rowcount != 1:
                raise SanctionNotFound(comment_id)
            entry = AuditEntry("", AuditAction.SANCTION_LIFTED, _author_of(comment_id))
            self._note(connection, moderator_id, entry)

    def of_author(self, comment_id: str) -> list[Sanction]:
        """Return all sanctions on the comment's author, newest first."""
        query = (
            _SANCTIONS.join(comments, same_author)
            .where(comment_with_id(comment_id, self._scope))
            .order_by(sanctions.c.id.desc())
        )
        with self._database.read() as connection:
            return [_to_sanction(row) for row in connection.execute(query)]

    def _note(self, connection: Connection, moderator_id: int, entry: AuditEntry) -> None:
        who = moderator_by_id(connection, moderator_id)
        append_audit(connection, self._clock(), replace(entry, actor=who))


def _author_of(comment_id: str) -> str:
    return f"author of comment {comment_id}"


def _to_sanction(row: Row[Any]) -> Sanction:
    return Sanction(
        id=row.id,
        kind=SanctionKind(row.kind),
        until=row.expires_at,
        by=row.by,
        reason=row.reason,
        since=row.created_at,
        lifted_by=row.lifter,
    )
