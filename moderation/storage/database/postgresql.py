"""How connections to PostgreSQL are made, so that each wait has an end on this side too."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext

_OPTIONS = (
    "-c statement_timeout=5000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=30000"
)
CONNECT_ARGUMENTS = {
    "options": _OPTIONS,
    "connect_timeout": 2,
    # A host that is gone without a word is noticed by this side's own system, within 25 s.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
_READ_ONLY = "25006"  # SQLSTATE: what was the primary is a standby now
_PATIENT_SECONDS = 3600


def bound_waits(engine: Engine) -> None:
    """Have the engine make connections that give up, and drop those that cannot be written to."""
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "handle_error", _drop_read_only)


@contextmanager
def patiently(connection: Connection) -> Iterator[None]:
    """Wait an hour for each answer within the block: a migration may take as long.

    Args:
        connection: A transaction, of either database; SQLite's is left as it is.
    """
    if connection.dialect.name != "postgresql":
        yield
        return
    driver: Any = connection.connection.driver_connection
    bounded_seconds, driver.answer_seconds = driver.answer_seconds, _PATIENT_SECONDS
    connection.exec_driver_sql(f"SET LOCAL statement_timeout = '{_PATIENT_SECONDS}s'")
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_PATIENT_SECONDS}s'")
    try:
        yield
    finally:
        driver.answer_seconds = bounded_seconds


def _connect(_dialect: object, _record: object, arguments: Any, named: Any) -> Any:
    # Here and not above: a process on SQLite does without psycopg.
    from moderation.storage.database.bounded_connection import BoundedConnection

    return BoundedConnection.connect(*arguments, **named)


def _drop_read_only(context: ExceptionContext) -> None:
    """After a fail-over: all connections go, and the next ones may lead to the new primary."""
    if getattr(context.original_exception, "sqlstate", None) == _READ_ONLY:
        context.is_disconnect = True
