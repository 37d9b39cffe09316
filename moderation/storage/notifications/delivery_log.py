"""The deliveries to a webhook as admins see them, sending one again, and sending a test."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from moderation.clock import Clock
from moderation.notifications.deliveries import GIVE_UP_AFTER, Delivery, DeliveryState
from moderation.notifications.webhooks import TEST, WebhookNotFound
from moderation.storage.database.engine import Database
from moderation.storage.notifications.webhook_rows import row_of
from moderation.storage.schema.column_types import EPOCH
from moderation.storage.schema.comments import comments
from moderation.storage.schema.decisions import decisions
from moderation.storage.schema.notifications import deliveries, webhooks

SHOWN = 50  # deliveries on a page
_DELIVERY: Select[Any] = (
    select(deliveries, comments.c.public_id.label("comment"))
    .outerjoin(decisions, deliveries.c.decision_id == decisions.c.id)
    .outerjoin(comments, decisions.c.comment_id == comments.c.id)
)


class DeliveryLog:
    """The deliveries to each webhook."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Read and write in this database; the clock says when a delivery is due."""
        self._database = database
        self._clock = clock

    def newest(self, number: int, limit: int = SHOWN) -> list[Delivery]:
        """The newest deliveries to a webhook, the newest first.

        Args:
            number: The webhook's.
            limit: How many at most.
        """
        query = _DELIVERY.where(deliveries.c.webhook_id == number)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(deliveries.c.id.desc()).limit(limit))
            return [_to_delivery(row) for row in rows]

    def send_test(self, number: int) -> None:
        """Make a test due at once.

        Raises:
            WebhookNotFound: No webhook has this number.
        """
        now = self._clock()
        with self._database.write() as connection:
            row_of(connection, number, lock=True)
            connection.execute(deliveries.insert().values(new_delivery(number, TEST, now)))
            _reset_backoff(connection, number)

    def send_again(self, number: int, delivery_id: int) -> None:
        """Make a delivery due at once, whether it arrived, was given up or waits.

        Args:
            number: The webhook's.
            delivery_id: The delivery's.

        Raises:
            WebhookNotFound: No webhook has this number, or the webhook no such delivery.
        """
        now = self._clock()
        is_delivery = (deliveries.c.id == delivery_id) & (deliveries.c.webhook_id == number)
        due = {
            "state": DeliveryState.WAITING,
            "next_attempt_at": now,
            "give_up_at": now + GIVE_UP_AFTER,
        }
        with self._database.write() as connection:
            row_of(connection, number, lock=True)
            statement = deliveries.update().where(is_delivery).values(due)
            if not connection.execute(statement).rowcount:
                raise WebhookNotFound(number)
            _reset_backoff(connection, number)


def new_message_id() -> str:
    """An id by which a receiver recognises a delivery that comes twice.

    It has no full stop, since that separates the parts of what is signed.
    """
    return f"msg_{secrets.token_hex(16)}"


def new_delivery(
    webhook_id: int, kind: str, now: datetime, *, decision_id: int | None = None
) -> dict[str, object]:
    """The row of a delivery that is due at once.

    Args:
        webhook_id: Where to.
        kind: The type of the event.
        now: When it is made.
        decision_id: What it is about; None for a test.
    """
    return {
        "webhook_id": webhook_id,
        "decision_id": decision_id,
        "type": kind,
        "message_id": new_message_id(),
        "state": DeliveryState.WAITING,
        "attempts": 0,
        "created_at": now,
        "next_attempt_at": now,
        "give_up_at": now + GIVE_UP_AFTER,
    }


def _reset_backoff(connection: Connection, number: int) -> None:
    statement = webhooks.update().where(webhooks.c.id == number).values(backoff_until=EPOCH)
    connection.execute(statement)


def _to_delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        id=row.id,
        type=row.type,
        comment=row.comment,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        created_at=row.created_at,
        next_attempt_at=row.next_attempt_at,
        last_attempt_at=row.last_attempt_at,
        status=row.status,
        problem=row.problem,
    )
