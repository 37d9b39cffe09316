"""The rows of comments that come from elsewhere, and their own numbers."""

import json
import secrets
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, text

from moderation.comments import Status
from moderation.sites import Site
from moderation.storage.moving.parley_rows import state_columns
from moderation.storage.moving.staged_rows import moment_of
from moderation.storage.schema.column_types import EPOCH
from moderation.storage.schema.comments import comments
from moderation.text.near_duplicates import fingerprint
from moderation.text.search_terms import own_words

AddressHash = Callable[[str], str | None]
_SEQUENCE = text(
    "SELECT nextval(pg_get_serial_sequence('comments', 'id')) FROM generate_series(1, :number)"
)
_NO_STATE: dict[str, Any] = {
    "version": 1,
    "automatic_status": None,
    "section": "in_doubt",
    "max_score": 0.0,
    "uncertainty": 0.0,
}


@dataclass(frozen=True, slots=True)
class WrittenText:
    """What is made of a text before it is stored."""

    words: Sequence[str]
    columns: Mapping[str, Any]


def written_text(row: sqlite3.Row, address_hash: AddressHash) -> WrittenText:
    """Make all of a staged comment that takes time."""
    name, text = row["name"] or "", row["text"] or ""
    is_erased = row["status"] == Status.ERASED
    columns = {
        "name": name,
        "text": text,
        "status": row["status"],
        "submitted_at": moment_of(row["at"]),
        "address_hash": None if is_erased or not row["address"] else address_hash(row["address"]),
        "fingerprint": None if is_erased else fingerprint(text),
    }
    return WrittenText(own_words(name, text), columns)


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
    texts: Mapping[int, WrittenText],
) -> list[dict[str, Any]]:
    """Make a row for each staged comment, without its page yet."""
    ids = next_ids(connection, len(staged))
    by_source = {row["id"]: number for row, number in zip(staged, ids, strict=True)}
    states = [json.loads(row["state"]) if row["state"] else {} for row in staged]
    public_ids = _public_ids(connection, staged, states)
    return [
        {
            "id": ids[index],
            "public_id": public_ids[index],
            "site_id": site.id,
            "parent_id": by_source.get(row["parent"], row["parent_id"]),
            **texts[row["number"]].columns,
            **(state_columns(states[index]) if states[index] else _NO_STATE),
            "attempts": 0,
            "lease_until": EPOCH,
        }
        for index, row in enumerate(staged)
    ]


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
