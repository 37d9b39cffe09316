"""Back up and restore whichever database there is."""

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select
from sqlalchemy.engine import make_url

from moderation.clock import Clock
from moderation.storage.backups.backup_file import (
    SQLITE_MAGIC,
    ZIP_MAGIC,
    BackupRefused,
    magic_of,
    new_backup,
)
from moderation.storage.backups.postgresql_archive import read_manifest, save_postgresql
from moderation.storage.backups.postgresql_restore import restore_postgresql
from moderation.storage.backups.sqlite_backup import (
    check_sqlite,
    restore_sqlite,
    save_sqlite,
    tables_of,
)
from moderation.storage.database.engine import Database, DatabaseUnavailable, open_database
from moderation.storage.migrate import migrate
from moderation.storage.revisions import known_revisions, newest_revision
from moderation.storage.schema.system import database_identity
from moderation.storage.schema_version import revision_of
from moderation.storage.system.incarnation import incarnation_of, renew_incarnation


def sqlite_path(url: str) -> Path | None:
    """Return the path of a SQLite database, None for PostgreSQL."""
    parts = make_url(url)
    is_file = parts.get_backend_name() == "sqlite" and parts.database
    return Path(parts.database).absolute() if is_file and parts.database else None


def back_up(url: str, path: Path, *, keep: int, clock: Clock) -> None:
    """Save the database in a file, which is checked before it replaces the one of before.

    Args:
        url: Of the database, which may be in use.
        path: Of the backup.
        keep: How many backups to have afterwards.
        clock: Says when.

    Raises:
        BackupRefused: There is no backup; the sentence says why.
        DatabaseUnavailable: The database does not answer.
    """
    path, database = Path(os.path.realpath(path)), sqlite_path(url)
    if database is not None and (path == database or _is_same(path, database)):
        sentence = f"{path} is the database itself: name another file"
        raise BackupRefused(sentence)
    opened = open_database(url, pool_size=1)
    try:
        with new_backup(path, keep) as copy:
            if database is None:
                save_postgresql(opened, copy)
            else:
                save_sqlite(database, copy)
        with suppress(
            DatabaseUnavailable
        ):  # a full disk or a standby, of which there is a backup now
            _note(opened, clock())
    finally:
        opened.close()


def restore(url: str, path: Path, aside: Path) -> str:
    """Put a backup in the database's place; returns its revision.

    Args:
        url: Of the database, which nobody may use meanwhile.
        path: Of the backup.
        aside: Where what was there before is kept; of SQLite a name on the same disk.

    Raises:
        BackupRefused: Nothing was changed; the sentence says why.
        DatabaseUnavailable: The database does not answer.
    """
    database = sqlite_path(url)
    _check(path, SQLITE_MAGIC if database else ZIP_MAGIC)
    revision = check_sqlite(path) if database else read_manifest(path).revision
    if revision not in known_revisions():
        sentence = f"{path} is of revision {revision}, which only a newer Parley knows: install it"
        raise BackupRefused(sentence)
    if database:
        _refuse_missing_tables(path, revision)
        restore_sqlite(path, database, aside)
    opened = open_database(url, pool_size=1)
    try:
        if database is None:
            restore_postgresql(path, opened, aside)
        _renew(opened)
    finally:
        opened.close()
    return revision


def last_backup(database: Database) -> datetime | None:
    """Return when the database was backed up last, None where it never was."""
    with database.read() as connection:
        return connection.execute(select(database_identity.c.backed_up_at)).scalar()


def _is_same(path: Path, other: Path) -> bool:
    return path.exists() and other.exists() and path.samefile(other)


def _check(path: Path, magic: bytes) -> None:
    if not path.is_file():
        sentence = f"there is no backup {path}"
        raise BackupRefused(sentence)
    if magic_of(path) != magic:
        kind = "SQLite" if magic == SQLITE_MAGIC else "PostgreSQL"
        sentence = f"{path} is no backup of a {kind} database, which PARLEY_DATABASE_URL names"
        raise BackupRefused(sentence)


def _refuse_missing_tables(path: Path, revision: str) -> None:
    """The tables must be those that the migrations up to the revision make, or more."""
    with TemporaryDirectory() as folder:
        example = Path(folder) / "parley.db"
        opened = open_database(f"sqlite:///{example}", pool_size=1)
        try:
            migrate(opened, revision)
        finally:
            opened.close()
        missing = tables_of(example) - tables_of(path)
    if missing:
        sentence = f"{path} is not whole: it lacks {', '.join(sorted(missing))}"
        raise BackupRefused(sentence)


def _is_newest(database: Database) -> bool:
    with database.read() as connection:
        return revision_of(connection) == newest_revision()


def _renew(database: Database) -> None:
    """Backups that `parley backup` did not make have an incarnation; older ones no table for it."""
    if _is_newest(database):
        with database.write() as connection:
            renew_incarnation(connection)


def _note(database: Database, now: datetime) -> None:
    if _is_newest(database):
        incarnation_of(database)  # makes the row where there is none
        with database.write() as connection:
            connection.execute(database_identity.update().values(backed_up_at=now))
