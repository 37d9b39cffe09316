"""Comments as readers leave and see them: add one, find one."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select
from sqlalchemy.exc import IntegrityError

from moderation.clock import Clock
from moderation.comments import Comment, CommentNotFound, Status, Submission
from moderation.sites import Site
from moderation.storage.comments.group_commit import GroupCommit
from moderation.storage.comments.insert import (
    InsertResult,
    NewComment,
    Refused,
    Replayed,
    Stored,
    insert_comments,
)
from moderation.storage.comments.repeats import PlainForm
from moderation.storage.comments.sites import Sites
from moderation.storage.database.driver_errors import CommitUnconfirmed
from moderation.storage.database.engine import Database, DatabaseUnavailable
from moderation.storage.schema.comments import comments
from moderation.storage.schema.sites import pages, sites
from moderation.text.near_duplicates import fingerprint
from moderation.text.search_terms import own_words

PARENTS = comments.alias("parents")
SELECT_COMMENT: Select[tuple[object, ...]] = select(
    comments.c.public_id,
    sites.c.name.label("site"),
    pages.c.key.label("page"),
    comments.c.name,
    comments.c.text,
    comments.c.status,
    comments.c.version,
    comments.c.submitted_at,
    PARENTS.c.public_id.label("parent"),
    comments.c.staff_id.is_not(None).label("is_staff"),
).select_from(
    comments.join(sites, comments.c.site_id == sites.c.id)
    .join(pages, comments.c.page_id == pages.c.id)
    .outerjoin(PARENTS, comments.c.parent_id == PARENTS.c.id)
)


@dataclass(frozen=True, slots=True)
class Parent:
    """The comment that a reply answers."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Submitter:
    """Who sent a comment, and how they say that they send it again.

    Attributes:
        address_hash: A keyed hash of a reader's address; None for a server with the site's key, and
            where a proxy hides the reader.
        idempotency_key: As the sender gave it.
        key_owner: Whose key it is: two owners' keys have nothing to do with each other.
        by_form: Whether a form without script sends, which has no key to give.
        has_site_key: Whether it was the site's own server: what it says of the page is true.
    """

    address_hash: str | None = None
    idempotency_key: str | None = None
    key_owner: str = "whoever has the site's key"
    by_form: bool = False
    has_site_key: bool = False


class Comments:
    """The comments of all sites."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        shares_commits = database.write_lock is not None
        self._insert = GroupCommit(database).submit if shares_commits else self._insert_alone

    def add(self, site: Site, submission: Submission, sender: Submitter) -> Comment:
        """Store a submission as pending; it is durable when this returns.

        The same sender's Idempotency-Key with the same submission returns the comment stored first;
        so does the same form, sent again within REPEAT_WINDOW.

        Raises:
            InvalidComment: the parent is unknown.
            SiteNotFound: the site was removed at this moment.
            IdempotencyConflict: the key was used for another submission.
            CommitUnconfirmed: it is stored, or not; nobody can be asked.
            DatabaseUnavailable: nothing was stored.
        """
        new = prepared(site, submission, sender, self._clock())
        try:
            result = self._insert(new)
        except IntegrityError:
            Sites(self._database, self._clock).get(site.name)
            if sender.idempotency_key is None:
                raise
            result = self._insert(new)  # the same key at the same moment: the other one was first
        match result:
            case Stored(comment):
                return comment
            case Replayed(comment_id):
                return self.get(comment_id)
            case Refused(error):
                raise error

    def _insert_alone(self, new: NewComment) -> InsertResult:
        result: InsertResult | None = None
        try:
            with self._database.write() as connection:
                result = insert_comments(connection, [new])[0]
        except CommitUnconfirmed as unconfirmed:
            if not isinstance(result, Stored):
                raise
            self._confirm(result.comment, unconfirmed)
        return result

    def _confirm(self, comment: Comment, unconfirmed: CommitUnconfirmed) -> None:
        """Ask on a new connection whether it is stored; raises DatabaseUnavailable if it is not."""
        try:
            self.get(comment.id)
        except CommentNotFound:
            raise DatabaseUnavailable(str(unconfirmed), unconfirmed.fault) from unconfirmed
        except DatabaseUnavailable:
            raise unconfirmed from None

    def get(self, comment_id: str) -> Comment:
        """The comment with this public id; raises CommentNotFound."""
        with self._database.read() as connection:
            return find_comment(connection, comment_id)


def find_comment(connection: Connection, comment_id: str) -> Comment:
    """The comment with this public id; raises CommentNotFound."""
    row = connection.execute(SELECT_COMMENT.where(comments.c.public_id == comment_id)).first()
    if row is None:
        raise CommentNotFound(comment_id)
    return to_comment(row)


def to_comment(row: Row[Any]) -> Comment:
    """A row of SELECT_COMMENT as the domain knows it."""
    return Comment(
        id=row.public_id,
        site=row.site,
        page=row.page,
        name=row.name,
        text=row.text,
        status=Status(row.status),
        version=row.version,
        submitted_at=row.submitted_at,
        parent=row.parent,
        is_staff=bool(row.is_staff),
    )


def prepared(site: Site, submission: Submission, sender: Submitter, now: datetime) -> NewComment:
    """Make beforehand all that storing a submission needs."""
    return NewComment(
        site=site,
        submission=submission,
        submitted_at=now,
        is_vouched=sender.has_site_key,
        address_hash=sender.address_hash,
        idempotency_key=_own_key(sender),
        body_hash=hashlib.sha256(repr(submission).encode()).hexdigest(),
        fingerprint=fingerprint(submission.text),
        words=own_words(submission.name, submission.text),
        form=_plain_form(site, submission, sender, now),
    )


def _own_key(sender: Submitter) -> str | None:
    """The sender's key as it is stored: no other sender can have the same, or read it there."""
    if sender.idempotency_key is None:
        return None
    own = (sender.key_owner, sender.idempotency_key)
    return hashlib.sha256(repr(own).encode()).hexdigest()


def _plain_form(
    site: Site, submission: Submission, sender: Submitter, now: datetime
) -> PlainForm | None:
    if not sender.by_form or sender.idempotency_key is not None:
        return None
    return PlainForm(site, submission, sender.address_hash, now)
