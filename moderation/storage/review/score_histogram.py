"""Count what waits by score, and how moderators decided what had such scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, cast, func, select, true

from moderation.accounts.moderators import AccessScope
from moderation.comments import SETTLED, Actor, Status
from moderation.review.error_estimate import PastDecisions
from moderation.storage.comments.counted_scores import counted_score
from moderation.storage.comments.visibility import site_in_scope
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import comments, is_flagged, scores
from moderation.storage.schema.decisions import decisions
from moderation.storage.schema.sites import sites

COLUMNS = 100
MAX_DECISIONS = 10_000  # of moderators, the latest: the model and the moderators change


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many flagged comments have a score in each hundredth from 0 to 1; the last includes 1."""

    columns: tuple[int, ...]

    def between(self, first: int, last: int) -> int:
        """Return how many have a score in these hundredths, both included."""
        return sum(self.columns[first : last + 1])


class ScoreHistogram:
    """Counts by the score for one attribute, in somebody's scope or on one site there."""

    def __init__(self, database: Database, scope: AccessScope) -> None:
        self._database = database
        self._scope = scope

    def waiting(self, attribute: str, site: str | None = None) -> Histogram:
        """Count the flagged comments by score, without those that have none."""
        with self._database.read() as connection:
            score = counted_score(attribute)
            column = _column(connection, score)
            query = (
                select(column, func.count())
                .select_from(comments.join(scores, scores.c.comment_id == comments.c.id))
                .where(is_flagged, self._of(connection, site), score.is_not(None))
                .group_by(column)
            )
            return Histogram(_filled(connection.execute(query).all()))

    def past(self, attribute: str, low: float, high: float, site: str | None) -> PastDecisions:
        """Count how moderators decided, one by one, what had a score from `low` to `high`."""
        with self._database.read() as connection:
            query = _past(counted_score(attribute).between(low, high), self._of(connection, site))
            numbers = {row[0]: row[1] for row in connection.execute(query)}
        return PastDecisions(numbers.get(Status.APPROVED, 0), numbers.get(Status.REJECTED, 0))

    def _of(self, connection: Connection, site: str | None) -> ColumnElement[bool]:
        if site is None and self._scope.sites is None:
            return true()
        query = select(sites.c.id).where(site_in_scope(self._scope))
        if site is not None:
            query = query.where(sites.c.name == site)
        # + 0 defeats the index on purpose: SQLite would begin with all comments of the site, not
        # with those that wait.
        return (comments.c.site_id + 0).in_(list(connection.execute(query).scalars()))


def _past(scored: ColumnElement[bool], of_site: ColumnElement[bool]) -> Select[Any]:
    """Each comment counts once, as a moderator decided it last; bulks do not count."""
    latest = (
        select(decisions.c.comment_id, decisions.c.version, decisions.c.to_status)
        .where(
            decisions.c.moderator_id.is_not(None),
            decisions.c.actor == Actor.MODERATOR,
            decisions.c.bulk_id.is_(None),
            decisions.c.to_status.in_(SETTLED),
        )
        .order_by(decisions.c.id.desc())
        .limit(MAX_DECISIONS)
        .subquery("latest")
    )
    still = (comments.c.id == latest.c.comment_id) & (comments.c.version == latest.c.version)
    return (
        select(latest.c.to_status, func.count())
        .select_from(
            latest.join(comments, still).join(scores, scores.c.comment_id == latest.c.comment_id)
        )
        .where(scored, of_site)
        .group_by(latest.c.to_status)
    )


def _column(connection: Connection, score: ColumnElement[float]) -> ColumnElement[int]:
    # SQLite's CAST cuts, PostgreSQL's rounds; and not every SQLite knows floor().
    scaled = score * COLUMNS
    return cast(scaled if connection.dialect.name == "sqlite" else func.floor(scaled), Integer)


def _filled(rows: Sequence[Any]) -> tuple[int, ...]:
    numbers = [0] * COLUMNS
    for column, number in rows:
        numbers[min(column, COLUMNS - 1)] += number
    return tuple(numbers)
