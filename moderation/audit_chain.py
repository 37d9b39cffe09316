"""The audit log as a hash chain: each row has a hash over itself and the row before."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

OPERATOR = "operator"  # whoever runs commands on the server; a moderator is `moderator NAME`
AUTHOR = "author of the comment"  # who has the author's token
PURGE = "site's rule"  # by which texts are not kept for ever
NOBODY = "nobody known"  # who failed to show who they are
FIRST = "0" * 64  # stands for the hash before the first row

AuditedState = Mapping[str, object]


class AuditAction(StrEnum):
    """What the audit log knows that somebody did."""

    SIGN_IN_LINK_MADE = "sign_in_link_made"
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    DEVICE_REMEMBERED = "device_remembered"
    SESSION_CLOSED = "session_closed"
    PASSWORD_SET = "password_set"  # noqa: S105 an event's name
    SECOND_FACTOR_BEGUN = "second_factor_begun"
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    TOKEN_MADE = "token_made"  # noqa: S105
    TOKEN_REVOKED = "token_revoked"  # noqa: S105
    TOKEN_USED = "token_used"  # noqa: S105
    FEED_USED = "feed_used"
    SITE_KEY_USED = "site_key_used"
    MODERATOR_ADDED = "moderator_added"
    MODERATOR_CHANGED = "moderator_changed"
    MODERATOR_RESET = "moderator_reset"
    SITE_ADDED = "site_added"
    SITE_CHANGED = "site_changed"
    SITE_REMOVED = "site_removed"
    RULES_CHANGED = "rules_changed"
    SITE_KEY_MADE = "site_key_made"
    SITE_KEY_RENAMED = "site_key_renamed"
    SITE_KEY_REVOKED = "site_key_revoked"
    PAGE_MOVED = "page_moved"
    COMMENTS_IMPORTED = "comments_imported"
    COMMENT_DECIDED = "comment_decided"
    COMMENT_SEEN = "comment_seen"
    COMMENT_UNSEEN = "comment_unseen"
    COMMENT_PINNED = "comment_pinned"
    COMMENT_UNPINNED = "comment_unpinned"
    COMMENT_EDITED = "comment_edited"
    COMMENT_APPEALED = "comment_appealed"
    APPEAL_DECIDED = "appeal_decided"
    COMMENT_ERASED = "comment_erased"
    AUTHOR_SANCTIONED = "author_sanctioned"
    SANCTION_LIFTED = "sanction_lifted"
    REPORTS_CLOSED = "reports_closed"
    SAMPLE_REVIEWED = "sample_reviewed"
    WEBHOOK_ADDED = "webhook_added"
    WEBHOOK_CHANGED = "webhook_changed"
    WEBHOOK_REMOVED = "webhook_removed"
    FEED_MADE = "feed_made"
    FEED_REVOKED = "feed_revoked"
    DIGEST_CHANGED = "digest_changed"


class BrokenChain(ValueError):
    """A row was changed, put in or taken out: `number` is the first that does not fit."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(f"row {number} {why}")
        self.number = number


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what, on what, and its state before and after; never the text of a comment."""

    actor: str
    action: AuditAction
    subject: str
    before: AuditedState | None = None
    after: AuditedState | None = None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An entry in the chain. `before` and `after` are JSON, byte for byte as it was hashed."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    before: str | None
    after: str | None
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Chain:
    """An unbroken chain: how many rows it has, and the hash of the newest."""

    rows: int
    newest_hash: str


def moderator_actor(name: str) -> str:
    """Return how the log calls a moderator; no name can look like OPERATOR."""
    return f"moderator {name}"


def chained(entry: AuditEntry, at: datetime, previous: Chain) -> AuditRow:
    """Return the row for an entry that follows a chain.

    Args:
        entry: What was done.
        at: When it was done.
        previous: The chain so far.
    """
    fields = (
        previous.rows + 1,
        at,
        entry.actor,
        entry.action.value,
        entry.subject,
        _as_json(entry.before),
        _as_json(entry.after),
        previous.newest_hash,
    )
    return AuditRow(*fields, hash=_hash(*fields))


def verify_chain(rows: Iterable[AuditRow], *, must_have: str | None = None) -> Chain:
    """Check rows one by one and return the chain that they make.

    Args:
        rows: All rows, the oldest first.
        must_have: A newest hash noted earlier. Without it nobody sees that rows are missing at
            the end, or that the whole log was written anew.

    Raises:
        BrokenChain: A row does not fit; the first one.
    """
    chain, has_it = Chain(0, FIRST), must_have is None
    for row in rows:
        _check_row(row, chain)
        chain = Chain(row.number, row.hash)
        has_it = has_it or row.hash == must_have
    if not has_it:
        raise BrokenChain(chain.rows + 1, "is missing, or the log was written anew: no row has it")
    return chain


def _check_row(row: AuditRow, previous: Chain) -> None:
    if row.number != previous.rows + 1:
        raise BrokenChain(previous.rows + 1, "is missing")
    if row.previous_hash != previous.newest_hash:
        raise BrokenChain(row.number, "does not follow on the row before it")
    fields = (row.number, row.at, row.actor, row.action, row.subject, row.before, row.after)
    if row.hash != _hash(*fields, row.previous_hash):
        raise BrokenChain(row.number, "was changed: its hash is not that of what it says")


def _hash(
    number: int,
    at: datetime,
    *rest: str | None,
) -> str:
    # A JSON array: no two different rows have the same bytes.
    return hashlib.sha256(_packed([number, at.isoformat(), *rest]).encode()).hexdigest()


def _as_json(state: AuditedState | None) -> str | None:
    return None if state is None else _packed(state)


def _packed(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
