"""The rows of comments that come from elsewhere, and their own numbers."""

import json
import secrets
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, text

from moderation.comments import Status
from moderation.sites import Site
from moderation.storage.database.bulk_insert import insert_rows
from moderation.storage.decisions.thread_counts import count_in_threads
from moderation.storage.moving.parley_rows import state_columns
from moderation.storage.moving.staged_rows import moment_of
from moderation.storage.schema.column_types import EPOCH
from moderation.storage.schema.comments import comments
from moderation.storage.schema.threads import threads
from moderation.text.prepared_texts import PreparedText

_SEQUENCE = text(
    "SELECT nextval(pg_get_serial_sequence('comments', 'id')) FROM generate_series(1, :number)"
)
_NO_STATE: dict[str, Any] = {
    "version": 1,
    "automatic_status": None,
    "section": "in_doubt",
    "max_score": 0.0,
    "uncertainty": 0.0,
    "arrived_at": None,
    "edited_at": None,
    "unseen_since": None,
    "pinned_at": None,
}


@dataclass(frozen=True, slots=True)
class MadeOfTexts:
    """What is made of texts, by the rows' numbers: the words that find them, and columns."""

    words: Mapping[int, str]
    columns: Mapping[int, Mapping[str, Any]]


def made_of_texts(new: Sequence[sqlite3.Row], texts: Sequence[PreparedText]) -> MadeOfTexts:
    """What is made of staged comments before others have to wait."""
    pairs = list(zip(new, texts, strict=True))
    return MadeOfTexts(
        {row["number"]: words for row, (words, _, _) in pairs},
        {row["number"]: _columns(row, *marks) for row, (_, *marks) in pairs},
    )


def _columns(
    row: sqlite3.Row, fingerprint: str | None, address_hash: str | None
) -> Mapping[str, Any]:
    """The columns of a staged comment that its text and its author give."""
    is_erased = row["status"] == Status.ERASED
    return {
        "name": row["name"] or "",
        "text": row["text"] or "",
        "status": row["status"],
        "submitted_at": moment_of(row["at"]),
        "address_hash": None if is_erased else address_hash,
        "fingerprint": None if is_erased else fingerprint,
    }


def next_ids(connection: Connection, number: int) -> list[int]:
    """Return numbers for so many new comments, which this transaction alone has."""
    if connection.dialect.name == "postgresql":
        return sorted(connection.execute(_SEQUENCE, {"number": number}).scalars())
    highest = connection.execute(select(func.max(comments.c.id))).scalar() or 0
    return list(range(highest + 1, highest + 1 + number))


def comment_rows(
    connection: Connection,
    site: Site,
    staged: Sequence[sqlite3.Row],
    texts: Mapping[int, Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """Make a row for each staged comment, without its page and the one it answers yet."""
    ids = next_ids(connection, len(staged))
    states = [json.loads(row["state"]) if row["state"] else {} for row in staged]
    public_ids = _public_ids(connection, staged, states)
    return [
        {
            "id": ids[index],
            "public_id": public_ids[index],
            "site_id": site.id,
            **texts[row["number"]],
            **(state_columns(states[index]) if states[index] else _NO_STATE),
            "attempts": 0,
            "lease_until": EPOCH,
        }
        for index, row in enumerate(staged)
    ]


def place_in_threads(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Set each row's thread, whose first alone may be pinned; each is after the one it answers."""
    own = {row["id"] for row in rows}
    others = {row["parent_id"] for row in rows} - own - {None}
    query = select(comments.c.id, func.coalesce(comments.c.thread_id, comments.c.id))
    roots = {row[0]: row[1] for row in connection.execute(query.where(comments.c.id.in_(others)))}
    for row in rows:
        row["thread_id"] = None if row["parent_id"] is None else roots[row["parent_id"]]
        roots[row["id"]] = row["thread_id"] or row["id"]
        if row["status"] != Status.APPROVED:  # a file may say more
            row |= {"pinned_at": None, "unseen_since": None}
        elif row["thread_id"] is not None:
            row["pinned_at"] = None


def public_deltas(rows: Sequence[Mapping[str, Any]]) -> Mapping[int, int]:
    """How many more of each page are public; 0 where one is only seen as erased."""
    deltas: Counter[int] = Counter()
    for row in rows:
        if row["status"] in (Status.APPROVED, Status.ERASED):
            deltas[row["page_id"]] += row["status"] == Status.APPROVED
    return deltas


def count_new(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Count comments that were just inserted in their threads: those that begin here, at once.

    After the counts of the pages, as `count_in_threads`.
    """
    public = [row for row in rows if row["status"] == Status.APPROVED]
    first_rows = {row["id"]: row for row in rows if row["thread_id"] is None}
    older = [row["id"] for row in public if _root(row) not in first_rows]
    approved = Counter(_root(row) for row in public)
    answers = Counter(_root(row) for row in public if row["thread_id"] is not None)
    begun = [
        {
            "root_id": root_id,
            "page_id": first_rows[root_id]["page_id"],
            "started_at": first_rows[root_id]["submitted_at"],
            "approved": approved[root_id],
            "answers": answers[root_id],
        }
        for root_id in sorted(approved.keys() & first_rows.keys())
    ]
    insert_rows(connection, threads, begun)
    count_in_threads(connection, dict.fromkeys(older, 1))


def _public_ids(
    connection: Connection, staged: Sequence[sqlite3.Row], states: Sequence[Mapping[str, Any]]
) -> list[str]:
    """Those that Parley's own file has, where no other comment has them; else new ones."""
    asked = [row["id"] for row, state in zip(staged, states, strict=True) if state]
    query = select(comments.c.public_id).where(comments.c.public_id.in_(asked))
    taken = set(connection.execute(query).scalars()) if asked else set()
    return [
        row["id"]
        if state and row["id"] not in taken and _is_public_id(row["id"])
        else secrets.token_hex(12)
        for row, state in zip(staged, states, strict=True)
    ]


def _is_public_id(value: str) -> bool:
    return 8 <= len(value) <= 32 and value.isascii() and value.replace("-", "").isalnum()


def _root(row: Mapping[str, Any]) -> int:
    root: int = row["thread_id"] or row["id"]
    return root
