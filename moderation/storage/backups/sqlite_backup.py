"""Save a SQLite database while it is used, and put a saved one in its place."""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from moderation.storage.backups.backup_file import HAS_TABLE, BackupRefused
from moderation.storage.database.sqlite_file import prepare_sqlite

_SHARED_LOCK = (0x40000002, 510)  # where and how many bytes: of SQLite's file format
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
_LEFTOVERS = ("-wal", "-shm", "-journal")


def save_sqlite(database: Path, copy: Path) -> None:
    """Write what is committed now into the empty file `copy`, and check it.

    The incarnation is left out: whoever opens the copy, in whatever way it came to its place,
    makes a new one.

    Raises:
        BackupRefused: The database or its copy is damaged.
    """
    with _opened(database) as source:
        try:
            source.execute("VACUUM INTO ?", [str(copy)])
        except sqlite3.OperationalError as error:
            sentence = f"{database} cannot be saved in {copy.parent}: {error}"
            raise BackupRefused(sentence) from error
    with _opened(copy, "rw") as saved:
        if saved.execute(HAS_TABLE, ["database_identity"]).fetchone():
            saved.execute("DELETE FROM database_identity")
    check_sqlite(copy)


def check_sqlite(path: Path) -> str:
    """Read all of a database and return its revision.

    Raises:
        BackupRefused: It is damaged, or no database of Parley.
    """
    with _opened(path) as database:
        problem = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if problem != "ok":
            sentence = f"{path} is damaged: {problem}"
            raise BackupRefused(sentence)
        if not database.execute(HAS_TABLE, ["alembic_version"]).fetchone():
            sentence = f"{path} is no database of Parley: it has no revision"
            raise BackupRefused(sentence)
        revisions = database.execute("SELECT version_num FROM alembic_version").fetchall()
        if len(revisions) != 1 or not isinstance(revisions[0][0], str):
            sentence = f"{path} is no database of Parley: its revision is not one word"
            raise BackupRefused(sentence)
        return str(revisions[0][0])


def tables_of(path: Path) -> set[str]:
    """Return the names of a database's own tables."""
    with _opened(path) as database:
        return {row[0] for row in database.execute(_TABLES)}


def restore_sqlite(backup: Path, database: Path, aside: Path) -> None:
    """Put a copy of the backup in the database's place; what was there is kept as `aside`.

    Raises:
        BackupRefused: The database is in use, or its folder cannot be written.
    """
    partial = database.with_name(f".{database.name}.partial")
    try:
        _refuse_open(database)
        _copy_private(backup, partial)
        _give_to_owner(partial, database)
        _set_aside(database, aside)
        partial.replace(database)  # in one step: at any moment there is the old one or the new one
    except OSError as error:
        sentence = f"{database} cannot be replaced: {error.strerror or error}"
        raise BackupRefused(sentence) from error
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def _opened(path: Path, mode: str = "ro") -> Iterator[sqlite3.Connection]:
    try:
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
            yield connection
    except sqlite3.Error as error:
        sentence = f"{path} cannot be used: {error}"
        raise BackupRefused(sentence) from error


def _refuse_open(database: Path) -> None:
    """A process that goes on with the file that is replaced would write into nothing."""
    if not database.exists():
        return
    with database.open("r+b") as file:
        start, length = _SHARED_LOCK
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start)
        except OSError as error:
            sentence = f"{database} is in use: stop web servers and workers, then restore"
            raise BackupRefused(sentence) from error


def _copy_private(source: Path, copy: Path) -> None:
    copy.unlink(missing_ok=True)
    number = os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with source.open("rb") as saved, os.fdopen(number, "wb") as file:
        shutil.copyfileobj(saved, file)
        file.flush()
        os.fsync(file.fileno())


def _give_to_owner(partial: Path, database: Path) -> None:
    """Root may restore what another user runs."""
    owner = (database if database.exists() else database.parent).stat()
    if os.geteuid() == 0:
        os.chown(partial, owner.st_uid, owner.st_gid)


def _set_aside(database: Path, aside: Path) -> None:
    """Keep the file under another name too, and its log, which may have what it has not yet."""
    for name in ("", *_LEFTOVERS):
        Path(f"{aside}{name}").unlink(missing_ok=True)
    if database.exists():
        with suppress(sqlite3.Error):  # it may be damaged, or the log not its own
            _merge_log(database)
        os.link(database, aside)
    for name in _LEFTOVERS:
        if (path := Path(f"{database}{name}")).exists():
            path.replace(f"{aside}{name}")


def _merge_log(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        prepare_sqlite(connection, database)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
