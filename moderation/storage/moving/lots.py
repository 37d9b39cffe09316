"""The staged comments, some at a time, and the hash by which each is known here."""

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from moderation.storage.moving.staging import NOT_IN_FILE, Staging

_AT_ONCE = 1_000
_BATCH = """
SELECT ordered.rowid AS position, comments.*, pages.key, pages.url, pages.title
FROM ordered JOIN comments ON comments.number = ordered.number
JOIN pages ON pages.id = comments.page
WHERE ordered.rowid > ? ORDER BY ordered.rowid LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Lot:
    """Comments that are stored together, with the hash by which each is known."""

    rows: Sequence[sqlite3.Row]
    hashes: Sequence[str]

    def without(self, known: Mapping[str, int]) -> list[sqlite3.Row]:
        """Return the rows with other hashes than these."""
        pairs = zip(self.rows, self.hashes, strict=True)
        return [row for row, source_hash in pairs if source_hash not in known]


def lots(staged: Staging, kind: str) -> Iterator[Lot]:
    """Yield all comments that have a place in a thread, each after the one that it answers."""
    position = 0
    while rows := staged.connection.execute(_BATCH, (position, _AT_ONCE)).fetchall():
        yield Lot(rows, [source_hash(kind, row) for row in rows])
        position = rows[-1]["position"]


def source_hash(kind: str, row: sqlite3.Row) -> str:
    """The time tells two installations of a system apart that number from 1."""
    moment = "" if row["place"] == NOT_IN_FILE else row["at"]
    return hashlib.sha256(f"{kind}\0{row['id']}\0{moment}".encode()).hexdigest()[:32]
