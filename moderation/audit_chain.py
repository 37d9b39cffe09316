"""The audit log: what people did here, each entry sealed by a hash over it and the one before."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

OPERATOR = "operator"  # whoever runs commands on the server; a moderator is `moderator NAME`
FIRST = "0" * 64  # stands for the hash before the first row

State = Mapping[str, object]


class What(StrEnum):
    """What can be done that is noted."""

    SIGNED_IN = "signed_in"
    SESSION_CLOSED = "session_closed"
    PASSWORD_SET = "password_set"  # noqa: S105 an event's name
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    TOKEN_MADE = "token_made"  # noqa: S105
    TOKEN_REVOKED = "token_revoked"  # noqa: S105
    MODERATOR_ADDED = "moderator_added"
    MODERATOR_CHANGED = "moderator_changed"
    MODERATOR_RESET = "moderator_reset"
    SITE_ADDED = "site_added"
    SITE_CHANGED = "site_changed"
    SITE_KEY_MADE = "site_key_made"
    COMMENT_DECIDED = "comment_decided"
    AUTHOR_SANCTIONED = "author_sanctioned"
    SANCTION_LIFTED = "sanction_lifted"
    REPORTS_CLOSED = "reports_closed"
    SAMPLE_REVIEWED = "sample_reviewed"
    WEBHOOK_ADDED = "webhook_added"
    WEBHOOK_CHANGED = "webhook_changed"
    WEBHOOK_REMOVED = "webhook_removed"
    FEED_MADE = "feed_made"
    FEED_REVOKED = "feed_revoked"


class BrokenChain(ValueError):
    """A row was changed, put in or taken out: `number` is the first that does not fit."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(f"row {number} {why}")
        self.number = number


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what, on what, and what that was before and after; never the text of a comment."""

    who: str
    what: What
    on: str
    before: State | None = None
    after: State | None = None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An entry in its place. `before` and `after` are JSON as it was hashed, byte for byte."""

    number: int
    at: datetime
    who: str
    what: str
    on: str
    before: str | None
    after: str | None
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain that holds: how many rows, and the hash that seals them all."""

    rows: int
    newest_hash: str


def person(name: str) -> str:
    """How the log calls a moderator: nobody can be named so that they look like OPERATOR."""
    return f"moderator {name}"


def sealed(entry: Entry, at: datetime, previous: Chain) -> AuditRow:
    """The row that follows on `previous`."""
    fields = (
        previous.rows + 1,
        at,
        entry.who,
        entry.what.value,
        entry.on,
        _as_json(entry.before),
        _as_json(entry.after),
        previous.newest_hash,
    )
    return AuditRow(*fields, hash=_hash(*fields))


def check(rows: Iterable[AuditRow], *, must_have: str | None = None) -> Chain:
    """The chain these rows make, the oldest first; raises BrokenChain for the first that fails.

    `must_have` is a newest hash noted earlier: without it nobody sees that rows are missing at
    the end, or that all of it was written anew.
    """
    chain, seen = Chain(0, FIRST), must_have is None
    for row in rows:
        _check_row(row, chain)
        chain = Chain(row.number, row.hash)
        seen = seen or row.hash == must_have
    if not seen:
        raise BrokenChain(chain.rows + 1, "is missing, or the log was written anew: no row has it")
    return chain


def _check_row(row: AuditRow, previous: Chain) -> None:
    if row.number != previous.rows + 1:
        raise BrokenChain(previous.rows + 1, "is missing")
    if row.previous_hash != previous.newest_hash:
        raise BrokenChain(row.number, "does not follow on the row before it")
    fields = (row.number, row.at, row.who, row.what, row.on, row.before, row.after)
    if row.hash != _hash(*fields, row.previous_hash):
        raise BrokenChain(row.number, "was changed: its hash is not that of what it says")


def _hash(
    number: int,
    at: datetime,
    *rest: str | None,
) -> str:
    # A JSON array: no two different rows have the same bytes.
    return hashlib.sha256(_packed([number, at.isoformat(), *rest]).encode()).hexdigest()


def _as_json(state: State | None) -> str | None:
    return None if state is None else _packed(state)


def _packed(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
