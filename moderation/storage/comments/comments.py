"""Comments as readers leave and see them: add one, find one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, select
from sqlalchemy.exc import IntegrityError

from moderation.clock import Clock
from moderation.comments import (
    Comment,
    CommentNotFound,
    Status,
    Submission,
)
from moderation.sites import Site
from moderation.storage.comments.group_commit import GroupCommit
from moderation.storage.comments.insert import (
    InsertResult,
    Refusal,
    Refused,
    Replayed,
    Stored,
    insert_comments,
)
from moderation.storage.comments.new_comments import NewComment, Submitter, prepared
from moderation.storage.comments.sites import Sites
from moderation.storage.database.driver_errors import CommitUnconfirmed
from moderation.storage.database.driver_statement import DriverStatement
from moderation.storage.database.engine import Database, DatabaseUnavailable
from moderation.storage.schema.comments import comments, is_pinned, is_unseen
from moderation.storage.schema.sites import pages, sites

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
    comments.c.edited_at,
    is_pinned.label("is_pinned"),
    is_unseen.label("is_unseen"),
).select_from(
    comments.join(sites, comments.c.site_id == sites.c.id)
    .join(pages, comments.c.page_id == pages.c.id)
    .outerjoin(PARENTS, comments.c.parent_id == PARENTS.c.id)
)
_BY_ID = DriverStatement(SELECT_COMMENT.where(comments.c.public_id == bindparam("comment")))


@dataclass(frozen=True, slots=True)
class Parent:
    """The comment that a reply answers."""

    name: str
    text: str


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
        so does an equal one without a key within the sender's `repeat_window`.

        Raises:
            InvalidComment: the parent is unknown.
            PageClosed: the page takes no comments.
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
            if new.idempotency_key is None:
                raise
            result = self._insert(new)  # the same key at the same moment: the other one was first
        match result:
            case Stored(comment):
                return comment
            case Replayed(comment_id):
                return self.get(comment_id)
            case Refused(error):
                raise error

    def add_all(
        self, site: Site, sent: Sequence[tuple[Submission, Submitter]]
    ) -> list[Comment | Refusal]:
        """Store many as pending, all at once; each is durable when this returns, or has an error.

        Raises:
            SiteNotFound: the site was removed at this moment.
            CommitUnconfirmed: they are stored, or not; nobody can be asked.
            DatabaseUnavailable: nothing was stored.
        """
        now = self._clock()
        batch = [prepared(site, submission, sender, now) for submission, sender in sent]
        try:
            return self._insert_together(batch)
        except IntegrityError:
            Sites(self._database, self._clock).get(site.name)
            return self._insert_together(batch)  # another request had one of their keys first

    def _insert_together(self, batch: Sequence[NewComment]) -> list[Comment | Refusal]:
        with self._database.write() as connection:
            results = insert_comments(connection, batch, refuse_closed=True)
            return [_outcome(connection, result) for result in results]

    def _insert_alone(self, new: NewComment) -> InsertResult:
        result: InsertResult | None = None
        try:
            with self._database.write() as connection:
                result = insert_comments(connection, [new], refuse_closed=True)[0]
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


def _outcome(connection: Connection, result: InsertResult) -> Comment | Refusal:
    match result:
        case Stored(comment):
            return comment
        case Replayed(comment_id):
            return find_comment(connection, comment_id)
        case Refused(error):
            return error


def find_comment(connection: Connection, comment_id: str) -> Comment:
    """The comment with this public id; raises CommentNotFound."""
    row = _BY_ID.first(connection, {"comment": comment_id})
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
        edited_at=row.edited_at,
        is_pinned=bool(row.is_pinned),
        is_unseen=bool(row.is_unseen),
    )
