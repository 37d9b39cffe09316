"""How each connection to a SQLite file begins, whoever put the file there."""

import os
import sqlite3
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from moderation.storage.database.write_lock import WRITE_SECONDS

if TYPE_CHECKING:  # each start looks at the file before it loads SQLAlchemy
    from sqlalchemy import Connection

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_size_limit = 67108864",
    "PRAGMA cache_size = -1000",  # KiB a connection; the system caches the file for all
    "PRAGMA temp_store = MEMORY",
    # Else what is changed or erased stays in the file until something else is written there.
    "PRAGMA secure_delete = ON",
)
_READ_VERSION = 19  # the byte of the file's header that says which journal it has
_ROLLBACK = b"\x01"  # not a write-ahead log


def prepare_sqlite(connection: sqlite3.Connection, path: Path) -> None:
    """Set what a connection needs.

    Args:
        connection: Of sqlite3, which has read nothing yet.
        path: Of the database.

    Raises:
        sqlite3.DatabaseError: The file cannot be used.
    """
    # None: we say BEGIN ourselves. pysqlite's own begins only at the first write, and 443 of 800
    # read-modify-write updates from four processes were lost that way (measured).
    connection.isolation_level = None
    _keep_private(path)
    _refuse_foreign_log(path)
    # Each time: a restored file has no write-ahead log, and without it readers block the writer.
    # Without waiting, since whoever holds the file now has set it, or the next connection will.
    connection.execute("PRAGMA busy_timeout = 0")
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(busy_timeout(WRITE_SECONDS))
    for pragma in (*_PRAGMAS, synchronous(durable=True)):
        connection.execute(pragma)


def busy_timeout(seconds: float) -> str:
    """Return the statement that has those after it wait for other programs as long.

    At least a second: the connection goes on to readers, who may wait for a log to be recovered.
    """
    return f"PRAGMA busy_timeout = {round(1000 * max(1.0, seconds))}"


def synchronous(*, durable: bool) -> str:
    """Return the statement that has commits after it wait for the disk, or not.

    Said before each transaction, so that none is less durable for the one before it. A 202 is given
    only for what would survive a power cut.
    """
    return f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}"


def use_more_memory(connection: "Connection") -> None:
    """Let a connection that writes very much keep 64 MiB of the file; PostgreSQL has its own."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA cache_size = -65536")


def log_of(path: Path) -> Path:
    """Where SQLite keeps the write-ahead log of the database at this path."""
    return path.with_name(f"{path.name}-wal")


def _keep_private(path: Path) -> None:
    """Let nobody else read the database, whatever its folder allows; its log is made like it."""
    for file in (path, log_of(path), path.with_name(f"{path.name}-shm")):
        with suppress(OSError):  # not there, or another's, who has decided
            if (mode := file.stat().st_mode) & 0o077:
                file.chmod(mode & 0o700)


def _refuse_foreign_log(path: Path) -> None:
    """SQLite would play the log of another database into this one, and so damage it."""
    log = log_of(path)
    # In this order: who sets the write-ahead log now writes the header before the log.
    if not (log.is_file() and log.stat().st_size):
        return
    if _read_version(path) == _ROLLBACK:
        sentence = (
            f"{path} was put there beside {log.name} of another database:"
            " restore the backup with `parley restore`, which removes the old files"
        )
        raise sqlite3.OperationalError(sentence)


def _read_version(path: Path) -> bytes:
    file = path.stat()
    return os.pread(_open_for_ever(path, file.st_dev, file.st_ino), 1, _READ_VERSION)


@cache
def _open_for_ever(path: Path, _device: int, _inode: int) -> int:
    # Never closed: POSIX would drop all locks that this process has on the file, SQLite's too, and
    # whoever closes the database next would delete its log while we write to it.
    return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
