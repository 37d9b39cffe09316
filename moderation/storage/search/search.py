"""Search all comments: newest first, a bounded part of them at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from moderation.accounts.moderators import AccessScope
from moderation.clock import Clock
from moderation.comments import Status
from moderation.review.search_filter import Filter
from moderation.storage.database.engine import Database
from moderation.storage.review.cards import Card, cards_of, number_of
from moderation.storage.schema.comments import comments
from moderation.storage.search.candidates import IdRange, SearchQuery

# So many candidates are looked at for one answer: what the index cannot tell (a score, a status
# beside a word) is asked of each, and of a common word there may be hundreds of thousands.
WINDOW = 10_000
_NEAR = 5_000  # ids
_NEWEST_ID = select(func.max(comments.c.id))


@dataclass(frozen=True, slots=True)
class SearchResults:
    """One answer of a search.

    `further` is the public id of the comment to go on after, None at the end. `whole` is False
    where the search stopped before it had found as many as were asked for.
    """

    cards: list[Card]
    further: str | None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A comment that was found, in the state that a change of it is based on."""

    id: int
    status: Status
    version: int


class Search:
    """Searches the comments of all statuses in somebody's scope.

    `window` is how many candidates are looked at for one answer.
    """

    def __init__(
        self, database: Database, clock: Clock, scope: AccessScope, window: int = WINDOW
    ) -> None:
        self._database = database
        self._clock = clock
        self._scope = scope
        self._window = window

    def newest(
        self, search_filter: Filter, *, limit: int, after: str | None = None
    ) -> SearchResults:
        """Return at most `limit` comments, those that came last first.

        Args:
            search_filter: Which comments.
            limit: How many; there may be fewer although the search is not at its end.
            after: The public id of the comment to go on after.

        Raises:
            CommentNotFound: `after` is no comment in scope.
        """
        with self._database.read() as connection:
            query = self._query(connection, search_filter)
            ids = query.id_range()
            if after is not None:
                ids = ids.below(number_of(connection, after, self._scope))
            hits, last = _look_further(query, ids, limit + 1)
            cards = cards_of(connection, [hit.id for hit in hits[:limit]])
            if len(hits) > limit:
                return SearchResults(cards, cards[-1].comment.id)
            if last is None:
                return SearchResults(cards, None)
            return SearchResults(cards, _public_id(connection, last), whole=False)

    def hits(self, search_filter: Filter, *, upto: str | None = None) -> Iterator[list[Hit]]:
        """Yield all that is found, newest first, in parts.

        Args:
            search_filter: Which comments.
            upto: The public id of the newest comment to look at.

        Raises:
            CommentNotFound: `upto` is no comment in scope.
        """
        with self._database.read() as connection:
            ids = self._query(connection, search_filter).id_range()
            if upto is not None:
                ids = ids.below(number_of(connection, upto, self._scope) + 1)
        last: int | None = ids.highest + 1
        while last is not None:
            with self._database.read() as connection:
                query = self._query(connection, search_filter)
                hits, last = _look(query, ids.below(last), self._window)
            yield hits

    def _query(self, connection: Connection, search_filter: Filter) -> SearchQuery:
        return SearchQuery(connection, search_filter, self._scope, self._clock(), self._window)


def _look_further(query: SearchQuery, ids: IdRange, limit: int) -> tuple[list[Hit], int | None]:
    """As `_look`, first only a little way: most often that is far enough."""
    newest = query.connection.execute(_NEWEST_ID).scalar() or 0
    highest = min(ids.highest, newest)
    near = IdRange(max(ids.lowest, highest - _NEAR), highest)
    hits, last = _look(query, near, limit)
    return (hits, last) if len(hits) == limit else _look(query, ids, limit)


def _look(query: SearchQuery, ids: IdRange, limit: int) -> tuple[list[Hit], int | None]:
    """What is found in one window, and the lowest id looked at if there may be more."""
    candidates = query.candidates(ids)
    if candidates is None:
        return [], None
    matches = query.matches(candidates).order_by(candidates.c.id.desc()).limit(limit)
    hits = [Hit(row[0], Status(row[1]), row[2]) for row in query.connection.execute(matches)]
    if len(hits) == limit:
        return hits, hits[-1].id
    lowest = select(func.count(), func.min(candidates.c.id)).select_from(candidates)
    number, last = query.connection.execute(lowest).one()
    return hits, last if number == query.window else None


def _public_id(connection: Connection, comment_id: int) -> str:
    query = select(comments.c.public_id).where(comments.c.id == comment_id)
    return str(connection.execute(query).scalar_one())
