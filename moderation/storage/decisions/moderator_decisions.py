"""Change the status of comments for a moderator: compare, set, and record the decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, select

from moderation.accounts.moderators import Reach
from moderation.audit_chain import Entry, State, What
from moderation.comments import Comment, CommentNotFound, LostRace, Status, Who
from moderation.policy import Reason
from moderation.storage.comments.comments import find_comment
from moderation.storage.comments.visibility import this_comment
from moderation.storage.decisions.records import DecisionRecord, record_decisions
from moderation.storage.schema.accounts import moderators
from moderation.storage.schema.comments import comments
from moderation.storage.schema.decisions import decisions, is_latest
from moderation.storage.system.audit_log import moderator_by_id

Reviewed = Literal[Status.APPROVED, Status.REJECTED, Status.FLAGGED]


@dataclass(frozen=True, slots=True)
class Basis:
    """What comments were when they were seen: a change is based on this and nothing else."""

    status: Status
    version: int


@dataclass(frozen=True, slots=True)
class Seen:
    """One comment as a moderator saw it."""

    id: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class InBulk:
    """The bulk that a change is part of."""

    number: int  # internal
    id: str


@dataclass(frozen=True, slots=True)
class Revision:
    """What becomes of them, by whom, when and why, and in which bulk if in one."""

    status: Reviewed
    moderator_id: int
    at: datetime
    reason: Reason | None = None
    bulk: InBulk | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A revision of the comments that a condition names, as far as they are as they were seen."""

    condition: ColumnElement[bool]
    basis: Basis
    revision: Revision


def revise_status(connection: Connection, seen: Seen, revision: Revision, reach: Reach) -> Comment:
    """Change the comment if it still is as it was seen; raises CommentNotFound, LostRace."""
    condition = this_comment(seen.id, reach)
    (changed,) = revise(connection, [Change(condition, seen.basis, revision)])
    if not changed:
        raise lost_race(connection, seen.id, reach)
    return find_comment(connection, seen.id)


def revise(connection: Connection, changes: Sequence[Change]) -> list[list[str]]:
    """Make all changes of a transaction; returns the public ids of what changed, by change."""
    changed = [_change_status(connection, change) for change in changes]
    records = [
        _to_record(row, change)
        for change, rows in zip(changes, changed, strict=True)
        for row in rows
    ]
    record_decisions(connection, records)
    return [[row.public_id for row in rows] for rows in changed]


def noted(
    connection: Connection, ids: Sequence[str], basis: Basis, revision: Revision
) -> list[Entry]:
    """What the audit log says of comments by their public ids, changed so."""
    who = moderator_by_id(connection, revision.moderator_id)
    before: State = {"status": basis.status, "version": basis.version}
    after: dict[str, object] = {"status": revision.status, "version": basis.version + 1}
    if revision.reason is not None:
        after["reason"] = revision.reason.rule
    if revision.bulk is not None:
        after["bulk"] = revision.bulk.id
    return [Entry(who, What.COMMENT_DECIDED, f"comment {each}", before, after) for each in ids]


def lost_race(connection: Connection, comment_id: str, reach: Reach) -> LostRace:
    """Who decided the comment first, and what; raises CommentNotFound, beyond reach too."""
    comment = find_comment(connection, comment_id)
    if not reach.includes(comment.site):
        raise CommentNotFound(comment_id)
    by_whom = decisions.c.moderator_id == moderators.c.id
    query = (
        select(moderators.c.name)
        .select_from(comments.join(decisions, is_latest).join(moderators, by_whom))
        .where(comments.c.public_id == comment_id)
    )
    return LostRace(comment, by=connection.execute(query).scalar())


def _change_status(connection: Connection, change: Change) -> Sequence[Row[Any]]:
    basis, status = change.basis, change.revision.status
    statement = (
        comments.update()
        .where(
            change.condition,
            comments.c.status == basis.status,
            comments.c.version == basis.version,
            comments.c.status != status,
        )
        .values(status=status, version=basis.version + 1, lease_token=None)
        .returning(comments.c.id, comments.c.public_id, comments.c.page_id)
    )
    return connection.execute(statement).all()


def _to_record(row: Row[Any], change: Change) -> DecisionRecord:
    basis, revision = change.basis, change.revision
    return DecisionRecord(
        comment_id=row.id,
        page_id=row.page_id,
        version=basis.version + 1,
        who=Who.MODERATOR,
        from_status=basis.status,
        to_status=revision.status,
        reasons=[revision.reason] if revision.reason else [],
        decided_at=revision.at,
        moderator_id=revision.moderator_id,
        bulk_id=None if revision.bulk is None else revision.bulk.number,
    )
