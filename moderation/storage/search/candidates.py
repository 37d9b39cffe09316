"""Build the queries of a search: the newest candidates along an index, and which of them match."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, func, select

from moderation.accounts.moderators import AccessScope
from moderation.comments import Status
from moderation.review.search_filter import Filter
from moderation.storage.comments.counted_scores import counted_score
from moderation.storage.comments.search_index import TermGroup, match_expression, match_query
from moderation.storage.schema.comments import comments, is_pending, scores
from moderation.storage.schema.decisions import decisions
from moderation.storage.search.conditions import (
    PARTIAL_INDEXES,
    age_conditions,
    candidates_alike,
    conditions,
    decided_by,
    index_terms,
    moderator_id,
    status_looked_for,
)

_MAX_ID = 2**62


@dataclass(frozen=True, slots=True)
class IdRange:
    """Internal ids of comments, both ends included: the higher the later a comment came in."""

    lowest: int = 0
    highest: int = _MAX_ID

    def below(self, comment_id: int) -> "IdRange":
        """Return the part of the range below this id."""
        return IdRange(self.lowest, min(self.highest, comment_id - 1))


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A filter as SQL.

    `now` is what the ages in the filter are counted from; `window` is how many candidates are
    looked at.
    """

    connection: Connection
    search_filter: Filter
    scope: AccessScope
    now: datetime
    window: int

    def id_range(self) -> IdRange:
        """Return the ids between which all comments of the filter's age are."""
        ages = list(age_conditions(self.search_filter, self.now))
        if not ages:
            return IdRange()
        # + 0 defeats the index on purpose: PostgreSQL would walk along the ids until it meets one
        # that is old enough.
        comment_id = comments.c.id + 0
        query = select(func.min(comment_id), func.max(comment_id)).where(*ages)
        lowest, highest = self.connection.execute(query).one()
        return IdRange(1, 0) if lowest is None else IdRange(lowest, highest)

    def candidates(self, ids: IdRange) -> Subquery | None:
        """Select the newest comments that may match, along the index that tells most.

        Returns:
            A subquery with the column `id`, None where no comment can match.
        """
        terms = index_terms(self.connection, self.search_filter, self.scope)
        if terms is None:
            return None
        if terms:
            return self._candidates_by_terms(terms, ids)
        comment_id, query = self._other_index()
        query = query.where(comment_id.between(ids.lowest, ids.highest))
        return query.order_by(comment_id.desc()).limit(self.window).subquery("candidates")

    def matches(self, candidates: Subquery) -> Select[Any]:
        """Select id, status and version of the candidates that match."""
        query = (
            select(comments.c.id, comments.c.status, comments.c.version)
            # + 0 defeats the index on purpose: PostgreSQL, for the order, would walk through all
            # comments down to the candidates of an old page (measured: 420 ms instead of 20).
            .select_from(candidates.join(comments, comments.c.id == candidates.c.id + 0))
            .where(*conditions(self.search_filter, self.scope))
            .where(*age_conditions(self.search_filter, self.now))
        )
        if self.search_filter.attribute is not None:
            score = counted_score(self.search_filter.attribute)
            query = query.join(scores, scores.c.comment_id == comments.c.id).where(
                score.between(self.search_filter.low, self.search_filter.high)
            )
        if self.search_filter.by is not None:
            query = decided_by(self.connection, query, self.search_filter)
        return query

    def _candidates_by_terms(self, terms: Sequence[TermGroup], ids: IdRange) -> Subquery:
        query = match_query(self.connection, ids.lowest, ids.highest).bindparams(
            expression=match_expression(self.connection, terms), number=self.window
        )
        return query.columns(comments.c.id).subquery("candidates")

    def _other_index(self) -> tuple[ColumnElement[int], Select[Any]]:
        """Where the ids of the candidates stand, and the query of them."""
        if self.search_filter.moderator is not None:
            moderator = moderator_id(self.connection, self.search_filter.moderator)
            comment_id = decisions.c.comment_id
            query = select(comment_id.label("id")).distinct()
            return comment_id, query.where(decisions.c.moderator_id == moderator)
        query, status = select(comments.c.id), status_looked_for(self.search_filter)
        if self.search_filter.alike is not None:
            # + 0 defeats the index on purpose: few are alike, and many are walked through for ids.
            alike = candidates_alike(self.search_filter, self.scope)
            return comments.c.id + 0, query.where(alike)
        if status is Status.PENDING:
            # Few. + 0 defeats the index on purpose: SQLite would walk through all comments for
            # the order of ids.
            return comments.c.id + 0, query.where(is_pending)
        if status in PARTIAL_INDEXES:
            query = query.where(PARTIAL_INDEXES[status])
        return comments.c.id, query
