"""The moderators' queue: the flagged comments, by section and order, and decisions about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from moderation.accounts.moderators import AccessScope
from moderation.clock import Clock
from moderation.comments import Comment, CommentNotFound, QueueSection, Status
from moderation.policy import Reason
from moderation.review.erase_reasons import EraseReason
from moderation.review.notes import REOPENED, RejectReason
from moderation.storage.comments.comments import SELECT_COMMENT, Parent, to_comment
from moderation.storage.comments.visibility import comment_with_id, in_scope_or_site
from moderation.storage.database.engine import Database
from moderation.storage.database.overwriting import overwrite_erased
from moderation.storage.decisions.moderator_decisions import (
    ModeratorDecision,
    ObservedComment,
    ReviewStatus,
    audit_entries,
    decide_comment,
    decision_conflict,
)
from moderation.storage.decisions.reasons import to_reasons
from moderation.storage.review.cards import SHOWN_WITH, name_scores_of, parent_of, scores_of
from moderation.storage.review.queue_orders import (
    QueueOrder,
    after_comment,
    in_section,
    order_by,
)
from moderation.storage.schema.comments import comments, is_flagged, scores
from moderation.storage.schema.decisions import decisions
from moderation.storage.system.audit_log import append_audit


@dataclass(frozen=True, slots=True)
class Flagged:
    """A comment with what a moderator needs to decide it.

    Attributes:
        comment: The comment.
        url: The address of its page, if it is known.
        title: The page's title, if it is known.
        page_id: Storage's own number of the page.
        section: Where it waits, or would wait again.
        parent: What it answers.
        reasons: Why it was flagged first and, where it was flagged again later, why then.
        scores: Of the text by attribute; None where it was not scored for one.
        name_scores: Of the author's name, likewise.
        model: The version of the model that scored it; None where none did.
    """

    comment: Comment
    url: str | None
    title: str | None
    page_id: int
    section: QueueSection
    parent: Parent | None
    reasons: tuple[Reason, ...]
    scores: Mapping[str, float | None]
    name_scores: Mapping[str, float | None]
    model: str | None


# As subqueries: PostgreSQL would take 20 ms to weigh every order of so many joins (measured).
_of_comment = select(decisions.c.reasons).where(decisions.c.comment_id == comments.c.id)
# The last: an author may have changed what was decided before.
_by_policy = decisions.c.from_status == Status.PENDING
_first = _of_comment.where(_by_policy).order_by(decisions.c.version.desc()).limit(1)
_later = _of_comment.where(
    decisions.c.version == comments.c.version, decisions.c.from_status != Status.PENDING
)
_REVIEWED = SELECT_COMMENT.add_columns(
    *SHOWN_WITH,
    comments.c.section,
    _first.scalar_subquery().label("reasons"),
    _later.scalar_subquery().label("later"),
).outerjoin(scores, scores.c.comment_id == comments.c.id)
_FLAGGED = _REVIEWED.where(is_flagged)


class ReviewQueue:
    """The flagged comments in somebody's scope."""

    def __init__(self, database: Database, clock: Clock, scope: AccessScope) -> None:
        self._database = database
        self._clock = clock
        self._scope = scope

    def first(
        self,
        limit: int,
        order: QueueOrder = QueueOrder.OLDEST,
        *,
        site: str | None = None,
        section: QueueSection | None = None,
        after: str | None = None,
    ) -> list[Flagged]:
        """Return the first comments in an order.

        Args:
            limit: How many at most.
            order: What comes first.
            site: The name of the site to look at; None means every one in scope.
            section: The section to look at; None means both, which only oldest first is quick.
            after: The public id of the comment to go on after.

        Raises:
            CommentNotFound: `after` is no comment in scope.
        """
        query = (
            _FLAGGED.where(in_scope_or_site(self._scope, site), in_section(section))
            .order_by(*order_by(order))
            .limit(limit)
        )
        with self._database.read() as connection:
            if after is not None:
                query = query.where(after_comment(connection, order, after, self._scope))
            return [_to_flagged(row) for row in connection.execute(query)]

    def card(self, comment_id: str) -> Flagged:
        """Return a comment that waits.

        Raises:
            CommentNotFound: No comment in scope has this id.
            DecisionConflict: It does not wait any more.
        """
        query = _FLAGGED.where(comment_with_id(comment_id, self._scope))
        with self._database.read() as connection:
            row = connection.execute(query).first()
            if row is None:
                raise decision_conflict(connection, comment_id, self._scope)
            return _to_flagged(row)

    def one(self, comment_id: str) -> Flagged:
        """Return a comment, whatever its status; raises CommentNotFound."""
        query = _REVIEWED.where(comment_with_id(comment_id, self._scope))
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise CommentNotFound(comment_id)
        return _to_flagged(row)

    def decide(
        self,
        observed: ObservedComment,
        status: ReviewStatus,
        *,
        moderator_id: int | None,
        reason: RejectReason | EraseReason | None = None,
    ) -> Comment:
        """Decide a comment of any status.

        Args:
            observed: The comment as the moderator saw it.
            status: What it becomes; flagged puts it back into the queue, as undoing does, and
                erased it is for good.
            moderator_id: Who decides; None for a site's server, whose key the scope has.
            reason: Why it is rejected or erased, if a reason was given.

        Returns:
            The comment as it is then.

        Raises:
            CommentNotFound: No comment in scope has this id.
            DecisionConflict: Somebody changed it since the moderator saw it.
            NotAllowed: The moderator may only look.
        """
        self._scope.check_may_decide()
        rule = REOPENED if status is Status.FLAGGED else reason
        why = None if rule is None else Reason(rule)
        decision = ModeratorDecision(
            status, moderator_id, self._clock(), why, site_key=self._scope.site_key
        )
        with self._database.write() as connection:
            comment = decide_comment(connection, observed, decision, self._scope)
            entries = audit_entries(connection, [comment.id], observed.state, decision)
            append_audit(connection, decision.at, *entries)
        if status is Status.ERASED:
            overwrite_erased(self._database)
        return comment


def _to_flagged(row: Row[Any]) -> Flagged:
    return Flagged(
        comment=to_comment(row),
        url=row.url,
        title=row.title,
        page_id=row.page_id,
        section=QueueSection(row.section),
        parent=parent_of(row),
        reasons=to_reasons(row.reasons) + to_reasons(row.later),
        scores=scores_of(row),
        name_scores=name_scores_of(row),
        model=row.model,
    )
