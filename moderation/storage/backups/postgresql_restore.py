"""Bring the tables of an archive back, in one transaction: all of them, or nothing is changed."""

import zipfile
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from moderation.storage.backups.backup_file import BackupRefused, new_backup
from moderation.storage.backups.postgresql_archive import (
    Manifest,
    member,
    quoted,
    read_manifest,
    save_postgresql,
    table_names,
)
from moderation.storage.database.engine import Database
from moderation.storage.database.postgresql import patiently
from moderation.storage.migrate import upgrade
from moderation.storage.schema.metadata import metadata
from moderation.storage.schema_version import revision_of

_BLOCK = 1 << 20  # bytes
_OF_PARLEY = {*metadata.tables, "alembic_version", "comment_words"}
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
_SET_SEQUENCE = text("SELECT setval(CAST(:name AS regclass), :number)")
_FUNCTIONS = text(
    "SELECT DISTINCT tgfoid::regprocedure::text FROM pg_trigger"
    " JOIN pg_class ON pg_class.oid = tgrelid"
    " WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"
    " AND relname = ANY(:tables)"
)


def restore_postgresql(backup: Path, database: Database, aside: Path) -> None:
    """Replace Parley's tables by those of the archive, after saving them in the file `aside`.

    Raises:
        BackupRefused: The archive is damaged, or the database is in use.
        DatabaseUnavailable: The database does not answer.
    """
    manifest = read_manifest(backup)
    with database.read() as connection:
        if connection.execute(_OTHERS).scalar_one():
            sentence = (
                "the database is in use: stop web servers and workers, then restore"
                " (PgBouncer, too, keeps connections: restore without it)"
            )
            raise BackupRefused(sentence)
        is_empty = revision_of(connection) is None
    if not is_empty:
        with new_backup(aside, keep=1) as copy:
            save_postgresql(database, copy)
    with database.write() as connection, patiently(connection):
        _drop(connection, manifest)
        upgrade(connection, manifest.revision)
        with zipfile.ZipFile(backup) as archive:
            for table in _in_order(connection, manifest):
                _load(connection, archive, manifest, table)
        for sequence, number in manifest.sequences.items():
            connection.execute(_SET_SEQUENCE, {"name": quoted(sequence), "number": number})


def _drop(connection: Connection, manifest: Manifest) -> None:
    ours = _OF_PARLEY.union(manifest.tables)
    tables = [name for name in table_names(connection) if name in ours]
    functions = connection.execute(_FUNCTIONS, {"tables": tables}).scalars().all()
    for table in tables:
        connection.exec_driver_sql(f"DROP TABLE {quoted(table)} CASCADE")
    for function in functions:
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}")


def _in_order(connection: Connection, manifest: Manifest) -> list[str]:
    names = table_names(connection)
    if foreign := manifest.tables.keys() - set(names):
        sentence = f"the backup has tables that are not Parley's: {', '.join(sorted(foreign))}"
        raise BackupRefused(sentence)
    if missing := _OF_PARLEY.intersection(names) - manifest.tables.keys():
        sentence = f"the backup is not whole: it lacks {', '.join(sorted(missing))}"
        raise BackupRefused(sentence)
    return [name for name in names if name in manifest.tables]


def _load(connection: Connection, archive: zipfile.ZipFile, manifest: Manifest, table: str) -> None:
    saved, name = manifest.tables[table], quoted(table)
    # Old revisions have triggers that would write rows which the archive has already.
    connection.exec_driver_sql(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    connection.exec_driver_sql(f"DELETE FROM {name}")  # noqa: S608 what the migrations inserted
    columns = ", ".join(map(quoted, saved.columns))
    driver: Any = connection.connection.driver_connection
    with archive.open(member(table)) as file, driver.cursor() as cursor:
        with cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as rows:
            while block := file.read(_BLOCK):
                rows.write(block)
        if cursor.rowcount != saved.rows:
            sentence = f"the backup has {cursor.rowcount} of the {saved.rows} rows of {table}"
            raise BackupRefused(sentence)
    connection.exec_driver_sql(f"ALTER TABLE {name} ENABLE TRIGGER USER")
