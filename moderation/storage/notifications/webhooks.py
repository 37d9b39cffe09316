"""Webhooks as admins see them: add, list, switch off and on, remove."""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from moderation.audit_chain import OPERATOR, Entry, State, What
from moderation.clock import Clock
from moderation.keys import hash_secret
from moderation.notifications.deliveries import check_secret
from moderation.notifications.webhooks import Event, Webhook, WebhookNotFound, secret_of
from moderation.sites import SiteNotFound, origin_of
from moderation.storage.database.engine import Database
from moderation.storage.schema.column_types import EPOCH
from moderation.storage.schema.notifications import deliveries, webhooks
from moderation.storage.schema.sites import sites
from moderation.storage.system.audit_log import append_audit

_HEALTHY: dict[str, object] = {
    "active": True,
    "problem": None,
    "failures": 0,
    "failing_since": None,
    "resting_until": EPOCH,
}
_WEBHOOK: Select[Any] = select(webhooks, sites.c.name.label("site")).outerjoin(sites)


class Webhooks:
    """The addresses that are told."""

    def __init__(self, database: Database, clock: Clock, server_secret: bytes) -> None:
        self._database = database
        self._clock = clock
        self._server_secret = server_secret

    def add(
        self, url: str, events: Sequence[Event], *, site: str | None = None, by: str = OPERATOR
    ) -> tuple[int, str]:
        """Its number and its secret; `site` None means every one. Raises SiteNotFound."""
        salt = secrets.token_hex(16)
        secret = secret_of(self._server_secret, salt)
        values = {
            "url": url,
            "events": list(events),
            "salt": salt,
            "secret_hash": hash_secret(secret),
            "created_at": self._clock(),
            "lease_until": EPOCH,
            **_HEALTHY,
        }
        with self._database.write() as connection:
            statement = webhooks.insert().values(site_id=_site_id(connection, site), **values)
            number: int = connection.execute(statement.returning(webhooks.c.id)).scalar_one()
            self._note(connection, by, What.WEBHOOK_ADDED, number)
        return number, secret

    def all(self) -> list[Webhook]:
        """Every webhook, the oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(_WEBHOOK.order_by(webhooks.c.id))
            return [_to_webhook(row) for row in rows]

    def get(self, number: int) -> Webhook:
        """Raises WebhookNotFound."""
        with self._database.read() as connection:
            return _to_webhook(row_of(connection, number))

    def secret(self, number: int) -> str:
        """What it signs with, to send a test from the command line.

        Raises WebhookNotFound, and SecretMismatch where its owner knows another.
        """
        with self._database.read() as connection:
            row = row_of(connection, number)
        secret = secret_of(self._server_secret, row.salt)
        check_secret(secret, row.secret_hash, who="this command")
        return secret

    def switch(self, number: int, *, on: bool, by: str = OPERATOR) -> None:
        """Tell it nothing more, or tell it again from now on; raises WebhookNotFound."""
        off = {"active": False, "problem": "switched off by an admin"}
        with self._database.write() as connection:
            this = webhooks.update().where(webhooks.c.id == number)
            if not connection.execute(this.values(_HEALTHY if on else off)).rowcount:
                raise WebhookNotFound(number)
            self._note(connection, by, What.WEBHOOK_CHANGED, number)

    def remove(self, number: int, *, by: str = OPERATOR) -> None:
        """Forget it and what is on its way there; raises WebhookNotFound."""
        with self._database.write() as connection:
            # Locked first: a decision that is made a delivery of right now waits, or is seen.
            before = _state(row_of(connection, number, lock=True))
            connection.execute(deliveries.delete().where(deliveries.c.webhook_id == number))
            connection.execute(webhooks.delete().where(webhooks.c.id == number))
            entry = Entry(by, What.WEBHOOK_REMOVED, f"webhook {number}", before)
            append_audit(connection, self._clock(), entry)

    def _note(self, connection: Connection, by: str, what: What, number: int) -> None:
        after = _state(row_of(connection, number))
        entry = Entry(by, what, f"webhook {number}", after=after)
        append_audit(connection, self._clock(), entry)


def row_of(connection: Connection, number: int, *, lock: bool = False) -> Row[Any]:
    """The webhook's row, with its site's name; raises WebhookNotFound."""
    query = _WEBHOOK.where(webhooks.c.id == number)
    row = connection.execute(query.with_for_update(of=webhooks) if lock else query).first()
    if row is None:
        raise WebhookNotFound(number)
    return row


def _site_id(connection: Connection, name: str | None) -> int | None:
    if name is None:
        return None
    found = connection.execute(select(sites.c.id).where(sites.c.name == name)).scalar()
    if found is None:
        raise SiteNotFound(name)
    return int(found)


def _state(row: Row[Any]) -> State:
    """As the audit log notes it: the address without its path, which can be a secret."""
    return {
        "address": origin_of(row.url),
        "site": row.site or "every one",
        "events": row.events,
        "active": row.active,
    }


def _to_webhook(row: Row[Any]) -> Webhook:
    return Webhook(
        id=row.id,
        url=row.url,
        site=row.site,
        events=tuple(map(Event, row.events)),
        created_at=row.created_at,
        active=row.active,
        failures=row.failures,
        failing_since=row.failing_since,
        resting_until=row.resting_until,
        problem=row.problem,
    )
