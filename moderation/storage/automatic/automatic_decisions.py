"""What the policy settled without a person, newest first: approved, rejected, or in the sample."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, select

from moderation.accounts.moderators import AccessScope
from moderation.comments import Status
from moderation.policy import Reason
from moderation.storage.comments.visibility import in_scope_or_site
from moderation.storage.database.engine import Database
from moderation.storage.decisions.reasons import to_reasons
from moderation.storage.review.cards import Card, cards_of, number_of
from moderation.storage.schema.comments import comments
from moderation.storage.schema.decisions import decisions
from moderation.storage.schema.review import sample_reviews


class AutomaticList(StrEnum):
    """Which of the comments that the policy settled."""

    REJECTED = "rejected"
    APPROVED = "approved"
    # Those of the audit sample that a moderator has reviewed: the others are reviewed blindly.
    SAMPLED = "sampled"


@dataclass(frozen=True, slots=True)
class AutomaticDecision:
    """What the policy decided about a comment, and why.

    Attributes:
        card: The comment as it is now, with its latest decision.
        status: What the policy made it.
        reasons: Why.
        reviewed_as: What a moderator would have made it, blindly; None where it was not reviewed.
    """

    card: Card
    status: Status
    reasons: tuple[Reason, ...]
    reviewed_as: Status | None = None


class AutomaticDecisions:
    """What the policy settled in somebody's scope."""

    def __init__(self, database: Database, scope: AccessScope) -> None:
        self._database = database
        self._scope = scope

    def newest(
        self, which: AutomaticList, *, limit: int, site: str | None = None, after: str | None = None
    ) -> list[AutomaticDecision]:
        """Return at most `limit`, those that were submitted last first.

        Args:
            which: The list.
            limit: How many.
            site: The name of the only site; None means every one in scope.
            after: The public id of the comment to go on after.

        Raises:
            CommentNotFound: `after` is no comment in scope.
        """
        query = _ids(which).where(in_scope_or_site(self._scope, site)).limit(limit)
        with self._database.read() as connection:
            if after is not None:
                query = query.where(comments.c.id < number_of(connection, after, self._scope))
            ids: list[int] = list(connection.execute(query).scalars())
            made, reviewed = _made(connection, ids), _reviewed(connection, ids)
            cards = cards_of(connection, ids)
        return [
            AutomaticDecision(card, *made[number], reviewed.get(number))
            for number, card in zip(ids, cards, strict=True)
        ]


def _ids(which: AutomaticList) -> Select[Any]:
    query = select(comments.c.id).order_by(comments.c.id.desc())
    if which is AutomaticList.SAMPLED:
        return query.join(sample_reviews, sample_reviews.c.comment_id == comments.c.id)
    return query.where(comments.c.automatic_status == Status(which))


def _made(
    connection: Connection, ids: Sequence[int]
) -> Mapping[int, tuple[Status, tuple[Reason, ...]]]:
    """By comment: what the policy decided, and why."""
    query = (
        select(decisions.c.comment_id, decisions.c.to_status, decisions.c.reasons)
        .where(decisions.c.comment_id.in_(ids), decisions.c.from_status == Status.PENDING)
        .order_by(decisions.c.version)  # the last one counts: authors may change what they wrote
    )
    rows: Sequence[Any] = connection.execute(query).all() if ids else ()
    return {row.comment_id: (Status(row.to_status), to_reasons(row.reasons)) for row in rows}


def _reviewed(connection: Connection, ids: Sequence[int]) -> dict[int, Status]:
    query = select(sample_reviews.c.comment_id, sample_reviews.c.status).where(
        sample_reviews.c.comment_id.in_(ids)
    )
    rows: Sequence[Any] = connection.execute(query).all() if ids else ()
    return {row.comment_id: Status(row.status) for row in rows}
