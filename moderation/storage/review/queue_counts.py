"""Count the comments that wait: now and then in full, in between by the decisions since."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, case, func, select

from moderation.accounts.moderators import AccessScope
from moderation.comments import QueueSection, Status
from moderation.statistics import SectionCounts
from moderation.storage.comments.visibility import in_scope_or_site
from moderation.storage.database.engine import Database
from moderation.storage.schema.comments import all_flagged, comments
from moderation.storage.schema.decisions import decisions

# From this number on a count is kept: 100,000 are counted in 10 ms, for each decision (measured).
FEW = 1_000
# Seconds that a count is kept. A decision that PostgreSQL commits after one with a higher number
# than its own may be missed until the next count; SQLite, with one writer, misses none.
KEPT = 10.0
_newest = select(func.coalesce(func.max(decisions.c.id), 0)).scalar_subquery()
_more = case((decisions.c.to_status == Status.FLAGGED, 1), else_=0)
_fewer = case((decisions.c.from_status == Status.FLAGGED, 1), else_=0)


@dataclass(frozen=True, slots=True)
class _Counted:
    numbers: SectionCounts
    newest: int  # the number of the last decision before it was counted
    until: float


class WaitingCounts:
    """Counts what waits within any scope. One for each process, so that counts are shared.

    Args:
        database: Where the comments are.
        few: Up to so many are counted each time.
        seconds: A clock that never goes back.
    """

    def __init__(
        self, database: Database, few: int = FEW, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = database
        self._few = few
        self._seconds = seconds
        self._kept: dict[tuple[frozenset[str] | None, str | None], _Counted] = {}

    def of(self, scope: AccessScope, site: str | None = None) -> SectionCounts:
        """Return how many comments wait in scope, or on the site with this name."""
        in_scope, key = in_scope_or_site(scope, site), (scope.sites, site)
        counted = self._kept.get(key)
        with self._database.read() as connection:
            if counted is not None and self._seconds() < counted.until:
                return _added(counted.numbers, _since(connection, counted.newest, in_scope))
            numbers, newest = _counted(connection, in_scope)
        if numbers.total >= self._few:
            self._kept[key] = _Counted(numbers, newest, self._seconds() + KEPT)
        return numbers


def _counted(connection: Connection, in_scope: ColumnElement[bool]) -> tuple[SectionCounts, int]:
    """How many, and the newest decision: one statement, so both are of the same moment."""
    number = select(func.count()).select_from(comments).where(*all_flagged, in_scope)
    by_section = (
        number.where(comments.c.section == section).scalar_subquery() for section in QueueSection
    )
    *numbers, newest = connection.execute(select(*by_section, _newest)).one()
    return SectionCounts(*numbers), int(newest)


def _since(
    connection: Connection, newest: int, in_scope: ColumnElement[bool]
) -> dict[QueueSection, int]:
    """How many more wait than when that decision was the newest; negative where fewer do."""
    change = func.coalesce(func.sum(_more - _fewer), 0)
    decided = decisions.join(comments, comments.c.id == decisions.c.comment_id)
    query = select(comments.c.section, change).select_from(decided)
    query = query.where(decisions.c.id > newest, in_scope).group_by(comments.c.section)
    return {QueueSection(row[0]): int(row[1]) for row in connection.execute(query)}


def _added(numbers: SectionCounts, more: dict[QueueSection, int]) -> SectionCounts:
    return SectionCounts(*(numbers.of(section) + more.get(section, 0) for section in QueueSection))
