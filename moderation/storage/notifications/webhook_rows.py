"""The rows of webhooks: finding one, and what its columns say."""

from typing import Any

from sqlalchemy import Connection, Row, Select, select

from moderation.notifications.deliveries import WebhookHealth
from moderation.notifications.webhooks import Event, Webhook, WebhookNotFound
from moderation.storage.schema.column_types import EPOCH
from moderation.storage.schema.notifications import webhooks
from moderation.storage.schema.sites import sites

SELECT_WEBHOOK: Select[Any] = select(webhooks, sites.c.name.label("site")).outerjoin(sites)


def row_of(connection: Connection, number: int, *, lock: bool = False) -> Row[Any]:
    """The webhook's row, with its site's name.

    Args:
        connection: A transaction.
        number: The webhook's.
        lock: Whether nobody may change it until the transaction ends.

    Raises:
        WebhookNotFound: No webhook has this number.
    """
    query = SELECT_WEBHOOK.where(webhooks.c.id == number)
    row = connection.execute(query.with_for_update(of=webhooks) if lock else query).first()
    if row is None:
        raise WebhookNotFound(number)
    return row


def health_of(row: Row[Any]) -> WebhookHealth:
    """The health that a webhook's row says."""
    return WebhookHealth(
        active=row.active,
        failures=row.failures,
        failing_since=row.failing_since,
        backoff_until=None if row.backoff_until == EPOCH else row.backoff_until,
        problem=row.problem,
    )


def health_columns(health: WebhookHealth) -> dict[str, object]:
    """The values of a webhook's columns for its health."""
    return {
        "active": health.active,
        "failures": health.failures,
        "failing_since": health.failing_since,
        "backoff_until": health.backoff_until or EPOCH,
        "problem": health.problem,
    }


def to_webhook(row: Row[Any]) -> Webhook:
    """The webhook of a row of SELECT_WEBHOOK."""
    return Webhook(
        id=row.id,
        url=row.url,
        site=row.site,
        events=tuple(map(Event, row.events)),
        created_at=row.created_at,
        active=row.active,
        failures=row.failures,
        failing_since=row.failing_since,
        backoff_until=row.backoff_until,
        problem=row.problem,
    )
