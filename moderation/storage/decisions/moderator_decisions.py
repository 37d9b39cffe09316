"""A moderator's change of what comments are: compare, set, and a row that stays."""

from collections import Counter
from collections.abc import Mapping, Sequence
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
from moderation.storage.decisions.queue_rank import rank
from moderation.storage.decisions.records import as_json, change_approved
from moderation.storage.schema.accounts import moderators
from moderation.storage.schema.comments import comments
from moderation.storage.schema.decisions import decisions, is_latest
from moderation.storage.schema.review import holds
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
class Revised:
    """The comments that were changed, by their public ids, and what that makes of pages' counts."""

    ids: Sequence[str]
    more: Mapping[int, int]  # approved comments, by page


def revise_status(connection: Connection, seen: Seen, revision: Revision, reach: Reach) -> Comment:
    """Change the comment if it still is as it was seen; raises CommentNotFound, LostRace."""
    revised = revise(connection, this_comment(seen.id, reach), seen.basis, revision)
    if not revised.ids:
        raise lost_race(connection, seen.id, reach)
    change_approved(connection, revised.more)
    return find_comment(connection, seen.id)


def revise(
    connection: Connection, these: ColumnElement[bool], basis: Basis, revision: Revision
) -> Revised:
    """Change those of these that still are as they were seen, but not yet their pages' counts.

    A text that its author deleted stays deleted.
    """
    open_to_change = comments.c.status.not_in((Status.DELETED, revision.status))
    statement = (
        comments.update()
        .where(
            these,
            comments.c.status == basis.status,
            comments.c.version == basis.version,
            open_to_change,
        )
        .values(status=revision.status, version=basis.version + 1, lease_token=None)
        .returning(comments.c.id, comments.c.public_id, comments.c.page_id)
    )
    won = connection.execute(statement).all()
    if won:
        _write_decisions(connection, won, basis, revision)
        _keep_queue(connection, [row.id for row in won], revision)
    return Revised([row.public_id for row in won], _more(won, basis, revision))


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


def _write_decisions(
    connection: Connection, won: Sequence[Row[Any]], basis: Basis, revision: Revision
) -> None:
    same = {
        "version": basis.version + 1,
        "who": Who.MODERATOR,
        "moderator_id": revision.moderator_id,
        "from_status": basis.status,
        "to_status": revision.status,
        "reasons": [as_json(revision.reason)] if revision.reason else [],
        "decided_at": revision.at,
        "bulk_id": revision.bulk and revision.bulk.number,
    }
    connection.execute(decisions.insert(), [{"comment_id": row.id, **same} for row in won])


def _more(won: Sequence[Row[Any]], basis: Basis, revision: Revision) -> dict[int, int]:
    each = (revision.status is Status.APPROVED) - (basis.status is Status.APPROVED)
    numbers = Counter(row.page_id for row in won)
    return {page_id: each * number for page_id, number in numbers.items()} if each else {}


def _keep_queue(connection: Connection, ids: Sequence[int], revision: Revision) -> None:
    if revision.status is Status.FLAGGED:
        rank(connection, ids)
    connection.execute(holds.delete().where(holds.c.comment_id.in_(ids)))
