"""Holds: one card, one moderator, for a minute at a time; and skips."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, literal, select

from moderation.accounts.moderators import AccessScope
from moderation.clock import Clock
from moderation.comments import QueueSection, Status
from moderation.review.notes import CardLeaseLost
from moderation.storage.comments.visibility import (
    comment_in_scope,
    comment_with_id,
    in_scope_or_site,
)
from moderation.storage.database.engine import Database, insert_for
from moderation.storage.database.limited_times import has_ended, is_running
from moderation.storage.decisions.moderator_decisions import decision_conflict
from moderation.storage.review.queue_orders import QueueOrder, in_section, order_by
from moderation.storage.schema.column_types import UtcTime
from moderation.storage.schema.comments import comments, is_flagged
from moderation.storage.schema.review import holds, skips

HOLD = timedelta(seconds=60)
SKIP = timedelta(hours=1)  # how long a skipped card is offered to others only
_ATTEMPTS = 5  # each is lost only to somebody who took that card at the same moment


class Holds:
    """Who holds which card of the queue in somebody's scope.

    Every method that changes anything raises NotAllowed for a moderator who may only look.
    """

    def __init__(self, database: Database, clock: Clock, scope: AccessScope) -> None:
        self._database = database
        self._clock = clock
        self._scope = scope

    def take(
        self,
        moderator_id: int,
        order: QueueOrder,
        *,
        site: str | None = None,
        section: QueueSection | None = None,
    ) -> str | None:
        """Hold the first card that nobody else holds; a card held before is let go.

        Args:
            moderator_id: Who takes it; a card that they skipped lately is passed over.
            order: What comes first.
            site: The name of the site to take one of; None means any.
            section: The section to take one of; None means either.

        Returns:
            The comment's public id, None where there is no card to take.
        """
        self._scope.check_may_decide()
        now = self._clock()
        free = _free(moderator_id, now).where(in_scope_or_site(self._scope, site))
        first = free.where(in_section(section)).order_by(*order_by(order)).limit(1)
        self.let_go(moderator_id)
        for _ in range(_ATTEMPTS):
            if taken := self._take(first, moderator_id, now):
                return taken
        return None

    def hold(self, comment_id: str, moderator_id: int) -> str | None:
        """Hold this card; a card held before is let go.

        Returns:
            The comment's public id, None where somebody else holds it or it does not wait.
        """
        self._scope.check_may_decide()
        query = select(comments.c.id).where(comment_with_id(comment_id, self._scope), is_flagged)
        self.let_go(moderator_id)
        return self._take(query, moderator_id, self._clock())

    def held(self, moderator_id: int) -> str | None:
        """Return the public id of the card that this moderator holds, if any."""
        query = select(comments.c.public_id).join(holds, holds.c.comment_id == comments.c.id)
        held = (holds.c.moderator_id == moderator_id) & is_running(
            holds.c.expires_at, self._clock(), HOLD
        )
        query = query.where(held, is_flagged, comment_in_scope(self._scope))
        with self._database.read() as connection:
            return connection.execute(query).scalar()

    def renew(self, comment_id: str, moderator_id: int) -> None:
        """Hold a card for another minute.

        Raises:
            DecisionConflict: The comment was decided meanwhile.
            CardLeaseLost: The moderator does not hold it any more.
            CommentNotFound: No comment in scope has this id.
        """
        self._scope.check_may_decide()
        of_comment = select(comments.c.id).where(comment_with_id(comment_id, self._scope))
        statement = (
            holds.update()
            .where(
                holds.c.comment_id == of_comment.scalar_subquery(),
                holds.c.moderator_id == moderator_id,
            )
            .values(expires_at=self._clock() + HOLD)
        )
        with self._database.write() as connection:
            if connection.execute(statement).rowcount == 1:
                return
            lost = decision_conflict(connection, comment_id, self._scope)
        if lost.comment.status is not Status.FLAGGED:
            raise lost
        sentence = "you no longer hold this card: somebody else may have it"
        raise CardLeaseLost(sentence)

    def let_go(self, moderator_id: int) -> None:
        """Let go the card that this moderator holds, if any."""
        # A transaction of its own: two who each took over what the other lets go would deadlock.
        with self._database.write() as connection:
            connection.execute(holds.delete().where(holds.c.moderator_id == moderator_id))

    def skip(self, comment_id: str, moderator_id: int) -> None:
        """Leave a card to others for a while; nothing happens where there is no such comment."""
        self._scope.check_may_decide()
        row = select(comments.c.id, literal(moderator_id), literal(self._clock(), UtcTime))
        statement = skips.insert().from_select(
            ["comment_id", "moderator_id", "skipped_at"],
            row.where(comment_with_id(comment_id, self._scope)),
        )
        with self._database.write() as connection:
            connection.execute(statement)

    def _take(self, query: Select[tuple[int]], moderator_id: int, now: datetime) -> str | None:
        # As in claims.py: PostgreSQL passes over what another is taking, SQLite has one writer.
        free = query.with_for_update(of=comments, skip_locked=True).cte("free")
        mine: dict[str, Any] = {"moderator_id": moderator_id, "expires_at": now + HOLD}
        held = select(free.c.id, literal(moderator_id), literal(now + HOLD, UtcTime))
        with self._database.write() as connection:
            statement = (
                insert_for(connection)(holds)
                # SQLite takes ON CONFLICT for a join's ON unless a WHERE stands before it.
                .from_select(["comment_id", *mine], held.where(free.c.id.is_not(None)))
                .on_conflict_do_update(
                    index_elements=["comment_id"],
                    set_=mine,
                    where=has_ended(holds.c.expires_at, now, HOLD),
                )
                .returning(holds.c.comment_id)
            )
            taken = connection.execute(statement).scalar()
            public_id = select(comments.c.public_id).where(comments.c.id == taken)
            return connection.execute(public_id).scalar()


def _free(moderator_id: int, now: datetime) -> Select[tuple[int]]:
    is_held = is_running(holds.c.expires_at, now, HOLD)
    held = exists().where(holds.c.comment_id == comments.c.id, is_held)
    return select(comments.c.id).where(is_flagged, ~held, ~_skipped(moderator_id, now))


def _skipped(moderator_id: int, now: datetime) -> ColumnElement[bool]:
    return exists().where(
        skips.c.comment_id == comments.c.id,
        skips.c.moderator_id == moderator_id,
        skips.c.skipped_at > now - SKIP,
        skips.c.skipped_at <= now + SKIP,  # a later one is of a clock that was wrong
    )
