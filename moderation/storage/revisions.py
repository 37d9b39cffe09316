"""A moderator's change of one comment's status: compare, set, and a row that stays."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, select

from moderation.audit import Entry, What
from moderation.comments import Comment, CommentNotFound, LostRace, Status
from moderation.moderators import Reach
from moderation.policy import Reason
from moderation.storage.audit import moderator_by_id
from moderation.storage.comments import find_comment
from moderation.storage.orders import rank
from moderation.storage.reach import this_comment
from moderation.storage.scoring import as_json, change_approved
from moderation.storage.tables import comments, decisions, holds, moderators

Reviewed = Literal[Status.APPROVED, Status.REJECTED, Status.FLAGGED]
REVIEWED: tuple[Reviewed, ...] = (Status.APPROVED, Status.REJECTED, Status.FLAGGED)


@dataclass(frozen=True, slots=True)
class Seen:
    """A comment as a moderator saw it: the change is based on this and nothing else."""

    id: str
    status: Status
    version: int


@dataclass(frozen=True, slots=True)
class Revision:
    """What becomes of it, by whom, when and why."""

    status: Reviewed
    moderator_id: int
    at: datetime
    reason: Reason | None = None


def revise_status(connection: Connection, seen: Seen, revision: Revision, reach: Reach) -> Comment:
    """Change the comment if it still is as it was seen; raises CommentNotFound, LostRace.

    What is pending is the policy's to decide, and a text that its author deleted stays deleted.
    """
    as_seen = (comments.c.status == seen.status) & (comments.c.version == seen.version)
    other = comments.c.status.in_(set(REVIEWED) - {revision.status})
    statement = (
        comments.update()
        .where(this_comment(seen.id, reach), as_seen, other)
        .values(status=revision.status, version=seen.version + 1)
        .returning(comments.c.id, comments.c.page_id, comments.c.version)
    )
    won = connection.execute(statement).first()
    if won is None:
        raise lost_race(connection, seen.id, reach)
    _write_decision(connection, won, seen, revision)
    _keep_count(connection, won.page_id, seen.status, revision.status)
    if revision.status is Status.FLAGGED:
        rank(connection, [won.id])
    connection.execute(holds.delete().where(holds.c.comment_id == won.id))
    return find_comment(connection, seen.id)


def noted(connection: Connection, seen: Seen, comment: Comment, revision: Revision) -> Entry:
    """What the audit log says of it: the comment as it is now, and was."""
    who = moderator_by_id(connection, revision.moderator_id)
    before = {"status": seen.status, "version": seen.version}
    after: dict[str, object] = {"status": comment.status, "version": comment.version}
    if revision.reason is not None:
        after["reason"] = revision.reason.rule
    return Entry(who, What.COMMENT_DECIDED, f"comment {comment.id}", before, after)


def lost_race(connection: Connection, comment_id: str, reach: Reach) -> LostRace:
    """Who decided the comment first, and what; raises CommentNotFound, beyond reach too."""
    comment = find_comment(connection, comment_id)
    if not reach.includes(comment.site):
        raise CommentNotFound(comment_id)
    latest = (decisions.c.comment_id == comments.c.id) & (decisions.c.version == comments.c.version)
    by_whom = decisions.c.moderator_id == moderators.c.id
    query = (
        select(moderators.c.name)
        .select_from(comments.join(decisions, latest).join(moderators, by_whom))
        .where(comments.c.public_id == comment_id)
    )
    return LostRace(comment, by=connection.execute(query).scalar())


def _write_decision(connection: Connection, won: Row[Any], seen: Seen, revision: Revision) -> None:
    connection.execute(
        decisions.insert().values(
            comment_id=won.id,
            version=won.version,
            who="moderator",
            moderator_id=revision.moderator_id,
            from_status=seen.status,
            to_status=revision.status,
            reasons=[as_json(revision.reason)] if revision.reason else [],
            decided_at=revision.at,
        )
    )


def _keep_count(connection: Connection, page_id: int, before: Status, after: Status) -> None:
    if number := (after is Status.APPROVED) - (before is Status.APPROVED):
        change_approved(connection, page_id, number)
