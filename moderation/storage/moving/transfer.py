"""Bring staged comments into the tables, some at a time: others write in between.

What is interrupted goes on when it is called again: a comment that is here does not come twice.
Nobody is told: there are no rings, and no rows for webhooks.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from moderation.audit_chain import OPERATOR, AuditAction, AuditEntry
from moderation.clock import Clock
from moderation.comments import Status
from moderation.sites import Site
from moderation.storage.comments.old_days import mark_old_days
from moderation.storage.comments.search_index import add_many
from moderation.storage.comments.sites import locked_site
from moderation.storage.database.bulk_insert import insert_rows
from moderation.storage.database.engine import Database
from moderation.storage.database.sqlite_file import use_more_memory
from moderation.storage.decisions.records import update_page_counts
from moderation.storage.moving.kept_addresses import KnownAs, keep_addresses
from moderation.storage.moving.kept_labels import keep_labels, keep_text_labels
from moderation.storage.moving.kept_state import keep_state
from moderation.storage.moving.lots import Lot, lots, mark_stored
from moderation.storage.moving.new_rows import (
    MadeOfTexts,
    comment_rows,
    count_new,
    made_of_texts,
    place_in_threads,
    public_deltas,
)
from moderation.storage.moving.staged_pages import add_empty_pages, page_ids
from moderation.storage.moving.staging import Staging
from moderation.storage.schema.comments import comments
from moderation.storage.system.audit_log import append_audit
from moderation.text.prepared_texts import (
    AddressHash,
    SentText,
    prepared_ahead,
)
from moderation.text.search_terms import place_words
from moderation.text.second_process import SecondProcess

# Asked when they are stored: the rows were read while the ones before them were not.
_ANSWERED = """
SELECT answered.id, answered.comment_id FROM ordered
JOIN comments ON comments.number = ordered.number JOIN comments AS answered
    ON answered.id = comments.parent AND answered.comment_id IS NOT NULL
WHERE ordered.rowid BETWEEN ? AND ?
"""
_NOTE = "UPDATE comments SET comment_id = ?, is_here = ? WHERE number = ?"


@dataclass(frozen=True, slots=True)
class Transfer:
    """Where comments come to.

    Attributes:
        kind: The system that they come from.
        address_hash: Hashes an address as that of a reader who submits now.
        on_rows: Is told how many rows are done.
        known_as: Reads an author's e-mail address, where the site mails readers.
        process: Makes what takes time of texts, where there are many.
    """

    database: Database
    clock: Clock
    site: Site
    kind: str
    address_hash: AddressHash
    on_rows: Callable[[int], None]
    known_as: KnownAs
    process: SecondProcess

    def look(self, staged: Staging) -> None:
        """Only note which comments are here already."""
        for lot in lots(staged, self.kind):
            with self.database.read() as connection:
                known = lot.known(connection, self.site.id)
            self._note(staged, lot, known, known)

    def bring(self, staged: Staging) -> None:
        """Store the comments that are not here yet; raises SiteNotFound."""
        is_noted = False
        ahead = prepared_ahead(self._with_texts(staged), self.address_hash, self.process)
        for (lot, new), texts in ahead:
            made = made_of_texts(new.rows, texts)
            with self.database.write() as connection:
                use_more_memory(connection)
                locked_site(connection, self.site.name)  # two imports wait for each other
                known = lot.known(connection, self.site.id)
                coming = lot.without(known)
                ids = self._store(connection, staged, coming, made)
                if ids and not is_noted:  # with the first, whatever interrupts the rest
                    append_audit(connection, self.clock(), self._entry(staged))
                    is_noted = True
            self._note(staged, lot, known | ids, known)

    def _entry(self, staged: Staging) -> AuditEntry:
        after = {"kind": self.kind, "comments": staged.number_in_order()}
        action = AuditAction.COMMENTS_IMPORTED
        return AuditEntry(OPERATOR, action, f"site {self.site.name}", after=after)

    def bring_rest(self, staged: Staging) -> None:
        """Store what Parley's own file has beside comments: pages, and labels of texts."""
        with self.database.write() as connection:
            locked_site(connection, self.site.name)
            add_empty_pages(connection, self.site, staged, self.clock())
            keep_text_labels(connection, self.site.id, staged)

    def _with_texts(self, staged: Staging) -> Iterator[tuple[tuple[Lot, Lot], list[SentText]]]:
        """Each lot with those of its comments that are not here yet, and their texts."""
        for lot in lots(staged, self.kind):
            with self.database.read() as connection:
                new = lot.without(lot.known(connection, self.site.id))
            yield (
                (lot, new),
                [(row["name"] or "", row["text"] or "", row["address"]) for row in new.rows],
            )

    def _store(
        self, connection: Connection, staged: Staging, lot: Lot, made: MadeOfTexts
    ) -> dict[str, int]:
        """Insert comments with all that belongs to them; returns their ids by their hashes."""
        new = lot.rows
        if not new:
            return {}
        now, positions = self.clock(), (new[0]["position"], new[-1]["position"])
        pages = page_ids(connection, self.site, new, now)
        rows = comment_rows(connection, self.site, new, made.columns)
        answered = dict(staged.connection.execute(_ANSWERED, positions).fetchall())
        pairs = list(zip(new, rows, strict=True))
        answered |= {staged_row["id"]: row["id"] for staged_row, row in pairs}
        for staged_row, row in pairs:
            row["page_id"] = pages[staged_row["key"]]
            row["parent_id"] = answered.get(staged_row["parent"])
        place_in_threads(connection, rows)
        insert_rows(connection, comments, rows)
        ids = {key: row["id"] for key, row in zip(lot.hashes, rows, strict=True)}
        self._index(connection, made, pairs)
        mark_stored(connection, self.site.id, ids)
        keep_addresses(connection, self.site, self.known_as, pairs)
        keep_state(connection, staged, new, rows)
        public_ids = {
            staged_row["id"]: row["public_id"]
            for staged_row, row in pairs
            if row["status"] != Status.ERASED
        }
        keep_labels(connection, (self.site.id, now), (staged, positions), public_ids)
        update_page_counts(connection, public_deltas(rows))
        count_new(connection, rows)
        mark_old_days(connection, self.site.id, [row["submitted_at"] for row in rows], now)
        return ids

    def _index(
        self,
        connection: Connection,
        made: MadeOfTexts,
        pairs: Sequence[tuple[sqlite3.Row, Mapping[str, Any]]],
    ) -> None:
        places = {
            page_id: " ".join(place_words(self.site.id, page_id))
            for page_id in {row["page_id"] for _, row in pairs}
        }
        words = [
            (row["id"], f"{made.words[staged_row['number']]} {places[row['page_id']]}".lstrip())
            for staged_row, row in pairs
        ]
        add_many(connection, words)

    def _note(
        self,
        staged: Staging,
        lot: Lot,
        ids: Mapping[str, int],
        known: Mapping[str, int],
    ) -> None:
        staged.connection.executemany(
            _NOTE,
            [
                (ids.get(key), key in known, row["number"])
                for key, row in zip(lot.hashes, lot.rows, strict=True)
            ],
        )
        self.on_rows(len(lot.rows))
