"""Webhooks as admins see them: add, list, switch off and on, remove."""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from moderation.audit_chain import OPERATOR, AuditAction, AuditedState, AuditEntry
from moderation.clock import Clock
from moderation.keys import hash_token
from moderation.notifications.deliveries import WebhookHealth
from moderation.notifications.signing import check_webhook_secret, webhook_secret
from moderation.notifications.webhooks import Event, Webhook, WebhookNotFound
from moderation.pages.origins import origin_of
from moderation.sites import SiteNotFound
from moderation.storage.database.engine import Database
from moderation.storage.notifications.webhook_rows import (
    SELECT_WEBHOOK,
    health_columns,
    row_of,
    to_webhook,
)
from moderation.storage.schema.column_types import EPOCH
from moderation.storage.schema.notifications import deliveries, webhooks
from moderation.storage.schema.sites import sites
from moderation.storage.system.audit_log import append_audit


class Webhooks:
    """The addresses that are sent what becomes of comments."""

    def __init__(self, database: Database, clock: Clock, server_secret: bytes) -> None:
        """Read and write in this database; the webhooks' secrets derive from the server's."""
        self._database = database
        self._clock = clock
        self._server_secret = server_secret

    def add(
        self, url: str, events: Sequence[Event], *, site: str | None = None, by: str = OPERATOR
    ) -> tuple[int, str]:
        """Add a webhook and note it in the audit log.

        Args:
            url: Its address, as `webhook_url` gives it.
            events: What it is sent.
            site: The name of the only site that it is sent events of; None for every site.
            by: Who adds it, as the audit log names them.

        Returns:
            Its number, and its secret, which is shown this once.

        Raises:
            SiteNotFound: No site has this name.
        """
        salt = secrets.token_hex(16)
        secret = webhook_secret(self._server_secret, salt)
        values = {
            "url": url,
            "events": list(events),
            "salt": salt,
            "secret_hash": hash_token(secret),
            "created_at": self._clock(),
            "lease_until": EPOCH,
            **health_columns(WebhookHealth()),
        }
        with self._database.write() as connection:
            statement = webhooks.insert().values(site_id=_site_id(connection, site), **values)
            number: int = connection.execute(statement.returning(webhooks.c.id)).scalar_one()
            self._audit(connection, by, AuditAction.WEBHOOK_ADDED, number)
        return number, secret

    def all(self) -> list[Webhook]:
        """Every webhook, the oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(SELECT_WEBHOOK.order_by(webhooks.c.id))
            return [to_webhook(row) for row in rows]

    def get(self, number: int) -> Webhook:
        """One webhook.

        Raises:
            WebhookNotFound: None has this number.
        """
        with self._database.read() as connection:
            return to_webhook(row_of(connection, number))

    def secret(self, number: int) -> str:
        """What the webhook signs with, to send a test from the command line.

        Raises:
            WebhookNotFound: None has this number.
            SecretMismatch: Its owner was shown another secret.
        """
        with self._database.read() as connection:
            row = row_of(connection, number)
        secret = webhook_secret(self._server_secret, row.salt)
        check_webhook_secret(secret, row.secret_hash, who="this command")
        return secret

    def switch(self, number: int, *, on: bool, by: str = OPERATOR) -> None:
        """Send it nothing more, or everything again that is decided from now on.

        Args:
            number: The webhook's.
            on: True to switch it on, which forgets its failures.
            by: Who does it, as the audit log names them.

        Raises:
            WebhookNotFound: None has this number.
        """
        off = {"active": False, "problem": "switched off by an admin"}
        values = health_columns(WebhookHealth()) if on else off
        with self._database.write() as connection:
            statement = webhooks.update().where(webhooks.c.id == number).values(values)
            if not connection.execute(statement).rowcount:
                raise WebhookNotFound(number)
            self._audit(connection, by, AuditAction.WEBHOOK_CHANGED, number)

    def remove(self, number: int, *, by: str = OPERATOR) -> None:
        """Forget it and what is on its way there.

        Raises:
            WebhookNotFound: None has this number.
        """
        with self._database.write() as connection:
            # Locked first: a decision that is made a delivery of right now waits, or is seen.
            before = _state(row_of(connection, number, lock=True))
            connection.execute(deliveries.delete().where(deliveries.c.webhook_id == number))
            connection.execute(webhooks.delete().where(webhooks.c.id == number))
            entry = AuditEntry(by, AuditAction.WEBHOOK_REMOVED, f"webhook {number}", before)
            append_audit(connection, self._clock(), entry)

    def _audit(self, connection: Connection, by: str, what: AuditAction, number: int) -> None:
        after = _state(row_of(connection, number))
        entry = AuditEntry(by, what, f"webhook {number}", after=after)
        append_audit(connection, self._clock(), entry)


def _site_id(connection: Connection, name: str | None) -> int | None:
    if name is None:
        return None
    site_id = connection.execute(select(sites.c.id).where(sites.c.name == name)).scalar()
    if site_id is None:
        raise SiteNotFound(name)
    return int(site_id)


def _state(row: Row[Any]) -> AuditedState:
    """As the audit log notes it: the address without its path, which can be a secret."""
    return {
        "address": origin_of(row.url),
        "site": row.site or "every one",
        "events": row.events,
        "active": row.active,
    }
