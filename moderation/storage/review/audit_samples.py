"""The audit sample: moderators review decisions of the policy without knowing them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select
from sqlalchemy.exc import IntegrityError

from moderation.accounts.moderators import AccessScope
from moderation.audit_chain import AuditAction, AuditEntry
from moderation.clock import Clock
from moderation.comments import CommentNotFound, Status
from moderation.storage.comments.visibility import comment_in_scope, comment_with_id
from moderation.storage.database.engine import Database
from moderation.storage.review.cards import Card, cards_of
from moderation.storage.schema.comments import comments
from moderation.storage.schema.review import sample_reviews, samples
from moderation.storage.system.audit_log import append_audit, moderator_by_id


class AlreadyReviewed(ValueError):
    """Somebody reviewed this comment of the sample before, or it was changed meanwhile."""


@dataclass(frozen=True, slots=True)
class SampleReview:
    """A review: what the policy had decided, and what the moderator would have."""

    card: Card
    policy: Status
    moderator: Status

    @property
    def agrees(self) -> bool:
        """Whether both decided the same."""
        return self.policy is self.moderator


class AuditSamples:
    """The audit sample in somebody's scope, and its reviews; neither is ever changed."""

    def __init__(self, database: Database, clock: Clock, scope: AccessScope) -> None:
        self._database = database
        self._clock = clock
        self._scope = scope

    def number(self) -> int:
        """Return how many wait for a review."""
        query = select(func.count()).select_from(self._waiting().subquery())
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()

    def oldest(self, limit: int) -> list[Card]:
        """Return at most `limit` that wait, oldest first, without those changed since."""
        query = self._waiting().order_by(samples.c.comment_id).limit(limit)
        with self._database.read() as connection:
            return cards_of(connection, list(connection.execute(query).scalars()))

    def review(self, comment_id: str, status: Status, *, moderator_id: int) -> SampleReview:
        """Keep what a moderator would decide; the comment itself does not change.

        Raises:
            CommentNotFound: The comment is not in the sample, or not in scope.
            AlreadyReviewed: Somebody reviewed it before, or it was changed.
            NotAllowed: The moderator may only look.
        """
        self._scope.check_may_decide()
        try:
            with self._database.write() as connection:
                chosen = _chosen(connection, comment_id, self._scope)
                if (chosen.version, chosen.status) != (chosen.now_version, chosen.now_status):
                    raise AlreadyReviewed(_TOO_LATE)
                values = {
                    "comment_id": chosen.comment_id,
                    "moderator_id": moderator_id,
                    "status": status,
                    "agrees": status == chosen.status,
                    "reviewed_at": self._clock(),
                }
                connection.execute(sample_reviews.insert().values(values))
                who, subject = moderator_by_id(connection, moderator_id), f"comment {comment_id}"
                entry = AuditEntry(
                    who, AuditAction.SAMPLE_REVIEWED, subject, after={"status": status}
                )
                append_audit(connection, self._clock(), entry)
        except IntegrityError as error:
            raise AlreadyReviewed(_TOO_LATE) from error
        return self.reviewed(comment_id)

    def reviewed(self, comment_id: str) -> SampleReview:
        """Return the review of a comment; raises CommentNotFound where there is none."""
        with self._database.read() as connection:
            chosen = _chosen(connection, comment_id, self._scope)
            query = select(sample_reviews.c.status).where(
                sample_reviews.c.comment_id == chosen.comment_id
            )
            status = connection.execute(query).scalar()
            if status is None:
                raise CommentNotFound(comment_id)
            (card,) = cards_of(connection, [chosen.comment_id])
        return SampleReview(card, Status(chosen.status), Status(status))

    def _waiting(self) -> Select[Any]:
        unchanged = and_(
            comments.c.id == samples.c.comment_id, comments.c.version == samples.c.version
        )
        reviewed = select(sample_reviews.c.comment_id).where(
            sample_reviews.c.comment_id == samples.c.comment_id
        )
        query = select(samples.c.comment_id).select_from(samples.join(comments, unchanged))
        return query.where(~reviewed.exists(), comment_in_scope(self._scope))


_TOO_LATE = "somebody looked at this comment before you, or changed it"


def _chosen(connection: Connection, comment_id: str, scope: AccessScope) -> Any:
    query = (
        select(
            samples,
            comments.c.version.label("now_version"),
            comments.c.status.label("now_status"),
        )
        .join(comments, comments.c.id == samples.c.comment_id)
        .where(comment_with_id(comment_id, scope))
    )
    row = connection.execute(query).first()
    if row is None:
        raise CommentNotFound(comment_id)
    return row
