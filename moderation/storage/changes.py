"""One way to change what a comment is: compare, set, write the decision, keep the page's count."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from moderation.clock import Clock
from moderation.comments import Comment, LostRace, Status
from moderation.storage.cards import number_of
from moderation.storage.comments import find_comment
from moderation.storage.engine import Database
from moderation.storage.scoring import change_approved
from moderation.storage.tables import comments, decisions, moderators


@dataclass(frozen=True, slots=True)
class Basis:
    """What a comment was when the moderator saw it."""

    status: Status
    version: int


@dataclass(frozen=True, slots=True)
class By:
    """Who changes it, when, and in which bulk if in one."""

    moderator_id: int
    at: datetime
    bulk_id: int | None = None


class Changes:
    """A moderator's decision about one comment of any status."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def change(
        self, comment_id: str, basis: Basis, status: Status, *, moderator_id: int
    ) -> Comment:
        """Make it approved, rejected or flagged; raises CommentNotFound, LostRace."""
        by = By(moderator_id, self._clock())
        with self._database.write() as connection:
            return change_one(connection, comment_id, basis, status, by)


def change_one(
    connection: Connection, comment_id: str, basis: Basis, status: Status, by: By
) -> Comment:
    """The comment as it is now; raises CommentNotFound, LostRace."""
    number = number_of(connection, comment_id)
    # A text that its author deleted stays deleted.
    if basis.status is Status.DELETED or not change(connection, [number], basis, status, by):
        raise lost_race(connection, comment_id)
    return find_comment(connection, comment_id)


def change(connection: Connection, ids: Sequence[int], basis: Basis, status: Status, by: By) -> int:
    """Change those that still are as they were seen; returns how many. `status` is another."""
    statement = (
        comments.update()
        .where(
            comments.c.id.in_(sorted(ids)),
            comments.c.status == basis.status,
            comments.c.version == basis.version,
        )
        .values(status=status, version=basis.version + 1, lease_token=None)
        .returning(comments.c.id, comments.c.page_id)
    )
    won = connection.execute(statement).all()
    if won:
        connection.execute(decisions.insert(), [_decision(row, basis, status, by) for row in won])
        _keep_counts(connection, (row.page_id for row in won), basis, status)
    return len(won)


def lost_race(connection: Connection, comment_id: str) -> LostRace:
    """Who decided the comment first, and what."""
    latest = (decisions.c.comment_id == comments.c.id) & (decisions.c.version == comments.c.version)
    query = (
        select(moderators.c.name)
        .select_from(comments.join(decisions, latest).join(moderators))
        .where(comments.c.public_id == comment_id)
    )
    return LostRace(find_comment(connection, comment_id), by=connection.execute(query).scalar())


def _decision(row: Row[Any], basis: Basis, status: Status, by: By) -> dict[str, object]:
    return {
        "comment_id": row.id,
        "version": basis.version + 1,
        "who": "moderator",
        "moderator_id": by.moderator_id,
        "from_status": basis.status,
        "to_status": status,
        "reasons": [],
        "decided_at": by.at,
        "bulk_id": by.bulk_id,
    }


def _keep_counts(
    connection: Connection, page_ids: Iterable[int], basis: Basis, status: Status
) -> None:
    more = (status is Status.APPROVED) - (basis.status is Status.APPROVED)
    if more == 0:
        return
    # In sorted order, so that two who change the same pages wait for each other, not deadlock.
    for page_id, number in sorted(Counter(page_ids).items()):
        change_approved(connection, page_id, more * number)
