"""How connections to PostgreSQL are made, so that each wait has an end on this side too."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext

if TYPE_CHECKING:
    from moderation.storage.database.bounded_connection import BoundedConnection

_LIMITS = {
    "statement_timeout": "5s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "30s",
}
CONNECT_ARGUMENTS = {
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
    event.listen(engine, "begin", _limit_transaction)
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


def has_unlimited_reads(connection: Connection) -> bool:
    """Whether a pooler keeps PostgreSQL from ending what this process no longer waits for.

    Args:
        connection: One of `Database.read`, of either database.
    """
    if not getattr(connection.connection.driver_connection, "is_pooled", False):
        return False
    return str(connection.exec_driver_sql("SHOW statement_timeout").scalar_one()) == "0"


def _connect(_dialect: object, _record: object, arguments: Any, named: Any) -> Any:
    # Here and not above: a process on SQLite does without psycopg.
    from psycopg import NotSupportedError

    from moderation.storage.database.bounded_connection import BoundedConnection

    connection = BoundedConnection.connect(*arguments, **named)
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        connection.close()
        making = "CREATE DATABASE parley ENCODING 'UTF8' TEMPLATE template0"
        sentence = f"the database keeps text as {encoding}, not as UTF8: make another by {making}"
        raise NotSupportedError(sentence)
    _limit_session(connection)
    return connection


def _limit_session(connection: "BoundedConnection") -> None:
    """Set the limits for good, or see that a pooler stands in between.

    A pooler may give each transaction another session, and each must be left as it was. It shows by
    the number of the server's process, which is not the one that the connection was promised.
    """
    connection.autocommit = True
    query = f"{_limits(local=False)} WHERE pg_backend_pid() = {connection.info.backend_pid}"
    connection.is_pooled = connection.execute(query.encode()).fetchone() is None
    connection.autocommit = False
    if connection.is_pooled:
        connection.prepare_threshold = None  # what one session prepared, the next does not know
        _check_transactions(connection)


def _check_transactions(connection: "BoundedConnection") -> None:
    from psycopg import NotSupportedError, OperationalError

    try:
        connection.execute(b"SELECT 1")
        connection.rollback()
    except OperationalError as error:
        if "statement pooling" not in str(error):
            raise
        sentence = (
            "PgBouncer takes no transactions (pool_mode = statement):"
            " set pool_mode = transaction, or session"
        )
        raise NotSupportedError(sentence) from error


def _limit_transaction(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    if driver.is_pooled and not driver.autocommit:
        connection.exec_driver_sql(_limits(local=True))


def _limits(*, local: bool) -> str:
    settings = (f"set_config('{name}', '{value}', {local})" for name, value in _LIMITS.items())
    return f"SELECT {', '.join(settings)}"


def _drop_read_only(context: ExceptionContext) -> None:
    """After a fail-over: all connections go, and the next ones may lead to the new primary."""
    if getattr(context.original_exception, "sqlstate", None) == _READ_ONLY:
        context.is_disconnect = True
