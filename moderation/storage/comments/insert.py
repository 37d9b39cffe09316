"""Insert comments, with their pages and the words that they are found by."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, or_, select

from moderation.comments import (
    Comment,
    IdempotencyConflict,
    InvalidComment,
    Mistake,
    Status,
)
from moderation.pages.page_claims import PageClaim
from moderation.rules.closing import CLOSED, PageClosed
from moderation.storage.comments.new_comments import NewComment
from moderation.storage.comments.old_days import mark_old_days
from moderation.storage.comments.repeats import lock_repeats, sent_before
from moderation.storage.comments.search_index import add_words
from moderation.storage.comments.submitted_pages import SubmittedPages
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.rules.closed_pages import is_closed
from moderation.storage.schema.column_types import EPOCH
from moderation.storage.schema.comments import comments
from moderation.storage.schema.sites import pages
from moderation.text.search_terms import place_words

# Built once, and run for many at a time: of one alone, half its time is SQLAlchemy's.
_parents = comments.alias("parents")
_named = pages.alias("named")
_is_parent = _parents.c.public_id == bindparam("parent")
_thread = func.coalesce(_parents.c.thread_id, _parents.c.id)
_COLUMNS = (
    *("public_id", "site_id", "page_id", "name", "text", "status", "version", "submitted_at"),
    *("arrived_at", "caught_by", "address_hash", "idempotency_key", "body_hash", "attempts"),
    *("lease_until", "fingerprint"),
)
_INSERT = DriverStatement(
    comments.insert().values(
        parent_id=select(_parents.c.id).where(_is_parent).scalar_subquery(),
        thread_id=select(_thread).where(_is_parent).scalar_subquery(),
    ),
    _COLUMNS,
)
_WITH_KEY = DriverStatement(
    select(comments.c.body_hash, comments.c.public_id).where(
        comments.c.site_id == bindparam("site_id"), comments.c.idempotency_key == bindparam("key")
    )
)


@dataclass(frozen=True, slots=True)
class Stored:
    """A new comment, pending."""

    comment: Comment


@dataclass(frozen=True, slots=True)
class Replayed:
    """The same submission was stored before: with its Idempotency-Key, or equal in all."""

    comment_id: str


Refusal = InvalidComment | IdempotencyConflict | PageClosed


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing is stored: page closed, parent unknown, or key used for another submission."""

    error: Refusal


InsertResult = Stored | Replayed | Refused


def insert_comments(
    connection: Connection, batch: Sequence[NewComment], *, refuse_closed: bool = False
) -> list[InsertResult]:
    """Insert comments as pending; returns the result of each, in order.

    Args:
        connection: The transaction.
        batch: What to insert.
        refuse_closed: Whether a page that takes no comments refuses them.

    Raises:
        IntegrityError: one of them and another transaction's have the same new key.
    """
    before = _InBatch(SubmittedPages(connection))
    results = [
        (refuse_closed and _refused_page(connection, new, before))
        or _result(connection, new, before)
        for new in batch
    ]
    stored = [
        (new, result.comment)
        for new, result in zip(batch, results, strict=True)
        if isinstance(result, Stored)
    ]
    if stored:
        _insert(connection, stored, before.pages)
    return results


@dataclass(frozen=True, slots=True)
class _InBatch:
    """What the batch stores: its pages, ids by all fields, hashes and ids by site and key."""

    pages: SubmittedPages
    by_fields: dict[tuple[object, ...], str] = field(default_factory=dict)
    by_key: dict[tuple[int, str], tuple[str | None, str]] = field(default_factory=dict)


def _refused_page(connection: Connection, new: NewComment, before: _InBatch) -> Refused | None:
    page, now = before.pages.find(new.site, new.submission.page), new.arrived_at or new.submitted_at
    closed = is_closed(connection, new.site.rules, page, now)
    return Refused(PageClosed(CLOSED)) if closed else None


def _result(connection: Connection, new: NewComment, before: _InBatch) -> InsertResult:
    """The result for one comment, which those before it in the batch may have stored already."""
    known = _stored_before(connection, new, before) or _repeated(connection, new, before)
    known = known or _refused_parent(connection, new)
    if known is not None:
        return known
    comment = _pending(new)
    if new.keyless is not None:
        before.by_fields[new.keyless.same] = comment.id
    if new.idempotency_key is not None:
        before.by_key[new.site.id, new.idempotency_key] = (new.body_hash, comment.id)
    return Stored(comment)


def _repeated(connection: Connection, new: NewComment, before: _InBatch) -> Replayed | None:
    if new.keyless is None:
        return None
    lock_repeats(connection, new.keyless)
    first = before.by_fields.get(new.keyless.same)
    first = first or sent_before(connection, new.keyless, new.fingerprint)
    return None if first is None else Replayed(first)


def _stored_before(
    connection: Connection, new: NewComment, before: _InBatch
) -> Replayed | Refused | None:
    if new.idempotency_key is None:
        return None
    known = before.by_key.get((new.site.id, new.idempotency_key)) or _with_key(connection, new)
    if known is None:
        return None
    body_hash, comment_id = known
    return Replayed(comment_id) if body_hash == new.body_hash else Refused(new.conflict())


def _with_key(connection: Connection, new: NewComment) -> tuple[str | None, str] | None:
    """The hash of the body, and the id, of the comment that is stored with this key."""
    row = _WITH_KEY.first(connection, {"site_id": new.site.id, "key": new.idempotency_key})
    return None if row is None else (row.body_hash, row.public_id)


def _refused_parent(connection: Connection, new: NewComment) -> Refused | None:
    submission = new.submission
    if submission.parent is None:
        return None
    query = select(comments.c.id).join(pages, comments.c.page_id == pages.c.id)
    query = query.where(
        comments.c.public_id == submission.parent,
        comments.c.status == Status.APPROVED,
        pages.c.site_id == new.site.id,
        or_(
            pages.c.key == submission.page,
            pages.c.id
            == select(_named.c.moved_to)
            .where(_named.c.site_id == new.site.id, _named.c.key == submission.page)
            .scalar_subquery(),
        ),
    )
    if connection.execute(query).first() is not None:
        return None
    sentence = "parent must be the id of an approved comment of this page"
    return Refused(InvalidComment(sentence, field="parent", mistake=Mistake("parent")))


def _pending(new: NewComment) -> Comment:
    submission = new.submission
    return Comment(
        id=secrets.token_hex(12),  # 96 bits: not guessable; with a "-" first it would be an option
        site=new.site.name,
        page=submission.page,
        name=submission.name,
        text=submission.text,
        status=Status.PENDING,
        version=1,
        submitted_at=new.submitted_at,
        parent=submission.parent,
    )


def _insert(
    connection: Connection, stored: Sequence[tuple[NewComment, Comment]], of_batch: SubmittedPages
) -> None:
    rows, words = [], []
    for new, comment in stored:
        now = new.arrived_at or new.submitted_at
        page_id = of_batch.find_or_add(new.site, _claim(new), now)
        rows.append(_row(new, comment, page_id))
        words.append((comment.id, [*new.words, *place_words(new.site.id, page_id)]))
    _INSERT.run(connection, rows)
    add_words(connection, words)
    _count_old_days_again(connection, [new for new, _ in stored])


def _count_old_days_again(connection: Connection, stored: Sequence[NewComment]) -> None:
    moments: defaultdict[int, list[datetime]] = defaultdict(list)
    for new in stored:
        if new.arrived_at is not None:
            moments[new.site.id].append(new.submitted_at)
    for site_id, of_site in moments.items():
        mark_old_days(connection, site_id, of_site, max(new.arrived_at or EPOCH for new in stored))


def _claim(new: NewComment) -> PageClaim:
    submission = new.submission
    return PageClaim(submission.page, submission.url, submission.title, new.is_vouched)


def _row(new: NewComment, comment: Comment, page_id: int) -> dict[str, object]:
    return {
        "public_id": comment.id,
        "site_id": new.site.id,
        "page_id": page_id,
        "parent": comment.parent,
        "name": comment.name,
        "text": comment.text,
        "status": comment.status,
        "version": comment.version,
        "submitted_at": comment.submitted_at,
        "arrived_at": new.arrived_at,
        "caught_by": new.catch,
        "address_hash": new.address_hash,
        "idempotency_key": new.idempotency_key,
        "body_hash": new.body_hash,
        "attempts": 0,
        "lease_until": EPOCH,
        "fingerprint": new.fingerprint,
    }
