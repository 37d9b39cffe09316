"""Deliveries on their way: a webhook is held by one worker at a time, which sends in order."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, select

from moderation.clock import Clock
from moderation.notifications.deliveries import DeliveryOutcome, LeasedWebhook
from moderation.notifications.webhooks import OFF_AFTER, DeliveryState, backoff, secret_of
from moderation.storage.database.engine import Database
from moderation.storage.notifications.payload import SELECT_PAYLOAD, DecisionPayload, to_payload
from moderation.storage.schema.column_types import EPOCH
from moderation.storage.schema.notifications import deliveries, is_waiting, webhooks

LEASE = timedelta(seconds=60)  # four times the longest that one sending takes
_PATIENCE = 3  # refusals in a row until they are the address's fault, not the deliveries'


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """A delivery to send now. `payload` is None for a test."""

    id: int
    type: str
    message_id: str
    created_at: datetime
    payload: DecisionPayload | None


class DeliveryQueue:
    """What waits to be sent, for any number of workers at once."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        server_secret: bytes,
        chance: Callable[[], float] = lambda: secrets.randbelow(1000) / 1000,
    ) -> None:
        self._database = database
        self._clock = clock
        self._server_secret = server_secret
        self._chance = chance

    def lease(self, limit: int) -> list[LeasedWebhook]:
        """Hold up to `limit` webhooks that have something due and are held by nobody."""
        token, now = secrets.token_urlsafe(12), self._clock()
        free = _free(now)
        with self._database.read() as connection:
            if limit < 1 or connection.execute(select(webhooks.c.id).where(free)).first() is None:
                return []
        longest = select(webhooks.c.id).where(free).order_by(webhooks.c.lease_until).limit(limit)
        chosen = longest.with_for_update(skip_locked=True).cte("chosen")
        statement = (
            webhooks.update()
            .where(webhooks.c.id.in_(select(chosen.c.id)), free)
            .values(lease_until=now + LEASE, lease_token=token)
            .returning(webhooks)
        )
        with self._database.write() as connection:
            rows = connection.execute(statement).all()
        return [self._to_leased(row, token) for row in rows]

    def next_due(self, leased: LeasedWebhook) -> DueDelivery | None:
        """The oldest delivery that is due; None where none is, or the lease has run out."""
        now = self._clock()
        query = _due(leased, now, until=now + LEASE / 2)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return None if row is None else _to_due(row)

    def settle(
        self, leased: LeasedWebhook, delivery: DueDelivery, outcome: DeliveryOutcome
    ) -> bool:
        """Note the outcome and renew the lease; whether the next one may be sent now.

        What is not held any more is not noted: somebody else sends it.
        """
        now = self._clock()
        with self._database.write() as connection:
            hook = connection.execute(_mine(leased).with_for_update(key_share=True)).first()
            if hook is None:
                return False
            values = self._of_webhook(hook, outcome, now)
            this = webhooks.c.id == leased.id
            connection.execute(webhooks.update().where(this).values(values))
            self._note(connection, delivery, outcome, now)
        return hook.active and values["resting_until"] == EPOCH

    def release(self, leased: LeasedWebhook) -> None:
        """Let others hold it at once."""
        mine = (webhooks.c.id == leased.id) & (webhooks.c.lease_token == leased.token)
        free = {"lease_until": self._clock() - timedelta(seconds=1), "lease_token": None}
        with self._database.write() as connection:
            connection.execute(webhooks.update().where(mine).values(free))

    def _of_webhook(
        self, hook: Row[Any], outcome: DeliveryOutcome, now: datetime
    ) -> dict[str, object]:
        lease: dict[str, object] = {"lease_until": now + LEASE}
        if not hook.active:  # switched off meanwhile
            return lease
        if outcome.problem is None:
            well = {"problem": None, "failures": 0, "failing_since": None}
            return {**lease, **well, "resting_until": EPOCH}
        since = hook.failing_since or now
        is_off = outcome.gone or now - since >= OFF_AFTER
        failures = hook.failures + 1
        rests = not outcome.delivery_specific or failures >= _PATIENCE
        return {
            **lease,
            "active": not is_off,
            "problem": _why_off(outcome, since) if is_off else outcome.problem,
            "failures": failures,
            "failing_since": since,
            "resting_until": now + self._rest(failures, outcome) if rests else EPOCH,
        }

    def _note(
        self, connection: Connection, delivery: DueDelivery, outcome: DeliveryOutcome, now: datetime
    ) -> None:
        this = deliveries.c.id == delivery.id
        row = connection.execute(select(deliveries).where(this).with_for_update()).one()
        attempts = row.attempts + 1
        state, next_at = DeliveryState.WAITING, now + self._rest(attempts, outcome)
        if outcome.problem is None:
            state, next_at = DeliveryState.DELIVERED, now
        elif now >= row.until:
            state = DeliveryState.FAILED
        elif not outcome.delivery_specific:
            next_at = now  # when the webhook's own rest is over: so the order stays
        values = {
            "state": state,
            "attempts": attempts,
            "next_at": next_at,
            "last_at": now,
            "status": outcome.status,
            "problem": outcome.problem,
        }
        connection.execute(deliveries.update().where(this).values(values))

    def _rest(self, failures: int, outcome: DeliveryOutcome) -> timedelta:
        return max(backoff(failures, self._chance()), outcome.retry_after)

    def _to_leased(self, row: Row[Any], token: str) -> LeasedWebhook:
        secret = secret_of(self._server_secret, row.salt)
        return LeasedWebhook(row.id, row.url, token, secret, row.secret_hash)


def _free(now: datetime) -> ColumnElement[bool]:
    due = exists().where(
        deliveries.c.webhook_id == webhooks.c.id, is_waiting, deliveries.c.next_at <= now
    )
    ready = and_(webhooks.c.active, webhooks.c.resting_until <= now, webhooks.c.lease_until < now)
    return and_(ready, due)


def _mine(leased: LeasedWebhook) -> Select[Any]:
    return select(webhooks).where(
        webhooks.c.id == leased.id, webhooks.c.lease_token == leased.token
    )


def _due(leased: LeasedWebhook, now: datetime, *, until: datetime) -> Select[Any]:
    return (
        SELECT_PAYLOAD.join(webhooks, deliveries.c.webhook_id == webhooks.c.id)
        .where(
            webhooks.c.id == leased.id,
            webhooks.c.lease_token == leased.token,
            webhooks.c.lease_until > until,
            is_waiting,
            deliveries.c.next_at <= now,
        )
        .order_by(deliveries.c.id)
        .limit(1)
    )


def _why_off(outcome: DeliveryOutcome, since: datetime) -> str:
    if outcome.gone:
        return "switched off: it answered 410 Gone, which means never again"
    return f"switched off: nothing arrived since {since:%Y-%m-%d}; at last {outcome.problem}"


def _to_due(row: Row[Any]) -> DueDelivery:
    payload = None if row.decision_id is None else to_payload(row)
    return DueDelivery(row.id, row.type, row.message_id, row.created_at, payload)
