"""Try a threshold to reject on the last decisions of a site's moderators."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, select

from moderation.accounts.moderators import AccessScope
from moderation.comments import SETTLED, Status
from moderation.review.rejection_outcome import LAST, RejectionOutcome
from moderation.storage.comments.visibility import in_scope_or_site
from moderation.storage.database.engine import Database
from moderation.storage.review.cards import Card, cards_of
from moderation.storage.schema.comments import comments, scores
from moderation.storage.schema.decisions import decisions, is_by_person, is_latest

EXAMPLES = 5
_before = decisions.alias("before")
# To undo a bulk gives each comment its earlier status back: nobody judged it by that.
_takes_bulk_back = exists().where(
    _before.c.comment_id == decisions.c.comment_id,
    _before.c.version == decisions.c.version - 1,
    _before.c.bulk_id == decisions.c.bulk_id,
)


@dataclass(frozen=True, slots=True)
class TriedRejection:
    """The figures, and the newest comments that would have been rejected though approved."""

    preview: RejectionOutcome
    errors: list[Card]


class RejectionPreviews:
    """Tries thresholds on the decisions of moderators in somebody's scope."""

    def __init__(self, database: Database, scope: AccessScope) -> None:
        self._database = database
        self._scope = scope

    def of(self, site: str, attribute: str, threshold: float) -> TriedRejection:
        """Return what rejecting from this score for the attribute up would have done on a site."""
        latest = _latest(in_scope_or_site(self._scope, site)).subquery("latest")
        is_rejected = scores.c[attribute] >= threshold
        with self._database.read() as connection:
            return TriedRejection(
                _preview(connection, latest, is_rejected), _errors(connection, latest, is_rejected)
            )


def _latest(of_site: ColumnElement[bool]) -> Select[Any]:
    """The newest decisions of moderators that stand: each comment counts once."""
    stands = and_(is_by_person, decisions.c.to_status.in_(SETTLED), ~_takes_bulk_back)
    return (
        select(decisions.c.id, decisions.c.comment_id, decisions.c.to_status, decisions.c.bulk_id)
        .join(comments, is_latest)
        .where(stands, of_site)
        .order_by(decisions.c.id.desc())
        .limit(LAST)
    )


def _preview(
    connection: Connection, latest: Any, is_rejected: ColumnElement[bool]
) -> RejectionOutcome:
    counted = (
        is_rejected,
        and_(is_rejected, latest.c.to_status == Status.APPROVED),
        and_(is_rejected, latest.c.bulk_id.is_not(None)),
    )
    numbers = (func.coalesce(func.sum(case((which, 1), else_=0)), 0) for which in counted)
    query = select(func.count(), *numbers).select_from(_scored(latest))
    return RejectionOutcome(*map(int, connection.execute(query).one()))


def _errors(connection: Connection, latest: Any, is_rejected: ColumnElement[bool]) -> list[Card]:
    query = (
        select(latest.c.comment_id)
        .select_from(_scored(latest))
        .where(is_rejected, latest.c.to_status == Status.APPROVED)
        .order_by(latest.c.id.desc())
        .limit(EXAMPLES)
    )
    return cards_of(connection, list(connection.execute(query).scalars()))


def _scored(latest: Any) -> Any:
    return latest.outerjoin(scores, scores.c.comment_id == latest.c.comment_id)
