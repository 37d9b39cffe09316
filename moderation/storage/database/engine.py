"""One way to the database: reads on their own, writes in one transaction each."""

import importlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, QueuePool, Table, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from moderation.storage.database.write_lock import (
    WriteLock,
    WriteLockTimeout,
    WriteLockUnusable,
)

# synchronous=FULL: a 202 is given only for what would survive a power cut. A writer waits 10 s for
# the others: measured, four processes writing flat out starved one for 2 s.
_SQLITE = (
    "PRAGMA busy_timeout = 10000",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_size_limit = 67108864",
    "PRAGMA cache_size = -1000",  # KiB a connection; the system caches the file for all
    "PRAGMA temp_store = MEMORY",
)
_POSTGRESQL = (
    "-c statement_timeout=5000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=30000"
)


class DatabaseUnavailable(ConnectionError):
    """The database did not answer, is locked, full or refuses; nothing was stored."""


@dataclass(frozen=True, slots=True)
class Database:
    """`engine` begins each transaction with the lock to write, `reads` begins none."""

    engine: Engine
    reads: Engine
    write_lock: WriteLock | None = None  # SQLite only

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Statements that only read, each seeing the newest commit; raises DatabaseUnavailable."""
        with _translated(), self.reads.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction, durable when the block ends; raises DatabaseUnavailable."""
        with _translated(), self.write_lock or nullcontext(), self.engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection of the pool."""
        self.engine.dispose()
        if self.write_lock is not None:
            self.write_lock.close()


def open_database(url: str, *, pool_size: int = 4) -> Database:
    """A database by its URL; opens no connection yet. `pool_size` 0 keeps none open between uses.

    Never carry a Database across a fork: open it after.
    """
    sqlite = make_url(url).get_backend_name() == "sqlite"
    # hide_parameters: no text of a comment in an error, a traceback or a log.
    engine = create_engine(url, hide_parameters=True, **_pool(pool_size), **_arguments(sqlite))
    if not sqlite:
        return Database(engine, engine.execution_options(isolation_level="AUTOCOMMIT"))
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    write_lock = WriteLock(f"{make_url(url).database}.turn")
    return Database(engine, engine.execution_options(parley_reads=True), write_lock)


def insert_for(connection: Connection) -> Callable[[Table], sqlite.Insert]:
    """INSERT ... ON CONFLICT: both dialects spell it alike, SQLAlchemy has one for each."""
    # By name: PostgreSQL's would cost every process on SQLite 3 MB.
    dialect = importlib.import_module(f"sqlalchemy.dialects.{connection.dialect.name}")
    insert: Callable[[Table], sqlite.Insert] = dialect.insert
    return insert


def _pool(size: int) -> dict[str, Any]:
    if size == 0:
        return {"poolclass": NullPool}
    return {"poolclass": QueuePool, "pool_size": size, "max_overflow": 0, "pool_timeout": 2}


def _arguments(sqlite: bool) -> dict[str, Any]:
    if sqlite:
        return {"connect_args": {"check_same_thread": False}}
    connect = {"options": _POSTGRESQL, "connect_timeout": 2, "keepalives_idle": 30}
    return {"connect_args": connect, "pool_pre_ping": True, "pool_recycle": 1800}


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # None: we say BEGIN ourselves. pysqlite's own begins only at the first write, and 443 of 800
    # read-modify-write updates from four processes were lost that way (measured).
    connection.isolation_level = None
    for pragma in _SQLITE:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    if not connection.get_execution_options().get("parley_reads"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


_AWAY = (OperationalError, InterfaceError, PoolTimeout, WriteLockTimeout, WriteLockUnusable)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except _AWAY as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise DatabaseUnavailable(str(cause).strip().split("\n")[0]) from error
