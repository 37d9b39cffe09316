"""Change the status of comments for a moderator: compare, set, and record the decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, select

from moderation.accounts.moderators import AccessScope
from moderation.audit_chain import NOBODY, AuditAction, AuditedState, AuditEntry
from moderation.comments import Actor, Comment, CommentNotFound, DecisionConflict, Status
from moderation.policy import Reason
from moderation.storage.comments.comments import find_comment
from moderation.storage.comments.visibility import comment_with_id
from moderation.storage.decisions.erased_traces import erase_traces
from moderation.storage.decisions.records import DecisionRecord, record_decisions
from moderation.storage.decisions.reported_comments import close_answered
from moderation.storage.schema.accounts import moderators
from moderation.storage.schema.comments import comments
from moderation.storage.schema.decisions import decisions, is_latest
from moderation.storage.system.audit_log import moderator_by_id

ReviewStatus = Literal[Status.APPROVED, Status.REJECTED, Status.FLAGGED, Status.ERASED]


@dataclass(frozen=True, slots=True)
class ObservedState:
    """What comments were when they were seen: a change is based on this and nothing else."""

    status: Status
    version: int


@dataclass(frozen=True, slots=True)
class ObservedComment:
    """One comment as a moderator saw it."""

    id: str
    state: ObservedState


@dataclass(frozen=True, slots=True)
class BulkRef:
    """The bulk that a change is part of."""

    number: int  # internal
    id: str


@dataclass(frozen=True, slots=True)
class ModeratorDecision:
    """What becomes of them, by whom, when and why, and in which bulk if in one.

    Without `moderator_id` a website's own moderators decide, by `site_key` of theirs.
    """

    status: ReviewStatus
    moderator_id: int | None
    at: datetime
    reason: Reason | None = None
    bulk: BulkRef | None = None
    site_key: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionChange:
    """A decision about the comments that a condition names, where they are as they were seen."""

    condition: ColumnElement[bool]
    observed: ObservedState
    decision: ModeratorDecision


def decide_comment(
    connection: Connection,
    observed: ObservedComment,
    decision: ModeratorDecision,
    scope: AccessScope,
) -> Comment:
    """Decide a comment that still is as it was seen.

    Raises:
        CommentNotFound: No comment in scope has this id.
        DecisionConflict: Somebody decided it first.
    """
    condition = comment_with_id(observed.id, scope)
    (changed,) = decide_comments(connection, [DecisionChange(condition, observed.state, decision)])
    if not changed:
        raise decision_conflict(connection, observed.id, scope)
    return find_comment(connection, observed.id)


def decide_comments(connection: Connection, changes: Sequence[DecisionChange]) -> list[list[str]]:
    """Make all changes of a transaction; returns the public ids of what changed, by change."""
    changed = [_change_status(connection, change) for change in changes]
    records = [
        _to_record(row, change)
        for change, rows in zip(changes, changed, strict=True)
        for row in rows
    ]
    erased = [record for record in records if record.to_status is Status.ERASED]
    erase_traces(connection, [record.comment_id for record in erased])
    record_decisions(connection, records)
    close_answered(connection, records)
    return [[row.public_id for row in rows] for rows in changed]


def audit_entries(
    connection: Connection, ids: Sequence[str], observed: ObservedState, decision: ModeratorDecision
) -> list[AuditEntry]:
    """What the audit log says of comments by their public ids, changed so."""
    who = decided_by(connection, decision)
    before: AuditedState = {"status": observed.status, "version": observed.version}
    after: dict[str, object] = {"status": decision.status, "version": observed.version + 1}
    if decision.reason is not None:
        after["reason"] = decision.reason.rule
    if decision.bulk is not None:
        after["bulk"] = decision.bulk.id
    return [
        AuditEntry(who, AuditAction.COMMENT_DECIDED, f"comment {public_id}", before, after)
        for public_id in ids
    ]


def decided_by(connection: Connection, decision: ModeratorDecision) -> str:
    """Who decides, as the audit log names them."""
    if decision.moderator_id is not None:
        return moderator_by_id(connection, decision.moderator_id)
    return decision.site_key or NOBODY


def decision_conflict(
    connection: Connection, comment_id: str, scope: AccessScope
) -> DecisionConflict:
    """Who decided the comment first, and what; raises CommentNotFound, out of scope too."""
    comment = find_comment(connection, comment_id)
    if not scope.includes(comment.site):
        raise CommentNotFound(comment_id)
    by_whom = decisions.c.moderator_id == moderators.c.id
    query = (
        select(moderators.c.name)
        .select_from(comments.join(decisions, is_latest).join(moderators, by_whom))
        .where(comments.c.public_id == comment_id)
    )
    return DecisionConflict(comment, by=connection.execute(query).scalar())


def _change_status(connection: Connection, change: DecisionChange) -> Sequence[Row[Any]]:
    observed, status = change.observed, change.decision.status
    statement = (
        comments.update()
        .where(
            change.condition,
            comments.c.status == observed.status,
            comments.c.version == observed.version,
            comments.c.status.not_in((status, Status.ERASED)),
        )
        .values(status=status, version=observed.version + 1, lease_token=None)
        .returning(comments.c.id, comments.c.public_id, comments.c.page_id)
    )
    return connection.execute(statement).all()


def _to_record(row: Row[Any], change: DecisionChange) -> DecisionRecord:
    observed, decision = change.observed, change.decision
    return DecisionRecord(
        comment_id=row.id,
        page_id=row.page_id,
        version=observed.version + 1,
        actor=Actor.MODERATOR,
        from_status=observed.status,
        to_status=decision.status,
        reasons=[decision.reason] if decision.reason else [],
        decided_at=decision.at,
        moderator_id=decision.moderator_id,
        bulk_id=None if decision.bulk is None else decision.bulk.number,
    )
