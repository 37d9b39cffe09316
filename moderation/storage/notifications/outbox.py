"""The outbox: decisions that webhooks and readers hear of, made into deliveries and mails."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, or_, select

from moderation.clock import Clock
from moderation.notifications.webhooks import Event, events_of
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.engine import Database
from moderation.storage.notifications.delivery_log import new_delivery
from moderation.storage.reader_mail.new_mails import queue_mails
from moderation.storage.schema.comments import comments
from moderation.storage.schema.decisions import decisions
from moderation.storage.schema.notifications import deliveries, is_waiting, outbox, webhooks

RETENTION = timedelta(days=7)  # of what has arrived or was given up
PRUNE_BATCH = 5_000  # deliveries
_FAN_OUT_BATCH = 100  # decisions in one transaction: SQLite lets nobody else write meanwhile
_LOCK = 7_240_713  # any number: the name of our advisory lock on PostgreSQL

_SUBSCRIBER = DriverStatement(select(webhooks.c.id).where(webhooks.c.active).limit(1))


class Outbox:
    """Decisions that are neither deliveries nor mails yet, and deliveries that are over."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Read and write in this database; the clock says what is over."""
        self._database = database
        self._clock = clock

    def has_subscribers(self) -> bool:
        """Whether there is an active webhook."""
        with self._database.read() as connection:
            return _SUBSCRIBER.first(connection, {}) is not None

    def fan_out(self) -> int:
        """Make deliveries of a batch of decisions, to each webhook that asks for them, and mails.

        One process at a time does this, so that deliveries are in the order of the decisions.

        Returns:
            How many decisions were in the batch; 0 where none waits or another process does it.
        """
        with self._database.read() as connection:
            if connection.execute(select(outbox.c.decision_id).limit(1)).first() is None:
                return 0
        with self._database.write() as connection:
            if not _try_exclusive_lock(connection):
                return 0
            batch = _next_decisions(connection)
            rows = list(self._rows(_active_webhooks(connection), batch))
            if rows:
                connection.execute(deliveries.insert(), rows)
            queue_mails(connection, [decision.id for decision in batch], self._clock())
            is_done = outbox.c.decision_id.in_([decision.id for decision in batch])
            connection.execute(outbox.delete().where(is_done))
        return len(batch)

    def prune(self) -> int:
        """Forget a batch of the oldest deliveries that are over.

        A delivery that waits for a webhook that is off is over when it would have been given up.

        Returns:
            How many were forgotten; PRUNE_BATCH where there may be more.
        """
        now = self._clock()
        is_off = deliveries.c.webhook_id.in_(select(webhooks.c.id).where(~webhooks.c.active))
        is_over = or_(~is_waiting, and_(is_off, deliveries.c.give_up_at < now))
        oldest = (
            select(deliveries.c.id)
            .where(deliveries.c.created_at < now - RETENTION, is_over)
            .order_by(deliveries.c.id)
            .limit(PRUNE_BATCH)
            # PostgreSQL only: what is being sent again meanwhile is not over any more.
            .with_for_update(skip_locked=True, of=deliveries)
            .cte("oldest")
        )
        is_oldest = deliveries.c.id.in_(select(oldest.c.id))
        statement = deliveries.delete().where(is_oldest).returning(deliveries.c.id)
        with self._database.write() as connection:
            return len(connection.execute(statement).all())

    def _rows(
        self, hooks: Sequence[Row[Any]], batch: Sequence[Row[Any]]
    ) -> Iterator[dict[str, object]]:
        now = self._clock()
        for decision in batch:
            for hook in hooks:
                for event in _subscribed_events(hook, decision):
                    yield new_delivery(hook.id, event, now, decision_id=decision.id)


def _subscribed_events(hook: Row[Any], decision: Row[Any]) -> list[Event]:
    if hook.site_id not in (None, decision.site_id) or decision.decided_at < hook.created_at:
        return []
    events = events_of(decision.actor, decision.to_status)
    return [event for event in events if event in hook.events]


def _try_exclusive_lock(connection: Connection) -> bool:
    if connection.dialect.name != "postgresql":
        return True  # SQLite has one writer
    query = f"SELECT pg_try_advisory_xact_lock({_LOCK})"
    return bool(connection.exec_driver_sql(query).scalar())


def _next_decisions(connection: Connection) -> Sequence[Row[Any]]:
    query: Select[Any] = (
        select(
            decisions.c.id,
            decisions.c.actor,
            decisions.c.to_status,
            decisions.c.decided_at,
            comments.c.site_id,
        )
        .select_from(outbox.join(decisions).join(comments))
        .order_by(decisions.c.id)
        .limit(_FAN_OUT_BATCH)
    )
    return connection.execute(query).all()


def _active_webhooks(connection: Connection) -> Sequence[Row[Any]]:
    # Locked against being removed before the deliveries made here are there to be removed too.
    query = select(webhooks).where(webhooks.c.active).order_by(webhooks.c.id)
    return connection.execute(query.with_for_update(read=True, key_share=True)).all()
