"""A comment that comes in: its row, and the words that it is found by."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from moderation.comments import Comment, InvalidComment, Status, Submission
from moderation.search_words import place_words
from moderation.sites import Site
from moderation.storage.pages import find_or_add_page
from moderation.storage.tables import EPOCH, comments
from moderation.storage.words import add_words

# Built once: to build a statement with its values costs four times as much as to run it.
_INSERT = comments.insert().returning(comments.c.id)


@dataclass(frozen=True, slots=True)
class NewComment:
    """What to store, all that takes time made beforehand: others wait for who writes.

    `words` are those of its name and text.
    """

    submission: Submission
    submitted_at: datetime
    address_hash: str | None
    idempotency_key: str | None
    body_hash: str
    fingerprint: str | None
    words: Sequence[str]


def insert_comment(connection: Connection, site: Site, new: NewComment) -> Comment:
    """Store it as pending; raises InvalidComment (unknown parent)."""
    submission = new.submission
    page_id = find_or_add_page(connection, site, submission)
    comment = Comment(
        id=secrets.token_urlsafe(12),  # 96 bits: not guessable
        site=site.name,
        page=submission.page,
        name=submission.name,
        text=submission.text,
        status=Status.PENDING,
        version=1,
        submitted_at=new.submitted_at,
        parent=submission.parent,
    )
    row = {
        "public_id": comment.id,
        "site_id": site.id,
        "page_id": page_id,
        "parent_id": _parent_id(connection, page_id, submission.parent),
        "name": comment.name,
        "text": comment.text,
        "status": comment.status,
        "version": comment.version,
        "submitted_at": new.submitted_at,
        "address_hash": new.address_hash,
        "idempotency_key": new.idempotency_key,
        "body_hash": new.idempotency_key and new.body_hash,
        "attempts": 0,
        "lease_until": EPOCH,
        "fingerprint": new.fingerprint,
    }
    number = connection.execute(_INSERT, row).scalar_one()
    add_words(connection, [(number, [*new.words, *place_words(site.id, page_id)])])
    return comment


def _parent_id(connection: Connection, page_id: int, parent: str | None) -> int | None:
    if parent is None:
        return None
    approved = (comments.c.page_id == page_id) & (comments.c.status == Status.APPROVED)
    query = select(comments.c.id).where(comments.c.public_id == parent, approved)
    found = connection.execute(query).scalar()
    if found is None:
        sentence = "parent must be the id of an approved comment of this page"
        raise InvalidComment(sentence, field="parent")
    return int(found)
