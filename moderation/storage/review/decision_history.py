"""List past decisions: by whom each was taken, and whether it still stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row

from moderation.accounts.moderators import AccessScope
from moderation.comments import Actor, Comment, Status
from moderation.policy import Reason
from moderation.storage.comments.comments import SELECT_COMMENT, to_comment
from moderation.storage.comments.visibility import site_in_scope
from moderation.storage.database.engine import Database
from moderation.storage.decisions.reasons import to_reasons
from moderation.storage.schema.accounts import moderators
from moderation.storage.schema.comments import comments, scores
from moderation.storage.schema.decisions import decisions
from moderation.storage.schema.sites import pages


class DecidedByFilter(StrEnum):
    """Whose decisions are listed."""

    MINE = "mine"
    ALL = "all"  # every moderator's
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class PastDecision:
    """One decision.

    Attributes:
        number: Orders decisions: a later one has a higher number.
        comment: The comment as it is now.
        model: The version of the model that scored it; None where none did.
        url: The address of the comment's page, if it is known.
        title: The page's title, if it is known.
        by: The moderator's name; None for the policy.
        version: The comment's version after this decision.
        before: The status before it.
        after: The status after it.
        reasons: Why it was taken.
        at: When it was taken.
    """

    number: int
    comment: Comment
    model: str | None
    url: str | None
    title: str | None
    by: str | None
    version: int
    before: Status
    after: Status
    reasons: tuple[Reason, ...]
    at: datetime

    @property
    def stands(self) -> bool:
        """Whether it is the comment's latest decision."""
        return self.comment.version == self.version


_DECIDED = (
    SELECT_COMMENT.add_columns(
        decisions.c.id.label("number"),
        decisions.c.version.label("decision_version"),
        decisions.c.from_status,
        decisions.c.to_status,
        decisions.c.reasons,
        decisions.c.decided_at,
        moderators.c.name.label("by"),
        pages.c.url,
        pages.c.title,
        scores.c.model,
    )
    .join(decisions, decisions.c.comment_id == comments.c.id)
    .outerjoin(scores, scores.c.comment_id == comments.c.id)
    .outerjoin(moderators, decisions.c.moderator_id == moderators.c.id)
    .order_by(decisions.c.id.desc())
)


class DecisionHistory:
    """The decisions of moderators and of the policy in somebody's scope, newest first."""

    def __init__(self, database: Database, scope: AccessScope) -> None:
        self._database = database
        self._scope = scope

    def page(
        self, whose: DecidedByFilter, moderator_id: int, *, limit: int, before: int | None = None
    ) -> list[PastDecision]:
        """Return at most `limit` decisions that came before the one with this number."""
        query = _DECIDED.where(_by(whose, moderator_id), site_in_scope(self._scope)).limit(limit)
        if before is not None:
            query = query.where(decisions.c.id < before)
        with self._database.read() as connection:
            return [_to_decided(row) for row in connection.execute(query)]


def _by(whose: DecidedByFilter, moderator_id: int) -> ColumnElement[bool]:
    if whose is DecidedByFilter.MINE:
        return decisions.c.moderator_id == moderator_id
    if whose is DecidedByFilter.ALL:
        return decisions.c.actor == Actor.MODERATOR
    return (decisions.c.actor == Actor.POLICY) & (decisions.c.to_status != Status.FLAGGED)


def _to_decided(row: Row[Any]) -> PastDecision:
    return PastDecision(
        number=row.number,
        comment=to_comment(row),
        model=row.model,
        url=row.url,
        title=row.title,
        by=row.by,
        version=row.decision_version,
        before=Status(row.from_status),
        after=Status(row.to_status),
        reasons=to_reasons(row.reasons),
        at=row.decided_at,
    )
