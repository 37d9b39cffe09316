"""Bring staged comments into the tables, some at a time: others write in between.

What is interrupted goes on when it is called again: a comment that is here does not come twice.
Nobody is told: there are no rings, and no rows for webhooks.
"""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from moderation.clock import Clock
from moderation.comments import Status
from moderation.sites import Site
from moderation.storage.comments.search_index import add_words
from moderation.storage.comments.sites import locked_site
from moderation.storage.database.engine import Database
from moderation.storage.database.sqlite_file import use_more_memory
from moderation.storage.decisions.records import update_page_counts
from moderation.storage.moving.kept_labels import keep_labels, keep_text_labels
from moderation.storage.moving.kept_state import keep_state
from moderation.storage.moving.new_rows import AddressHash, WrittenText, comment_rows, written_text
from moderation.storage.moving.old_days import mark_old_days
from moderation.storage.moving.staged_pages import add_empty_pages, page_ids
from moderation.storage.moving.staging import NOT_IN_FILE, Staging
from moderation.storage.schema.comments import comments
from moderation.storage.schema.imports import imported_comments
from moderation.text.search_terms import place_words

_AT_ONCE = 1_000
_BATCH = """
SELECT ordered.rowid AS position, comments.*, pages.key, pages.url, pages.title,
    parents.comment_id AS parent_id
FROM ordered JOIN comments ON comments.number = ordered.number
JOIN pages ON pages.id = comments.page
LEFT JOIN comments AS parents ON parents.id = comments.parent
WHERE ordered.rowid > ? ORDER BY ordered.rowid LIMIT ?
"""
_NOTE = "UPDATE comments SET comment_id = ?, is_here = ? WHERE number = ?"


@dataclass(frozen=True, slots=True)
class Transfer:
    """Where comments come to.

    Attributes:
        kind: The system that they come from.
        address_hash: Hashes an address as that of a reader who submits now.
        on_rows: Is told how many rows are done.
    """

    database: Database
    clock: Clock
    site: Site
    kind: str
    address_hash: AddressHash
    on_rows: Callable[[int], None]

    def look(self, staged: Staging) -> None:
        """Only note which comments are here already."""
        for rows in _batches(staged):
            with self.database.read() as connection:
                known = self._known(connection, rows)
            self._note(staged, rows, known, known)

    def bring(self, staged: Staging) -> None:
        """Store the comments that are not here yet; raises SiteNotFound."""
        for rows in _batches(staged):
            texts = self._texts(rows)
            with self.database.write() as connection:
                use_more_memory(connection)
                locked_site(connection, self.site.name)  # two imports wait for each other
                known = self._known(connection, rows)
                new = [row for row in rows if self._hash(row) not in known]
                ids = self._store(connection, staged, new, texts) if new else {}
            self._note(staged, rows, known | ids, known)

    def bring_rest(self, staged: Staging) -> None:
        """Store what Parley's own file has beside comments: pages, and labels of texts."""
        with self.database.write() as connection:
            locked_site(connection, self.site.name)
            add_empty_pages(connection, self.site, staged, self.clock())
            keep_text_labels(connection, self.site.id, staged)

    def _texts(self, rows: Sequence[sqlite3.Row]) -> Mapping[int, WrittenText]:
        """What takes time to make of texts, by the rows' numbers: others need not wait for it."""
        with self.database.read() as connection:
            known = self._known(connection, rows)
        new = [row for row in rows if self._hash(row) not in known]
        return {row["number"]: written_text(row, self.address_hash) for row in new}

    def _store(
        self,
        connection: Connection,
        staged: Staging,
        new: Sequence[sqlite3.Row],
        texts: Mapping[int, WrittenText],
    ) -> dict[str, int]:
        """Insert comments with all that belongs to them; returns their ids by their hashes."""
        now = self.clock()
        pages = page_ids(connection, self.site, new, now)
        rows = comment_rows(connection, self.site, new, texts)
        for staged_row, row in zip(new, rows, strict=True):
            row["page_id"] = pages[staged_row["key"]]
        connection.execute(comments.insert(), rows)
        self._index(connection, [texts[row["number"]] for row in new], rows)
        ids = {self._hash(row): stored["id"] for row, stored in zip(new, rows, strict=True)}
        columns = {"site_id": self.site.id}
        marks = [{**columns, "source_hash": key, "comment_id": ids[key]} for key in ids]
        connection.execute(imported_comments.insert(), marks)
        keep_state(connection, staged, new, rows)
        public_ids = {
            staged_row["id"]: row["public_id"]
            for staged_row, row in zip(new, rows, strict=True)
            if row["status"] != Status.ERASED
        }
        positions = (new[0]["position"], new[-1]["position"])
        keep_labels(connection, (self.site.id, now), (staged, positions), public_ids)
        update_page_counts(connection, _deltas(rows))
        mark_old_days(connection, self.site.id, [row["submitted_at"] for row in rows], now)
        return ids

    def _index(
        self,
        connection: Connection,
        texts: Sequence[WrittenText],
        rows: Sequence[Mapping[str, Any]],
    ) -> None:
        words = [
            (row["public_id"], [*text.words, *place_words(self.site.id, row["page_id"])])
            for text, row in zip(texts, rows, strict=True)
        ]
        add_words(connection, words)

    def _known(self, connection: Connection, rows: Sequence[sqlite3.Row]) -> dict[str, int]:
        """The ids of those that are here, by their hashes."""
        query = select(imported_comments.c.source_hash, imported_comments.c.comment_id).where(
            imported_comments.c.site_id == self.site.id,
            imported_comments.c.source_hash.in_([self._hash(row) for row in rows]),
        )
        return {row.source_hash: row.comment_id for row in connection.execute(query)}

    def _note(
        self,
        staged: Staging,
        rows: Sequence[sqlite3.Row],
        ids: Mapping[str, int],
        known: Mapping[str, int],
    ) -> None:
        hashes = [self._hash(row) for row in rows]
        staged.connection.executemany(
            _NOTE,
            [
                (ids.get(key), key in known, row["number"])
                for key, row in zip(hashes, rows, strict=True)
            ],
        )
        self.on_rows(len(rows))

    def _hash(self, row: sqlite3.Row) -> str:
        """The time tells two installations of a system apart that number from 1."""
        moment = "" if row["place"] == NOT_IN_FILE else row["at"]
        return hashlib.sha256(f"{self.kind}\0{row['id']}\0{moment}".encode()).hexdigest()[:32]


def _batches(staged: Staging) -> Iterator[list[sqlite3.Row]]:
    position = 0
    while rows := staged.connection.execute(_BATCH, (position, _AT_ONCE)).fetchall():
        yield rows
        position = rows[-1]["position"]


def _deltas(rows: Sequence[Mapping[str, Any]]) -> Mapping[int, int]:
    """How many more of each page are public; 0 where one is only seen as erased."""
    deltas: Counter[int] = Counter()
    for row in rows:
        if row["status"] in (Status.APPROVED, Status.ERASED):
            deltas[row["page_id"]] += row["status"] == Status.APPROVED
    return deltas
