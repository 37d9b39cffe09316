"""Comments that were published at once, to be looked at later: until a moderator has."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from moderation.accounts.moderators import AccessScope
from moderation.audit_chain import NOBODY, AuditAction, AuditEntry
from moderation.clock import Clock
from moderation.storage.comments.visibility import comment_with_id, in_scope_or_site
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import ObservedComment, decision_conflict
from moderation.storage.review.cards import Card, cards_of, number_of
from moderation.storage.schema.comments import comments, is_approved, is_unseen
from moderation.storage.system.audit_log import append_audit, moderator_by_id


class PublishedFirst:
    """What nobody has looked at yet on the sites in somebody's scope.

    Every method that changes anything raises NotAllowed for a moderator who may only look.
    """

    def __init__(self, database: Database, clock: Clock, scope: AccessScope) -> None:
        self._database = database
        self._clock = clock
        self._scope = scope

    def number(self, site: str | None = None) -> int:
        """How many wait for a look."""
        query = select(func.count()).select_from(comments).where(*self._unseen(site))
        with self._database.read() as connection:
            number: int = connection.execute(query).scalar_one()
        return number

    def first(self, limit: int, site: str | None = None, after: str | None = None) -> list[Card]:
        """At most `limit` of them, those that came first before the others.

        Raises CommentNotFound where `after`, a public id, is no comment in scope.
        """
        query = select(comments.c.id).where(*self._unseen(site))
        with self._database.read() as connection:
            if after is not None:
                query = query.where(comments.c.id > number_of(connection, after, self._scope))
            ids = connection.execute(query.order_by(comments.c.id).limit(limit)).scalars().all()
            return cards_of(connection, ids)

    def keep(self, seen: Sequence[ObservedComment], *, moderator_id: int | None) -> int:
        """Note that a moderator looked at comments and leaves them published.

        Returns:
            How many there were; what was changed or looked at meanwhile is left out.

        Raises:
            CommentNotFound: A single one that is not in scope.
            DecisionConflict: A single one that somebody changed since.
        """
        kept = self._set(seen, None, moderator_id)
        if not kept and len(seen) == 1:
            with self._database.read() as connection:
                raise decision_conflict(connection, seen[0].id, self._scope)
        return len(kept)

    def put_back(self, seen: ObservedComment, *, moderator_id: int | None) -> None:
        """Let a comment wait for a look again: it was kept by mistake."""
        self._set([seen], self._clock(), moderator_id)

    def _set(
        self, seen: Sequence[ObservedComment], since: datetime | None, moderator_id: int | None
    ) -> list[str]:
        self._scope.check_may_decide()
        with self._database.write() as connection:
            changed = [one.id for one in seen if self._mark(connection, one, since)]
            by = self._scope.site_key or NOBODY
            who = by if moderator_id is None else moderator_by_id(connection, moderator_id)
            action = AuditAction.COMMENT_SEEN if since is None else AuditAction.COMMENT_UNSEEN
            entries = [AuditEntry(who, action, f"comment {public_id}") for public_id in changed]
            append_audit(connection, self._clock(), *entries)
        return changed

    def _mark(self, connection: Connection, seen: ObservedComment, since: datetime | None) -> bool:
        statement = comments.update().where(
            comment_with_id(seen.id, self._scope),
            is_approved,
            comments.c.version == seen.state.version,
            is_unseen if since is None else comments.c.unseen_since.is_(None),
        )
        return connection.execute(statement.values(unseen_since=since)).rowcount > 0

    def _unseen(self, site: str | None) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return is_unseen, in_scope_or_site(self._scope, site)
