"""A PostgreSQL database as a zip file of its tables, saved in one snapshot.

Of our own, since pg_dump is often not where Parley runs (in its image, for one), and refuses a
server that is newer than itself. What makes the tables is in the migrations, so rows are enough.
"""

import json
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from moderation.storage.backups.backup_file import MANIFEST, BackupRefused
from moderation.storage.database.driver_errors import translated
from moderation.storage.database.engine import Database
from moderation.storage.database.postgresql import patiently
from moderation.storage.schema_version import revision_of

_FORMAT = "parley-postgresql-1"
# What reading a manifest raises that somebody else has written.
_MISSHAPEN = (KeyError, ValueError, TypeError, AttributeError, RecursionError, EOFError)
_WITHOUT_ROWS = {"database_identity"}  # so that what is restored is another incarnation
_SEQUENCES = text(
    "SELECT sequencename, last_value FROM pg_sequences"
    " WHERE schemaname = current_schema() AND last_value IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class SavedTable:
    """The columns of a table, in the order of its rows' values, and the number of its rows."""

    columns: list[str]
    rows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive has; `sequences` have the last number that each gave."""

    revision: str
    tables: dict[str, SavedTable]
    sequences: dict[str, int]


def save_postgresql(database: Database, copy: Path) -> None:
    """Write what is committed now into the empty file `copy`, and read it again.

    Raises:
        BackupRefused: It is no database of Parley.
        DatabaseUnavailable: It does not answer.
    """
    snapshot = database.engine.execution_options(isolation_level="REPEATABLE READ")
    with translated(), snapshot.connect() as connection, patiently(connection):
        revision = revision_of(connection)
        if revision is None:
            sentence = "the database is empty: `parley migrate` makes its tables"
            raise BackupRefused(sentence)
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            tables = {name: _save(connection, archive, name) for name in table_names(connection)}
            sequences = {row[0]: row[1] for row in connection.execute(_SEQUENCES)}
            manifest = {"format": _FORMAT, **asdict(Manifest(revision, tables, sequences))}
            archive.writestr(MANIFEST, json.dumps(manifest))
    read_manifest(copy)


def read_manifest(path: Path) -> Manifest:
    """Read all of an archive; raises BackupRefused where it is damaged or none of Parley."""
    try:
        with zipfile.ZipFile(path) as archive:
            damaged = archive.testzip()
            manifest = _manifest(json.loads(archive.read(MANIFEST)))
            absent = {member(table) for table in manifest.tables} - set(archive.namelist())
    except (zipfile.BadZipFile, *_MISSHAPEN) as error:
        sentence = f"{path} is damaged, or no backup of Parley: {error}"
        raise BackupRefused(sentence) from error
    if wrong := damaged or ", ".join(sorted(absent)):
        sentence = f"{path} is damaged: {wrong} cannot be read"
        raise BackupRefused(sentence)
    return manifest


def _manifest(fields: Any) -> Manifest:
    """Raises one of _MISSHAPEN where it is none."""
    if not isinstance(fields, dict) or fields.pop("format", None) != _FORMAT:
        sentence = "its format is unknown"
        raise ValueError(sentence)
    tables = {str(name): _table(**table) for name, table in fields["tables"].items()}
    sequences = {str(name): int(number) for name, number in fields["sequences"].items()}
    return Manifest(str(fields["revision"]), tables, sequences)


def _table(columns: list[str], rows: int) -> SavedTable:
    if not isinstance(columns, list):
        sentence = "a table has no list of columns"
        raise TypeError(sentence)
    return SavedTable([str(column) for column in columns], int(rows))


def table_names(connection: Connection) -> list[str]:
    """Return the database's tables, those that others refer to first."""
    tables = inspect(connection).get_sorted_table_and_fkc_names()
    return [name for name, _ in tables if name is not None]


def member(table: str) -> str:
    """Return the name of a table's file in the archive."""
    return f"{table}.copy"


def quoted(name: str) -> str:
    """Return a name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def _save(connection: Connection, archive: zipfile.ZipFile, table: str) -> SavedTable:
    columns = [str(column["name"]) for column in inspect(connection).get_columns(table)]
    names = ", ".join(map(quoted, columns))
    condition = " WHERE false" if table in _WITHOUT_ROWS else ""
    driver: Any = connection.connection.driver_connection
    query = f"COPY (SELECT {names} FROM {quoted(table)}{condition}) TO STDOUT"  # noqa: S608 quoted
    with archive.open(member(table), "w", force_zip64=True) as file, driver.cursor() as cursor:
        with cursor.copy(query) as rows:
            for block in rows:
                file.write(block)
        return SavedTable(columns, cursor.rowcount)
