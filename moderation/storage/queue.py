"""The moderators' queue: what is flagged, oldest first, and one decision about each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, and_, func, select, true, tuple_

from moderation.audit import Entry, What, person
from moderation.clock import Clock
from moderation.comments import Comment, CommentNotFound, LostRace, Status
from moderation.moderators import Reach
from moderation.policy import Reason
from moderation.storage.audit import append_audit
from moderation.storage.comments import SELECT_COMMENT, find_comment, to_comment
from moderation.storage.engine import Database
from moderation.storage.reach import comment_within, within
from moderation.storage.scoring import change_approved
from moderation.storage.tables import (
    ATTRIBUTES,
    comments,
    decisions,
    is_flagged,
    moderators,
    pages,
    scores,
    sites,
)

Decided = Literal[Status.APPROVED, Status.REJECTED]


@dataclass(frozen=True, slots=True)
class Parent:
    """The comment that a reply answers."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Flagged:
    """A comment that waits, with what a moderator needs to decide it.

    `scores` has every attribute, None where it was not scored; `model` is None if none was.
    """

    comment: Comment
    url: str | None
    title: str | None
    parent: Parent | None
    reasons: tuple[Reason, ...]
    scores: Mapping[str, float | None]
    model: str | None


_replied_to = comments.alias("replied_to")
_latest = (decisions.c.comment_id == comments.c.id) & (decisions.c.version == comments.c.version)
_REVIEWED = (
    SELECT_COMMENT.add_columns(
        pages.c.url,
        pages.c.title,
        _replied_to.c.name.label("parent_name"),
        _replied_to.c.text.label("parent_text"),
        decisions.c.reasons,
        scores.c.model,
        *(scores.c[attribute] for attribute in ATTRIBUTES),
    )
    .outerjoin(_replied_to, comments.c.parent_id == _replied_to.c.id)
    .outerjoin(decisions, _latest)
    .outerjoin(scores, scores.c.comment_id == comments.c.id)
)
_FLAGGED = _REVIEWED.where(is_flagged)
_place = tuple_(comments.c.submitted_at, comments.c.id)


class ReviewQueue:
    """The flagged comments within somebody's reach, or of one site there by its name."""

    def __init__(self, database: Database, clock: Clock, reach: Reach) -> None:
        self._database = database
        self._clock = clock
        self._reach = reach

    def waiting(self, site: str | None = None) -> int:
        """How many comments wait."""
        query = select(func.count()).select_from(comments.join(sites))
        query = query.where(is_flagged, self._of(site))
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()

    def oldest(
        self, limit: int, *, site: str | None = None, after: str | None = None
    ) -> list[Flagged]:
        """At most `limit`, oldest first, that follow the comment with the public id `after`.

        Raises CommentNotFound where `after` is no comment within reach.
        """
        query = _FLAGGED.where(self._of(site)).limit(limit)
        with self._database.read() as connection:
            if after is not None:
                query = query.where(_place > _place_of(connection, after, self._reach))
            rows = connection.execute(query.order_by(comments.c.submitted_at, comments.c.id))
            return [_to_flagged(row) for row in rows]

    def one(self, comment_id: str) -> Flagged:
        """The comment whatever its status; raises CommentNotFound."""
        query = _REVIEWED.where(comments.c.public_id == comment_id, self._of(None))
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise CommentNotFound(comment_id)
        return _to_flagged(row)

    def decide(
        self, comment_id: str, version: int, status: Decided, *, moderator_id: int
    ) -> Comment:
        """Decide the comment as it was at this version.

        Raises CommentNotFound, LostRace, and NotAllowed for who only looks.
        """
        self._reach.check_decides()
        this = (comments.c.public_id == comment_id) & (comments.c.version == version)
        statement = (
            comments.update()
            .where(this, is_flagged, comment_within(self._reach))
            .values(status=status, version=version + 1)
            .returning(comments.c.id, comments.c.page_id, comments.c.version)
        )
        with self._database.write() as connection:
            won = connection.execute(statement).first()
            if won is None:
                raise _lost_race(connection, comment_id, self._reach)
            self._write_decision(connection, won, status, moderator_id)
            if status is Status.APPROVED:
                change_approved(connection, won.page_id, 1)
            comment = find_comment(connection, comment_id)
            entry = _noted(connection, comment, moderator_id)
            append_audit(connection, self._clock(), entry)
            return comment

    def _write_decision(
        self, connection: Connection, won: Row[Any], status: Status, moderator_id: int
    ) -> None:
        connection.execute(
            decisions.insert().values(
                comment_id=won.id,
                version=won.version,
                who="moderator",
                moderator_id=moderator_id,
                from_status=Status.FLAGGED,
                to_status=status,
                reasons=[],
                decided_at=self._clock(),
            )
        )

    def _of(self, site: str | None) -> ColumnElement[bool]:
        asked = true() if site is None else sites.c.name == site
        return and_(within(self._reach), asked)


def _noted(connection: Connection, comment: Comment, moderator_id: int) -> Entry:
    query = select(moderators.c.name).where(moderators.c.id == moderator_id)
    who = person(connection.execute(query).scalar_one())
    before = {"status": Status.FLAGGED, "version": comment.version - 1}
    after = {"status": comment.status, "version": comment.version}
    return Entry(who, What.COMMENT_DECIDED, f"comment {comment.id}", before, after)


def _place_of(connection: Connection, comment_id: str, reach: Reach) -> tuple[datetime, int]:
    query = select(comments.c.submitted_at, comments.c.id).where(comment_within(reach))
    row = connection.execute(query.where(comments.c.public_id == comment_id)).first()
    if row is None:
        raise CommentNotFound(comment_id)
    return row.submitted_at, row.id


def _lost_race(connection: Connection, comment_id: str, reach: Reach) -> LostRace:
    """Who decided the comment first, and what; raises CommentNotFound, beyond reach too."""
    comment = find_comment(connection, comment_id)
    if not reach.includes(comment.site):
        raise CommentNotFound(comment_id)
    query = (
        select(moderators.c.name)
        .select_from(comments.join(decisions, _latest).join(moderators))
        .where(comments.c.public_id == comment_id)
    )
    return LostRace(comment, by=connection.execute(query).scalar())


def _to_flagged(row: Row[Any]) -> Flagged:
    return Flagged(
        comment=to_comment(row),
        url=row.url,
        title=row.title,
        parent=row.parent and Parent(row.parent_name, row.parent_text),
        reasons=tuple(Reason(**reason) for reason in row.reasons or ()),
        scores={attribute: row._mapping[attribute] for attribute in ATTRIBUTES},
        model=row.model,
    )
