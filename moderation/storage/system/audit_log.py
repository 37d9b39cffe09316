"""The audit log's rows: only ever appended, in the transaction of the change they are about."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from moderation.audit_chain import (
    FIRST,
    AuditEntry,
    AuditRow,
    Chain,
    chained,
    moderator_actor,
    verify_chain,
)
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.engine import Database
from moderation.storage.schema.accounts import moderators
from moderation.storage.schema.system import audit_log

_LOCK = 7_240_712  # any number: the name of our advisory lock on PostgreSQL
_PAGE = 1000  # rows read at once
# Workers ask for each batch whether anything changed.
_NEWEST = DriverStatement(
    select(audit_log.c.number, audit_log.c.hash).order_by(audit_log.c.number.desc()).limit(1)
)


class AuditLog:
    """What moderators and operators did here."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self, limit: int) -> list[AuditRow]:
        """Return at most `limit` rows, the newest first."""
        query = select(audit_log).order_by(audit_log.c.number.desc()).limit(limit)
        with self._database.read() as connection:
            return [_to_row(row) for row in connection.execute(query)]

    def verify(self, must_have: str | None = None) -> Chain:
        """Check every row and return the chain; raises BrokenChain.

        Args:
            must_have: A newest hash noted earlier, which must be in the log.
        """
        with self._database.read() as connection:
            return verify_chain(_rows(connection), must_have=must_have)


def append_audit(connection: Connection, at: datetime, *entries: AuditEntry) -> None:
    """Append entries, as the last statement of the transaction that makes them true.

    Last, because from here to the commit every other append waits: whoever locked a row
    afterwards could wait for one of them.

    Args:
        connection: The transaction.
        at: When it was done.
        *entries: What was done; nothing is appended for none.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    chain, rows = _newest(connection), []
    for entry in entries:
        row = chained(entry, at, chain)
        chain = Chain(row.number, row.hash)
        rows.append(_to_values(row))
    if rows:
        connection.execute(audit_log.insert(), rows)


def newest_number(connection: Connection) -> int:
    """Return the number of the newest row, 0 for none: each change that is audited adds one."""
    return _newest(connection).rows


def moderator_by_id(connection: Connection, moderator_id: int) -> str:
    """Return how the log calls the moderator with this id."""
    query = select(moderators.c.name).where(moderators.c.id == moderator_id)
    return moderator_actor(connection.execute(query).scalar_one())


def _newest(connection: Connection) -> Chain:
    row = _NEWEST.first(connection, {})
    return Chain(0, FIRST) if row is None else Chain(row.number, row.hash)


def _rows(connection: Connection) -> Iterator[AuditRow]:
    # By pages: the log may be larger than memory, and not every driver streams.
    after = 0
    while rows := connection.execute(_page(after)).all():
        yield from map(_to_row, rows)
        after = rows[-1].number


def _page(after: int) -> Select[Any]:
    query = select(audit_log).where(audit_log.c.number > after)
    return query.order_by(audit_log.c.number).limit(_PAGE)


def _to_row(row: Row[Any]) -> AuditRow:
    return AuditRow(
        number=row.number,
        at=row.at,
        actor=row.actor,
        action=row.action,
        subject=row.subject,
        before=row.before,
        after=row.after,
        previous_hash=row.previous_hash,
        hash=row.hash,
    )


def _to_values(row: AuditRow) -> dict[str, object]:
    return {
        "number": row.number,
        "at": row.at,
        "actor": row.actor,
        "action": row.action,
        "subject": row.subject,
        "before": row.before,
        "after": row.after,
        "previous_hash": row.previous_hash,
        "hash": row.hash,
    }
