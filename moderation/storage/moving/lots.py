"""The staged comments, some at a time, and the hash by which each is known here."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from moderation.storage.database.bulk_insert import insert_rows
from moderation.storage.moving.staging import NOT_IN_FILE, Staging
from moderation.storage.schema.imports import imported_comments

_AT_ONCE = 1_000
_BATCH = """
SELECT ordered.rowid AS position, comments.*, pages.key, pages.url, pages.title
FROM ordered JOIN comments ON comments.number = ordered.number
JOIN pages ON pages.id = comments.page
WHERE ordered.rowid > ? ORDER BY ordered.rowid LIMIT ?
"""
# All hashes are one parameter: SQLAlchemy takes longer to write out a thousand (measured).
_KNOWN = {
    "sqlite": text(
        "SELECT source_hash, comment_id FROM imported_comments WHERE site_id = :site_id"
        " AND source_hash IN (SELECT value FROM json_each(:hashes))"
    ),
    "postgresql": text(
        "SELECT source_hash, comment_id FROM imported_comments WHERE site_id = :site_id"
        " AND source_hash IN (SELECT json_array_elements_text(CAST(:hashes AS json)))"
    ),
}


@dataclass(frozen=True, slots=True)
class Lot:
    """Comments that are stored together, with the hash by which each is known."""

    rows: Sequence[sqlite3.Row]
    hashes: Sequence[str]

    def without(self, known: Mapping[str, int]) -> "Lot":
        """Return the comments with other hashes than these."""
        if not known:
            return self
        pairs = zip(self.rows, self.hashes, strict=True)
        others = [(row, source_hash) for row, source_hash in pairs if source_hash not in known]
        return Lot([row for row, _ in others], [source_hash for _, source_hash in others])

    def known(self, connection: Connection, site_id: int) -> dict[str, int]:
        """Return the ids of those that are in the site already, by their hashes."""
        asked = {"site_id": site_id, "hashes": json.dumps(self.hashes)}
        rows = connection.execute(_KNOWN[connection.dialect.name], asked)
        return {row.source_hash: row.comment_id for row in rows}


def mark_stored(connection: Connection, site_id: int, ids: Mapping[str, int]) -> None:
    """Keep the ids of comments that are in the site now, by their hashes."""
    marks = [
        {"site_id": site_id, "source_hash": source_hash, "comment_id": comment_id}
        for source_hash, comment_id in ids.items()
    ]
    insert_rows(connection, imported_comments, marks)


def lots(staged: Staging, kind: str) -> Iterator[Lot]:
    """Yield all comments that have a place in a thread, each after the one that it answers."""
    position = 0
    while rows := staged.connection.execute(_BATCH, (position, _AT_ONCE)).fetchall():
        yield Lot(rows, [_source_hash(kind, row) for row in rows])
        position = rows[-1]["position"]


def _source_hash(kind: str, row: sqlite3.Row) -> str:
    """The time tells two installations of a system apart that number from 1."""
    moment = "" if row["place"] == NOT_IN_FILE else row["at"]
    return hashlib.sha256(f"{kind}\0{row['id']}\0{moment}".encode()).hexdigest()[:32]
