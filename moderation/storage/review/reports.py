"""Readers' reports: kept once a reader, open until a moderator decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from moderation.accounts.moderators import AccessScope
from moderation.audit_chain import AuditAction, AuditEntry
from moderation.clock import Clock
from moderation.comments import Comment, CommentNotFound, Status
from moderation.policy import Reason as Why
from moderation.review.notes import RejectReason
from moderation.review.reports import Reason, Report
from moderation.sites import Site
from moderation.storage.comments.comments import find_comment
from moderation.storage.comments.open_reports import REPORTED, is_reported, reported_number
from moderation.storage.comments.visibility import in_scope_or_site
from moderation.storage.database.engine import Database, insert_for
from moderation.storage.decisions.moderator_decisions import (
    ModeratorDecision,
    ObservedComment,
    ReviewStatus,
    audit_entries,
    decide_comment,
    decided_by,
    decision_conflict,
)
from moderation.storage.decisions.reported_comments import hold_reported
from moderation.storage.review.cards import Card, cards_of, number_of
from moderation.storage.schema.comments import comments
from moderation.storage.schema.review import is_open, reports
from moderation.storage.system.audit_log import append_audit

_TEXTS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Reported:
    """An approved comment with its open reports: the number for each reason, the latest texts."""

    card: Card
    reasons: dict[Reason, int]
    texts: list[str]
    first_at: datetime

    @property
    def number(self) -> int:
        """How many reports are open."""
        return sum(self.reasons.values())


class Reports:
    """Readers' reports, as they arrive: from anybody, about a comment of any site."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, comment_id: str, site: Site, report: Report, address_hash: str) -> None:
        """Keep it, unless this reader reported the comment before; hold the comment after enough.

        Raises CommentNotFound where the site has no approved comment of this id.
        """
        query = select(comments.c.id).where(
            comments.c.public_id == comment_id,
            comments.c.site_id == site.id,
            comments.c.status == Status.APPROVED,
        )
        if site.safeguards.hold_reports is not None:  # of two at once, the second sees the first
            query = query.with_for_update()
        with self._database.write() as connection:
            number = connection.execute(query).scalar()
            if number is None:
                raise CommentNotFound(comment_id)
            connection.execute(
                insert_for(connection)(reports)
                .values(
                    comment_id=number,
                    address_hash=address_hash,
                    reason=report.reason,
                    text=report.text,
                    reported_at=self._clock(),
                )
                .on_conflict_do_nothing(index_elements=["comment_id", "address_hash"])
            )
            hold_reported(connection, number, site.safeguards.hold_reports, self._clock())


class ReportedComments:
    """Approved comments with open reports, in somebody's scope."""

    def __init__(self, database: Database, clock: Clock, scope: AccessScope) -> None:
        self._database = database
        self._clock = clock
        self._scope = scope

    def number(self, site: str | None = None) -> int:
        """How many approved comments have open reports."""
        query = reported_number(in_scope_or_site(self._scope, site))
        with self._database.read() as connection:
            number: int = connection.execute(query).scalar_one()
        return number

    def open(self, limit: int, site: str | None = None) -> list[Reported]:
        """At most `limit` approved comments, those with the most open reports first."""
        query = (
            select(reports.c.comment_id)
            .select_from(REPORTED)
            .where(is_reported, in_scope_or_site(self._scope, site))
            .group_by(reports.c.comment_id)
            .order_by(func.count().desc(), reports.c.comment_id)
            .limit(limit)
        )
        with self._database.read() as connection:
            ids = list(connection.execute(query).scalars())
            return _reported(connection, ids)

    def decide(
        self,
        observed: ObservedComment,
        status: ReviewStatus,
        *,
        moderator_id: int,
        reason: RejectReason | None = None,
    ) -> Comment:
        """Keep the comment (approved) or reject it, and close its reports.

        Raises CommentNotFound, DecisionConflict, and NotAllowed for who only looks.
        """
        self._scope.check_may_decide()
        why = None if reason is None else Why(reason)
        decision = ModeratorDecision(status, moderator_id, self._clock(), why)
        with self._database.write() as connection:
            entries = [_closed(connection, observed, decision, self._scope)]
            if status is observed.state.status:
                comment = _kept(connection, observed, self._scope)
            else:
                comment = decide_comment(connection, observed, decision, self._scope)
                entries += audit_entries(connection, [comment.id], observed.state, decision)
            append_audit(connection, decision.at, *entries)
            return comment


def _closed(
    connection: Connection,
    observed: ObservedComment,
    decision: ModeratorDecision,
    scope: AccessScope,
) -> AuditEntry:
    """Close what is open against the comment."""
    statement = (
        reports.update()
        .where(reports.c.comment_id == number_of(connection, observed.id, scope), is_open)
        .values(closed_at=decision.at, closed_by=decision.moderator_id)
    )
    closed = connection.execute(statement).rowcount
    who = decided_by(connection, decision)
    return AuditEntry(
        who, AuditAction.REPORTS_CLOSED, f"comment {observed.id}", after={"closed": closed}
    )


def _kept(connection: Connection, observed: ObservedComment, scope: AccessScope) -> Comment:
    comment = find_comment(connection, observed.id)
    if (comment.status, comment.version) != (observed.state.status, observed.state.version):
        raise decision_conflict(connection, observed.id, scope)
    return comment


def _reported(connection: Connection, ids: Sequence[int]) -> list[Reported]:
    query = (
        select(reports.c.comment_id, reports.c.reason, reports.c.text, reports.c.reported_at)
        .where(reports.c.comment_id.in_(ids), is_open)
        .order_by(reports.c.id.desc())
    )
    rows: Sequence[Any] = connection.execute(query).all()
    return [
        _to_reported(card, [row for row in rows if row.comment_id == number])
        for number, card in zip(ids, cards_of(connection, ids), strict=True)
    ]


def _to_reported(card: Card, rows: Sequence[Any]) -> Reported:
    reasons = [Reason(row.reason) for row in rows]
    return Reported(
        card=card,
        reasons={reason: reasons.count(reason) for reason in Reason if reason in reasons},
        texts=[row.text for row in rows if row.text][:_TEXTS_SHOWN],
        first_at=rows[-1].reported_at,
    )
