"""Feeds of the queue: their secrets, of which only hashes are kept, and their entries."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from moderation.accounts.moderators import AccessScope
from moderation.audit_chain import AuditAction
from moderation.clock import Clock
from moderation.comments import CommentNotFound, QueueSection, Status
from moderation.keys import hash_token
from moderation.notifications.feeds import (
    ENTRIES,
    Feed,
    FeedNotFound,
    FeedSummary,
    QueuePlace,
    WaitingComment,
)
from moderation.statistics import SectionCounts
from moderation.storage.accounts.acting_moderator import (
    audit_own_action,
    lock_session_moderator,
)
from moderation.storage.accounts.moderators import SELECT_MODERATOR, to_moderator
from moderation.storage.comments.comments import SELECT_COMMENT, to_comment
from moderation.storage.comments.open_reports import reported_number
from moderation.storage.comments.visibility import comment_in_scope, comment_with_id
from moderation.storage.database.engine import Database, insert_for
from moderation.storage.database.keyset import Keyset
from moderation.storage.decisions.queue_rank import likely_number
from moderation.storage.decisions.reasons import to_reasons
from moderation.storage.schema.accounts import moderators
from moderation.storage.schema.comments import arrival, comments, is_flagged
from moderation.storage.schema.decisions import decisions, is_latest
from moderation.storage.schema.notifications import feeds
from moderation.storage.schema.sites import pages

_NEWEST_FIRST = Keyset((comments.c.submitted_at, comments.c.id), descending=True)
_WAITING = (
    SELECT_COMMENT.add_columns(
        pages.c.title, comments.c.section, decisions.c.reasons, decisions.c.decided_at
    )
    .outerjoin(decisions, is_latest)
    .where(is_flagged)
)


class Feeds:
    """One for each moderator who made one; it ends with a reset, and with its moderator."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Read and write in this database; the clock says when a feed was made."""
        self._database = database
        self._clock = clock

    def make(self, session: str) -> str:
        """Make a feed for the moderator of this session, in place of an earlier one.

        Returns:
            Its secret, which is shown this once.

        Raises:
            SignedOut: The session has ended.
        """
        token, now = secrets.token_urlsafe(32), self._clock()
        made: dict[str, Any] = {"token_hash": hash_token(token), "created_at": now}
        with self._database.write() as connection:
            holder = lock_session_moderator(connection, session, now)
            connection.execute(
                insert_for(connection)(feeds)
                .values(moderator_id=holder.id, **made)
                .on_conflict_do_update(index_elements=["moderator_id"], set_=made)
            )
            audit_own_action(connection, now, holder.name, AuditAction.FEED_MADE)
        return token

    def revoke(self, session: str) -> None:
        """End the feed of the moderator of this session, if there is one.

        Raises:
            SignedOut: The session has ended.
        """
        with self._database.write() as connection:
            holder = lock_session_moderator(connection, session, self._clock())
            theirs = feeds.c.moderator_id == holder.id
            if connection.execute(feeds.delete().where(theirs)).rowcount:
                audit_own_action(connection, self._clock(), holder.name, AuditAction.FEED_REVOKED)

    def made_at(self, moderator_id: int) -> datetime | None:
        """Since when the moderator has one; None for none."""
        query = select(feeds.c.created_at).where(feeds.c.moderator_id == moderator_id)
        with self._database.read() as connection:
            return connection.execute(query).scalar()

    def get(self, token: str) -> Feed:
        """The feed with this secret.

        Raises:
            FeedNotFound: There is none, or its moderator is not let in any more.
        """
        query = (
            SELECT_MODERATOR.add_columns(feeds.c.created_at)
            .join(feeds, feeds.c.moderator_id == moderators.c.id)
            .where(feeds.c.token_hash == hash_token(token), moderators.c.active)
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise FeedNotFound
        return Feed(to_moderator(row), row.created_at)

    def summary(self, scope: AccessScope) -> FeedSummary:
        """What waits for a moderator with this scope: figures, and the newest comments."""
        is_within = comment_in_scope(scope)
        figures = select(func.count().label("number"), likely_number, func.min(arrival))
        newest = _WAITING.where(is_within).order_by(*_NEWEST_FIRST.order_by).limit(ENTRIES)
        with self._database.read() as connection:
            number, likely, oldest = connection.execute(figures.where(is_flagged, is_within)).one()
            numbers = SectionCounts(number - likely, likely)
            reported = connection.execute(reported_number(is_within)).scalar_one()
            waiting = [_to_waiting(row) for row in connection.execute(newest)]
            return FeedSummary(numbers, oldest, waiting, reported)

    def place(self, comment_id: str, scope: AccessScope) -> QueuePlace:
        """Where a comment waits, oldest first within its section.

        Args:
            comment_id: The public id.
            scope: Which sites the moderator may see.

        Raises:
            CommentNotFound: There is none in scope, or it does not wait any more.
        """
        columns = (comments.c.submitted_at, comments.c.id, comments.c.status, comments.c.section)
        query = select(*columns)
        with self._database.read() as connection:
            comment = connection.execute(query.where(comment_with_id(comment_id, scope))).first()
            if comment is None or comment.status != Status.FLAGGED:
                raise CommentNotFound(comment_id)
            earlier = select(comments.c.public_id).where(
                is_flagged,
                comments.c.section == comment.section,
                comment_in_scope(scope),
                _NEWEST_FIRST.after(comment),
            )
            last = earlier.order_by(*_NEWEST_FIRST.order_by).limit(1)
            before = connection.execute(last).scalar()
        return QueuePlace(QueueSection(comment.section), before)


def _to_waiting(row: Row[Any]) -> WaitingComment:
    return WaitingComment(
        comment=to_comment(row),
        title=row.title,
        reasons=to_reasons(row.reasons),
        section=QueueSection(row.section),
        since=row.decided_at or row.submitted_at,
    )
