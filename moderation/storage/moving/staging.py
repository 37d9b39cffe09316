"""Put what a file has into a private database of its own, where it can be sorted and joined.

SQLite deletes it when it is closed, however the process ends. So the whole file was read before
the first comment comes, and memory stays flat.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from moderation.storage.moving.staged_rows import StagedRow, StagedRows

_TABLES = """
CREATE TABLE pages (
    id TEXT PRIMARY KEY, url TEXT, title TEXT, moved_to TEXT, key TEXT, problem TEXT
);
CREATE TABLE authors (id TEXT PRIMARY KEY, name TEXT, email TEXT);
CREATE TABLE comments (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE, place TEXT, page TEXT, author TEXT, parent TEXT,
    name TEXT, text TEXT, status TEXT, at INTEGER, address TEXT, email TEXT,
    state TEXT,
    problem TEXT, level INTEGER, sort INTEGER, stays INTEGER, comment_id INTEGER, is_here INTEGER
);
CREATE TABLE refused (place TEXT, id TEXT, problem TEXT);
CREATE TABLE labels (comment TEXT, attribute TEXT, value REAL, weight REAL);
CREATE TABLE parley (kind TEXT, comment TEXT, fields TEXT);
CREATE INDEX labels_comment ON labels (comment);
CREATE INDEX parley_comment ON parley (comment, kind);
"""
_INSERT = {
    "pages": "INSERT OR IGNORE INTO pages (id, url, title, moved_to) VALUES (?, ?, ?, ?)",
    "authors": "INSERT OR IGNORE INTO authors VALUES (?, ?, ?)",
    "comments": (
        "INSERT INTO comments (id, place, page, author, parent, name, text, status, at, address,"
        " email, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ),
    "refused": "INSERT INTO refused VALUES (?, ?, ?)",
    "labels": "INSERT INTO labels VALUES (?, ?, ?, ?)",
    "parley": "INSERT INTO parley VALUES (?, ?, ?)",
}
_KNOWN = "SELECT id FROM comments WHERE id IN (SELECT value FROM json_each(?))"
NOT_IN_FILE = "not in the file"  # where a comment stands that others answer


class StagingFailed(OSError):
    """The private database cannot grow; the sentence says why and what helps."""


@dataclass(frozen=True, slots=True)
class Staging:
    """The private database."""

    connection: sqlite3.Connection

    def put(self, rows: StagedRows) -> None:
        """Put rows into their tables; comments with an id that is there already are refused."""
        rows["comments"] = self._without_doubles(rows["comments"], rows["refused"])
        for name, of_table in rows.items():
            self.connection.executemany(_INSERT[name], of_table)

    def number_of_rows(self) -> int:
        """How many comments the file has, with those that cannot come."""
        query = "SELECT (SELECT count(*) FROM comments) + (SELECT count(*) FROM refused)"
        return int(self.connection.execute(query).fetchone()[0])

    def number_in_order(self) -> int:
        """How many comments have a place in a thread."""
        return int(self.connection.execute("SELECT count(*) FROM ordered").fetchone()[0])

    def _without_doubles(self, rows: list[StagedRow], refused: list[StagedRow]) -> list[StagedRow]:
        """Those with new ids; a file has few others, so that all can be inserted at once."""
        ids = json.dumps([row[0] for row in rows])
        known = {row["id"] for row in self.connection.execute(_KNOWN, (ids,))}
        first: dict[str, StagedRow] = {}
        for row in rows:
            if row[0] in known or row[0] in first:
                refused.append((row[1], row[0], "an earlier row of the file has the same id"))
            else:
                first[row[0]] = row
        return list(first.values())


@contextmanager
def staging() -> Iterator[Staging]:
    """Open a private database, on the disk under no name, and remove it at the end.

    Raises:
        StagingFailed: The folder of temporary files is full, or cannot be written.
    """
    connection = sqlite3.connect("", isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -16000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.executescript(_TABLES)
        connection.execute("BEGIN")
        yield Staging(connection)
    except sqlite3.OperationalError as error:  # the other databases' have another class
        sentence = (
            f"what the file has cannot be kept among temporary files ({error}):"
            " SQLITE_TMPDIR names another folder for them"
        )
        raise StagingFailed(sentence) from error
    finally:
        connection.close()
