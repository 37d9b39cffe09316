"""Put what a file has into a private database of its own, where it can be sorted and joined.

SQLite deletes it when it is closed, however the process ends. So the whole file was read before
the first comment comes, and memory stays flat.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from moderation.imports.records import SourcePage, SourceRecord, UnreadableRow
from moderation.storage.moving.staged_rows import StagedRow, refused_row, staged_row

StagedRows = dict[str, list[StagedRow]]
_TABLES = """
CREATE TABLE pages (
    id TEXT PRIMARY KEY, url TEXT, title TEXT, moved_to TEXT, key TEXT, problem TEXT
);
CREATE TABLE authors (id TEXT PRIMARY KEY, name TEXT);
CREATE TABLE comments (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE, place TEXT, page TEXT, author TEXT, parent TEXT,
    name TEXT, text TEXT, status TEXT, at INTEGER, address TEXT, state TEXT,
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
    "authors": "INSERT OR IGNORE INTO authors VALUES (?, ?)",
    "comments": (
        "INSERT INTO comments (id, place, page, author, parent, name, text, status, at, address,"
        " state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ),
    "refused": "INSERT INTO refused VALUES (?, ?, ?)",
    "labels": "INSERT INTO labels VALUES (?, ?, ?, ?)",
    "parley": "INSERT INTO parley VALUES (?, ?, ?)",
}
_KNOWN = "SELECT id FROM comments WHERE id IN (SELECT value FROM json_each(?))"
_AT_A_TIME = 2_000
NOT_IN_FILE = "not in the file"  # where a comment stands that others answer


@dataclass(slots=True)
class Staging:
    """The private database, and the pages that were put there last."""

    connection: sqlite3.Connection
    now: datetime
    _seen: set[str] = field(default_factory=set)

    def fill(self, records: Iterable[SourceRecord]) -> None:
        """Put all records there; rows that no comment can be made of are refused one by one."""
        iterator = iter(records)
        while batch := list(islice(iterator, _AT_A_TIME)):
            rows: StagedRows = {name: [] for name in _INSERT}
            for record in batch:
                self._add(record, rows)
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

    def _add(self, record: SourceRecord, rows: StagedRows) -> None:
        if isinstance(record, SourcePage):
            if record.id in self._seen:
                return
            self._note(record.id)
        try:
            table, row = staged_row(record, self.now)
        except UnreadableRow as error:
            table, row = "refused", refused_row(record, error)
        rows[table].append(row)

    def _note(self, page_id: str) -> None:
        """Many files name the page with each comment: it need not be put there each time."""
        if len(self._seen) > _AT_A_TIME:
            self._seen.clear()
        self._seen.add(page_id)

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
def staging(now: datetime) -> Iterator[Staging]:
    """Open a private database, on the disk under no name, and remove it at the end."""
    connection = sqlite3.connect("", isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -16000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.executescript(_TABLES)
        connection.execute("BEGIN")
        yield Staging(connection, now)
    finally:
        connection.close()
