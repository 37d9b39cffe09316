"""Appeals: kept once a comment, open until a moderator decides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, func, select

from moderation.accounts.moderators import AccessScope
from moderation.audit_chain import AUTHOR, AuditAction, AuditEntry
from moderation.clock import Clock
from moderation.comments import Comment, CommentNotFound, Status
from moderation.notifications.webhooks import Event
from moderation.own_comments.appeals import AppealRefused
from moderation.storage.comments.comments import find_comment
from moderation.storage.comments.visibility import in_scope_or_site
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import (
    ModeratorDecision,
    ObservedComment,
    audit_entries,
    decide_comment,
    decided_by,
    decision_conflict,
)
from moderation.storage.notifications.delivery_log import new_delivery
from moderation.storage.review.cards import Card, cards_of, number_of
from moderation.storage.schema.comments import comments, is_rejected
from moderation.storage.schema.decisions import decisions, is_latest
from moderation.storage.schema.notifications import deliveries, webhooks
from moderation.storage.schema.review import appeals, is_undecided
from moderation.storage.system.audit_log import append_audit

_STATE = (
    select(comments.c.id, comments.c.site_id, comments.c.status, appeals.c.appealed_at)
    .add_columns(decisions.c.id.label("decision_id"))
    .select_from(
        comments.outerjoin(appeals, appeals.c.comment_id == comments.c.id).outerjoin(
            decisions, is_latest
        )
    )
)


@dataclass(frozen=True, slots=True)
class AppealedComment:
    """A rejected comment whose author asks for another look."""

    card: Card
    text: str
    appealed_at: datetime


class Appeals:
    """Appeals as they arrive, from authors."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, comment_id: str, text: str) -> None:
        """Keep an appeal, and tell the webhooks that want it.

        Raises:
            CommentNotFound: No comment has this public id.
            AppealRefused: The comment is not rejected, or its author has appealed before.
        """
        now = self._clock()
        query = _STATE.where(comments.c.public_id == comment_id)
        with self._database.write() as connection:
            row = connection.execute(query.with_for_update(key_share=True, of=comments)).first()
            if row is None:
                raise CommentNotFound(comment_id)
            _check_may_appeal(row)
            values = {"comment_id": row.id, "text": text, "appealed_at": now}
            connection.execute(appeals.insert().values(values))
            _tell_webhooks(connection, row, now)
            entry = AuditEntry(AUTHOR, AuditAction.COMMENT_APPEALED, f"comment {comment_id}")
            append_audit(connection, now, entry)


class AppealedComments:
    """Rejected comments with an open appeal, in somebody's scope."""

    def __init__(self, database: Database, clock: Clock, scope: AccessScope) -> None:
        self._database = database
        self._clock = clock
        self._scope = scope

    def number(self, site: str | None = None) -> int:
        """How many wait."""
        query = select(func.count()).select_from(appeals).where(self._waiting(site))
        with self._database.read() as connection:
            number: int = connection.execute(query).scalar_one()
        return number

    def first(self, limit: int, site: str | None = None) -> list[AppealedComment]:
        """At most `limit` of those that wait, the oldest appeal first."""
        query = (
            select(appeals.c.comment_id, appeals.c.text, appeals.c.appealed_at)
            .where(self._waiting(site))
            .order_by(appeals.c.appealed_at, appeals.c.comment_id)
            .limit(limit)
        )
        with self._database.read() as connection:
            rows: Sequence[Any] = connection.execute(query).all()
            cards = cards_of(connection, [row.comment_id for row in rows])
        return [
            AppealedComment(card, row.text, row.appealed_at)
            for row, card in zip(rows, cards, strict=True)
        ]

    def decide(
        self, observed: ObservedComment, decision: ModeratorDecision, answer: str | None
    ) -> Comment:
        """Publish the comment (approved) or leave it rejected, and close its appeal.

        Args:
            observed: The comment as the moderator saw it.
            decision: What becomes of it; its time is that of this call.
            answer: What the author reads of it, if anything.

        Raises:
            CommentNotFound: No comment in scope has this id.
            DecisionConflict: Somebody decided it, or its appeal, first.
            NotAllowed: The moderator may only look.
        """
        self._scope.check_may_decide()
        decision = replace(decision, at=self._clock())
        with self._database.write() as connection:
            entries = [_closed(connection, observed, decision, answer, self._scope)]
            if decision.status is observed.state.status:
                comment = _unchanged(connection, observed, self._scope)
            else:
                comment = decide_comment(connection, observed, decision, self._scope)
                entries += audit_entries(connection, [comment.id], observed.state, decision)
            append_audit(connection, decision.at, *entries)
            return comment

    def _waiting(self, site: str | None) -> ColumnElement[bool]:
        # No join: SQLite would begin with all comments, and look for the few appeals among them.
        of_comment = comments.c.id == appeals.c.comment_id
        rejected = exists().where(of_comment, is_rejected, in_scope_or_site(self._scope, site))
        return is_undecided & rejected


def _check_may_appeal(row: Row[Any]) -> None:
    if row.status != Status.REJECTED:
        sentence = "only a comment that was not published can be appealed for"
        raise AppealRefused(sentence)
    if row.appealed_at is not None:
        sentence = "you have asked for another look at this comment before: once is all there is"
        raise AppealRefused(sentence)


def _tell_webhooks(connection: Connection, row: Row[Any], now: datetime) -> None:
    """With the decision that is appealed against: an appeal is none itself."""
    query = select(webhooks.c.id, webhooks.c.events).where(
        webhooks.c.active, webhooks.c.site_id.is_(None) | (webhooks.c.site_id == row.site_id)
    )
    rows = [
        new_delivery(hook.id, Event.APPEALED, now, decision_id=row.decision_id)
        for hook in connection.execute(query)
        if Event.APPEALED in hook.events and row.decision_id is not None
    ]
    if rows:
        connection.execute(deliveries.insert(), rows)


def _closed(
    connection: Connection,
    observed: ObservedComment,
    decision: ModeratorDecision,
    answer: str | None,
    scope: AccessScope,
) -> AuditEntry:
    of_comment = appeals.c.comment_id == number_of(connection, observed.id, scope)
    closed = {
        "decided_at": decision.at,
        "moderator_id": decision.moderator_id,
        "status": decision.status,
        "answer": answer,
    }
    statement = appeals.update().where(of_comment, is_undecided).values(closed)
    if connection.execute(statement).rowcount == 0:
        raise decision_conflict(connection, observed.id, scope)
    who = decided_by(connection, decision)
    return AuditEntry(
        who,
        AuditAction.APPEAL_DECIDED,
        f"comment {observed.id}",
        after={"status": decision.status, "answered": answer is not None},
    )


def _unchanged(connection: Connection, observed: ObservedComment, scope: AccessScope) -> Comment:
    comment = find_comment(connection, observed.id)
    if (comment.status, comment.version) != (observed.state.status, observed.state.version):
        raise decision_conflict(connection, observed.id, scope)
    return comment
