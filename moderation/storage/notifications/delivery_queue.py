"""The deliveries that wait to be sent: a webhook is leased to one process, which sends in order."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, or_, select

from moderation.clock import Clock
from moderation.notifications.deliveries import (
    MAX_DELAY,
    Attempt,
    DeliveryOutcome,
    LeasedWebhook,
    health_after,
    progress_after,
)
from moderation.notifications.signing import webhook_secret
from moderation.storage.database.engine import Database
from moderation.storage.database.limited_times import has_ended
from moderation.storage.notifications.payload import SELECT_PAYLOAD, DecisionPayload, to_payload
from moderation.storage.notifications.webhook_rows import health_columns, health_of
from moderation.storage.schema.notifications import deliveries, is_waiting, webhooks

LEASE = timedelta(seconds=60)  # four times the longest that one sending takes


def _random_jitter() -> float:
    return secrets.randbelow(1000) / 1000


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """A delivery to send now. `payload` is None for a test."""

    id: int
    type: str
    message_id: str
    created_at: datetime
    payload: DecisionPayload | None


class DeliveryQueue:
    """What waits to be sent, for any number of processes at once."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        server_secret: bytes,
        jitter: Callable[[], float] = _random_jitter,
    ) -> None:
        """Read and write in this database.

        Args:
            database: Where the deliveries are.
            clock: Says what is due.
            server_secret: From which the secrets of the webhooks are derive_key.
            jitter: From 0 to 1, random: spreads retries.
        """
        self._database = database
        self._clock = clock
        self._server_secret = server_secret
        self._jitter = jitter

    def lease(self, limit: int) -> list[LeasedWebhook]:
        """Lease webhooks that have something due and are leased to nobody.

        Args:
            limit: How many at most.

        Returns:
            The webhooks, those first whose last lease ended longest ago.
        """
        token, now = secrets.token_urlsafe(12), self._clock()
        is_free = _is_free(now)
        with self._database.read() as connection:
            query = select(webhooks.c.id).where(is_free)
            if limit < 1 or connection.execute(query).first() is None:
                return []
        longest = select(webhooks.c.id).where(is_free).order_by(webhooks.c.lease_until).limit(limit)
        chosen = longest.with_for_update(skip_locked=True).cte("chosen")
        statement = (
            webhooks.update()
            .where(webhooks.c.id.in_(select(chosen.c.id)), is_free)
            .values(lease_until=now + LEASE, lease_token=token)
            .returning(webhooks)
        )
        with self._database.write() as connection:
            rows = connection.execute(statement).all()
        return [self._to_leased(row, token) for row in rows]

    def next_due(self, webhook: LeasedWebhook) -> DueDelivery | None:
        """The oldest delivery that is due; None where none is, or where the lease nears its end."""
        now = self._clock()
        query = _select_due(webhook, now, lease_until=now + LEASE / 2)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return None if row is None else _to_due(row)

    def settle(
        self, webhook: LeasedWebhook, delivery: DueDelivery, outcome: DeliveryOutcome
    ) -> bool:
        """Note what came of an attempt, and renew the lease.

        Where the lease is lost nothing is noted: somebody else sends the delivery.

        Returns:
            Whether the next delivery may be sent now.
        """
        attempt = Attempt(outcome, self._clock(), self._jitter())
        with self._database.write() as connection:
            query = select(webhooks).where(_is_leased(webhook)).with_for_update(key_share=True)
            row = connection.execute(query).first()
            if row is None:
                return False
            health = health_after(health_of(row), attempt)
            values = {"lease_until": attempt.at + LEASE, **health_columns(health)}
            is_webhook = webhooks.c.id == webhook.id
            connection.execute(webhooks.update().where(is_webhook).values(values))
            _note_attempt(connection, delivery.id, attempt)
        return health.may_send

    def release(self, webhook: LeasedWebhook) -> None:
        """End the lease: another process may lease the webhook at once."""
        free = {"lease_until": self._clock() - timedelta(seconds=1), "lease_token": None}
        with self._database.write() as connection:
            connection.execute(webhooks.update().where(_is_leased(webhook)).values(free))

    def _to_leased(self, row: Row[Any], token: str) -> LeasedWebhook:
        secret = webhook_secret(self._server_secret, row.salt)
        return LeasedWebhook(row.id, row.url, token, secret, row.secret_hash)


def _is_due(now: datetime) -> ColumnElement[bool]:
    # One never tried is due whatever its time: the clock of whoever made it was ahead.
    never_tried = deliveries.c.attempts == 0
    return and_(
        is_waiting, or_(never_tried, has_ended(deliveries.c.next_attempt_at, now, MAX_DELAY))
    )


def _is_free(now: datetime) -> ColumnElement[bool]:
    is_due = exists().where(
        deliveries.c.webhook_id == webhooks.c.id,
        _is_due(now),
    )
    may_send = and_(webhooks.c.active, has_ended(webhooks.c.backoff_until, now, MAX_DELAY))
    return and_(may_send, has_ended(webhooks.c.lease_until, now, LEASE), is_due)


def _is_leased(webhook: LeasedWebhook) -> ColumnElement[bool]:
    return and_(webhooks.c.id == webhook.id, webhooks.c.lease_token == webhook.token)


def _select_due(webhook: LeasedWebhook, now: datetime, *, lease_until: datetime) -> Select[Any]:
    return (
        SELECT_PAYLOAD.join(webhooks, deliveries.c.webhook_id == webhooks.c.id)
        .where(
            _is_leased(webhook),
            webhooks.c.lease_until > lease_until,
            _is_due(now),
        )
        .order_by(deliveries.c.id)
        .limit(1)
    )


def _note_attempt(connection: Connection, delivery_id: int, attempt: Attempt) -> None:
    is_delivery = deliveries.c.id == delivery_id
    row = connection.execute(select(deliveries).where(is_delivery).with_for_update()).one()
    progress = progress_after(row.attempts, row.give_up_at, attempt)
    values = {
        "state": progress.state,
        "attempts": progress.attempts,
        "next_attempt_at": progress.next_attempt_at,
        "last_attempt_at": attempt.at,
        "status": attempt.outcome.status,
        "problem": attempt.outcome.problem,
    }
    connection.execute(deliveries.update().where(is_delivery).values(values))


def _to_due(row: Row[Any]) -> DueDelivery:
    payload = None if row.decision_id is None else to_payload(row)
    return DueDelivery(row.id, row.type, row.message_id, row.created_at, payload)
