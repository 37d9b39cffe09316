"""Comments that moderators write for the site: published at once, and marked as the site's."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from moderation.accounts.moderators import AccessScope
from moderation.clock import Clock
from moderation.comments import Comment, CommentNotFound, Status, Submission
from moderation.storage.comments.insert import Stored, insert_comments
from moderation.storage.comments.new_comments import Submitter, prepared
from moderation.storage.comments.sites import Sites
from moderation.storage.comments.visibility import comment_with_id, site_in_scope
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import (
    ModeratorDecision,
    ObservedComment,
    ObservedState,
    audit_entries,
    decide_comment,
)
from moderation.storage.review.article_threads import PageNotFound
from moderation.storage.review.cards import Card, cards_of, number_of
from moderation.storage.schema.comments import comments
from moderation.storage.schema.sites import pages, sites
from moderation.storage.system.audit_log import append_audit

_PLACE = select(sites.c.name.label("site"), pages.c.key)
_parents = comments.alias("parents")
_thread = func.coalesce(_parents.c.thread_id, _parents.c.id)
_NEW = ObservedState(Status.PENDING, 1)


@dataclass(frozen=True, slots=True)
class StaffText:
    """What a moderator writes; `name` is the site's title or their own."""

    moderator_id: int
    name: str
    text: str


class StaffComments:
    """Writes comments on the sites in somebody's scope."""

    def __init__(self, database: Database, clock: Clock, scope: AccessScope) -> None:
        self._database = database
        self._clock = clock
        self._scope = scope

    def check_may_write(self) -> None:
        """Raises NotAllowed for who may only look."""
        self._scope.check_may_decide()

    def card(self, comment_id: str) -> Card:
        """The comment that is to be answered; raises CommentNotFound."""
        with self._database.read() as connection:
            return cards_of(connection, [number_of(connection, comment_id, self._scope)])[0]

    def answer(self, comment_id: str, written: StaffText) -> Comment:
        """Answer a comment, whatever its status; raises CommentNotFound, NotAllowed."""
        self._scope.check_may_decide()
        of_page = comments.join(pages, comments.c.page_id == pages.c.id)
        query = _PLACE.add_columns(comments.c.id.label("parent_id")).select_from(
            of_page.join(sites, pages.c.site_id == sites.c.id)
        )
        place = self._place(query.where(comment_with_id(comment_id, self._scope)))
        if place is None:
            raise CommentNotFound(comment_id)
        return self._publish(place.site, place.key, written, place.parent_id)

    def comment_on(self, page_id: int, written: StaffText) -> Comment:
        """Write a comment under a page; raises PageNotFound, NotAllowed."""
        self._scope.check_may_decide()
        query = _PLACE.select_from(pages.join(sites, pages.c.site_id == sites.c.id))
        place = self._place(query.where(pages.c.id == page_id, site_in_scope(self._scope)))
        if place is None:
            raise PageNotFound(page_id)
        return self._publish(place.site, place.key, written, None)

    def _place(self, query: Any) -> Row[Any] | None:
        with self._database.read() as connection:
            return connection.execute(query).first()

    def _publish(
        self, site_name: str, key: str, written: StaffText, parent_id: int | None
    ) -> Comment:
        site, now = Sites(self._database, self._clock).get(site_name), self._clock()
        submission = Submission(site_name, key, written.name, written.text)
        new = prepared(site, submission, Submitter(), now)
        decision = ModeratorDecision(Status.APPROVED, written.moderator_id, now)
        with self._database.write() as connection:
            (result,) = insert_comments(connection, [new])
            assert isinstance(result, Stored)  # noqa: S101 it has neither a key nor a parent yet
            comment_id = result.comment.id
            self._mark(connection, comment_id, written.moderator_id, parent_id)
            observed = ObservedComment(comment_id, _NEW)
            comment = decide_comment(connection, observed, decision, self._scope)
            append_audit(connection, now, *audit_entries(connection, [comment_id], _NEW, decision))
        return comment

    def _mark(
        self, connection: Connection, comment_id: str, moderator_id: int, parent_id: int | None
    ) -> None:
        mark = comments.update().where(comments.c.public_id == comment_id)
        thread_id = select(_thread).where(_parents.c.id == parent_id).scalar_subquery()
        values = {"staff_id": moderator_id, "parent_id": parent_id, "thread_id": thread_id}
        connection.execute(mark.values(values))
