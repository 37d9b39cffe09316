"""The rows of comments that come from elsewhere, and their own numbers."""

import json
import secrets
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, select, text

from moderation.comments import Status
from moderation.sites import Site
from moderation.storage.moving.parley_rows import state_columns
from moderation.storage.moving.staged_rows import moment_of
from moderation.storage.schema.column_types import EPOCH
from moderation.storage.schema.comments import comments

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


def text_columns(
    row: sqlite3.Row, fingerprint: str | None, address_hash: AddressHash
) -> Mapping[str, Any]:
    """Make the columns of a staged comment that its text and its author give."""
    is_erased = row["status"] == Status.ERASED
    return {
        "name": row["name"] or "",
        "text": row["text"] or "",
        "status": row["status"],
        "submitted_at": moment_of(row["at"]),
        "address_hash": None if is_erased or not row["address"] else address_hash(row["address"]),
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


def public_deltas(rows: Sequence[Mapping[str, Any]]) -> Mapping[int, int]:
    """How many more of each page are public; 0 where one is only seen as erased."""
    deltas: Counter[int] = Counter()
    for row in rows:
        if row["status"] in (Status.APPROVED, Status.ERASED):
            deltas[row["page_id"]] += row["status"] == Status.APPROVED
    return deltas


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
