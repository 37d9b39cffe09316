"""One way to the database: reads on their own, writes in one transaction each."""

import importlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Dialect,
    Engine,
    NullPool,
    QueuePool,
    Table,
    create_engine,
    event,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.pool import ConnectionPoolEntry

from moderation.storage.database.commit_number import CommitNumber
from moderation.storage.database.driver_errors import DatabaseUnavailable, commit, translated
from moderation.storage.database.driver_statement import run_on_driver
from moderation.storage.database.postgresql import CONNECT_ARGUMENTS, bound_waits
from moderation.storage.database.sqlite_file import busy_timeout, prepare_sqlite, synchronous
from moderation.storage.database.write_lock import WRITE_SECONDS, WriteLock

__all__ = ["Database", "DatabaseUnavailable", "insert_for", "open_database"]


@dataclass(frozen=True, slots=True)
class Database:
    """`engine` writes, each time within `write`; `reads` begins no transaction."""

    engine: Engine
    reads: Engine
    write_lock: WriteLock | None = None  # SQLite only
    commits: CommitNumber = field(default_factory=lambda: CommitNumber(None))

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Statements that only read, each seeing the newest commit; raises DatabaseUnavailable."""
        with translated(), self.reads.connect() as connection:
            yield connection

    @contextmanager
    def write(self, until: float | None = None, *, durable: bool = True) -> Iterator[Connection]:
        """One transaction, durable when the block ends.

        Args:
            until: When to give up waiting for others, in seconds of time.monotonic(); None for
                `WRITE_SECONDS` from now.
            durable: False where a power cut may undo it: it does not wait for the disk. The next
                durable one makes it durable too.

        Raises:
            CommitUnconfirmed: The answer to the commit was lost.
            DatabaseUnavailable: Nothing was stored.
        """
        until = time.monotonic() + WRITE_SECONDS if until is None else until
        with (
            translated(),
            self._turn(until),
            self.engine.connect() as connection,
            connection.begin() as transaction,
        ):
            if self.write_lock is not None:
                _begin_sqlite(connection, until, durable=durable)
            elif not durable:
                connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
            yield connection
            try:
                commit(transaction)
            finally:
                self.commits.add()

    @contextmanager
    def _turn(self, until: float) -> Iterator[None]:
        if self.write_lock is None:
            yield
            return
        self.write_lock.acquire(until)
        try:
            yield
        finally:
            self.write_lock.release()

    def free_bytes(self) -> int | None:
        """Return how much room the disk has; None for PostgreSQL, or where nobody says."""
        return None if self.write_lock is None else self.write_lock.free_bytes()

    def empty_log(self) -> bool:
        """Move SQLite's log into the file and cut it off; returns whether nobody read meanwhile."""
        until = time.monotonic() + WRITE_SECONDS
        with translated(), self._turn(until), self.reads.connect() as connection:
            is_busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
        return not is_busy

    def close(self) -> None:
        """Close every connection: those in use by other threads when they come back."""
        event.listen(self.engine.pool, "checkin", _close_returned)
        self.engine.dispose()
        self.commits.close()
        if self.write_lock is not None:
            self.write_lock.close()


def _close_returned(_connection: object, record: ConnectionPoolEntry) -> None:
    record.invalidate()


def open_database(url: str, *, pool_size: int = 4) -> Database:
    """A database by its URL; opens no connection yet. `pool_size` 0 keeps none open between uses.

    Never carry a Database across a fork: open it after.
    """
    sqlite = make_url(url).get_backend_name() == "sqlite"
    # hide_parameters: no text of a comment in an error, a traceback or a log.
    engine = create_engine(url, hide_parameters=True, **_pool(pool_size), **_arguments(sqlite))
    if not sqlite:
        bound_waits(engine)
        return Database(engine, engine.execution_options(isolation_level="AUTOCOMMIT"))
    path = Path(make_url(url).database or "")
    event.listen(engine, "connect", lambda driver, _record: prepare_sqlite(driver, path))
    write_lock = WriteLock(f"{path}.turn")
    return Database(engine, engine, write_lock, CommitNumber(path))


def insert_for(target: Connection | Dialect) -> Callable[[Table], sqlite.Insert]:
    """INSERT ... ON CONFLICT: both dialects spell it alike, SQLAlchemy has one for each."""
    dialect = target.dialect if isinstance(target, Connection) else target
    # By name: PostgreSQL's would cost every process on SQLite 3 MB.
    module = importlib.import_module(f"sqlalchemy.dialects.{dialect.name}")
    insert: Callable[[Table], sqlite.Insert] = module.insert
    return insert


def _pool(size: int) -> dict[str, Any]:
    if size == 0:
        return {"poolclass": NullPool}
    # The one used last: its cache of SQLite's file and its statements are the newest (measured: 8 %
    # of a submission's processor time by eight threads).
    order = {"pool_use_lifo": True, "pool_timeout": 2}
    return {"poolclass": QueuePool, "pool_size": size, "max_overflow": 0, **order}


def _arguments(sqlite: bool) -> dict[str, Any]:
    if sqlite:
        return {"connect_args": {"check_same_thread": False}}
    return {"connect_args": CONNECT_ARGUMENTS, "pool_pre_ping": True, "pool_recycle": 1800}


def _begin_sqlite(connection: Connection, until: float, *, durable: bool) -> None:
    """Not by an event of the engine, which each statement of each reader would look for."""
    run_on_driver(connection, busy_timeout(until - time.monotonic()))
    run_on_driver(connection, synchronous(durable=durable))
    run_on_driver(connection, "BEGIN IMMEDIATE")
