"""Decide everything a filter finds, in short transactions, and undo all of it."""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import Literal

from moderation.accounts.moderators import AccessScope
from moderation.clock import Clock
from moderation.comments import CommentNotFound, Status
from moderation.policy import Reason
from moderation.review.erase_reasons import EraseReason
from moderation.review.notes import REOPENED, RejectReason
from moderation.review.search_filter import Filter
from moderation.storage.database.engine import Database
from moderation.storage.database.overwriting import overwrite_erased
from moderation.storage.decisions.moderator_decisions import (
    BulkRef,
    ModeratorDecision,
    ObservedComment,
    ObservedState,
)
from moderation.storage.review.cards import cards_of
from moderation.storage.schema.decisions import decisions
from moderation.storage.search.bulk_records import Bulk, BulkNotFound, BulkRecords, DryRun, standing
from moderation.storage.search.bulk_transactions import BulkTransactions
from moderation.storage.search.search import Hit, Search

MAX = 20_000  # comments in one bulk: about five seconds
_AT_ONCE = 200  # comments in one transaction
_PAUSE = 0.01  # seconds between two, so that others can write where there is one writer
SHOWN = 10

BulkStatus = Literal[Status.APPROVED, Status.REJECTED, Status.ERASED]
_DECIDABLE = {
    Status.APPROVED: (Status.FLAGGED, Status.REJECTED),
    Status.REJECTED: (Status.FLAGGED, Status.APPROVED),
    Status.ERASED: (Status.PENDING, Status.FLAGGED, Status.APPROVED, Status.REJECTED),
}


class BulkDecisions:
    """Bulks in somebody's scope.

    Every method that changes anything raises NotAllowed for a moderator who may only look.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        scope: AccessScope,
        search: Search,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._database = database
        self._clock = clock
        self._scope = scope
        self._search = search
        self._sleep = sleep
        self._rows = BulkRecords(database, clock, scope)
        self._transactions = BulkTransactions(clock, scope)

    def dry_run(self, search_filter: Filter, status: BulkStatus) -> DryRun:
        """Return what a bulk would do; changes nothing."""
        hits = list(islice(self._decidable(search_filter, status, None), MAX + 1))
        with self._database.read() as connection:
            sample = cards_of(connection, [hit.id for hit in hits[:SHOWN]])
        upto = sample[0].comment.id if sample else None
        return DryRun(min(len(hits), MAX), len(hits) > MAX, sample, upto)

    def decide(
        self,
        search_filter: Filter,
        status: BulkStatus,
        *,
        upto: str,
        moderator_id: int,
        reason: RejectReason | EraseReason | None = None,
    ) -> str:
        """Decide what the dry run found and nobody changed meanwhile.

        Args:
            search_filter: Which comments.
            status: What they become.
            upto: As the dry run returned it.
            moderator_id: Who decides.
            reason: Why they are rejected or erased, if a reason was given.

        Returns:
            The bulk's public id.

        Raises:
            CommentNotFound: `upto` is no comment in scope.
            NotAllowed: The moderator may only look.
            SiteNotFound: The filter names a site out of scope.
        """
        self._scope.check_may_decide()
        hits = list(islice(self._decidable(search_filter, status, upto), MAX))
        is_for_good = status is Status.ERASED  # then its words are erased too
        kept_filter = search_filter.without_words() if is_for_good else search_filter
        bulk = self._rows.begin(kept_filter, status, moderator_id)
        why = None if reason is None else Reason(reason)
        self._carry_out(hits, ModeratorDecision(status, moderator_id, self._clock(), why, bulk))
        self._rows.set_moments(bulk, ended_at=self._clock())
        return bulk.id

    def decide_chosen(
        self,
        chosen: Sequence[ObservedComment],
        status: BulkStatus,
        *,
        moderator_id: int,
        reason: RejectReason | EraseReason | None = None,
    ) -> str:
        """Decide comments that were chosen one by one and that nobody changed meanwhile.

        Returns:
            The bulk's public id.

        Raises:
            CommentNotFound: None of them is in scope.
            NotAllowed: The moderator may only look.
        """
        self._scope.check_may_decide()
        with self._database.read() as connection:
            hits, sites = self._transactions.chosen(connection, chosen)
        if not hits:
            raise CommentNotFound(*(comment.id for comment in chosen[:1]))
        bulk = self._rows.begin_chosen(sites, status, moderator_id)
        why = None if reason is None else Reason(reason)
        self._carry_out(hits, ModeratorDecision(status, moderator_id, self._clock(), why, bulk))
        self._rows.set_moments(bulk, ended_at=self._clock())
        return bulk.id

    def undo(self, public_id: str, *, moderator_id: int) -> None:
        """Give each comment that nobody changed since its earlier status.

        Raises BulkNotFound, also for one that erased: that is for good.
        """
        self._scope.check_may_decide()
        row = self._rows.row(public_id)
        if row.status == Status.ERASED:
            raise BulkNotFound(public_id)
        bulk = BulkRef(row.id, row.public_id)
        back = self._back(bulk, moderator_id)
        query, last = standing(row).limit(_AT_ONCE), 0
        while True:
            with self._database.write() as connection:
                # Beyond the last: else each part would walk over all that is undone already.
                rows = connection.execute(query.where(decisions.c.comment_id > last)).all()
                self._transactions.decide(
                    connection,
                    [
                        (
                            decision.id,
                            ObservedState(Status(row.status), decision.version),
                            back[decision.from_status],
                        )
                        for decision in rows
                    ],
                )
            if len(rows) < _AT_ONCE:
                break
            last = rows[-1].id
            self._pause()
        self._rows.set_moments(bulk, undone_at=self._clock())

    def get(self, public_id: str) -> Bulk:
        """Return a bulk; raises BulkNotFound."""
        return self._rows.get(public_id)

    def latest(self, limit: int) -> list[Bulk]:
        """Return the last bulks, newest first."""
        return self._rows.latest(limit)

    def _carry_out(self, hits: Sequence[Hit], decision: ModeratorDecision) -> None:
        for part in _parts(hits):
            with self._database.write() as connection:
                self._transactions.decide(
                    connection,
                    [(hit.id, ObservedState(hit.status, hit.version), decision) for hit in part],
                )
            self._pause()
        if decision.status is Status.ERASED:
            overwrite_erased(self._database)

    def _pause(self) -> None:
        if self._database.write_lock is not None:
            self._sleep(_PAUSE)

    def _decidable(
        self, search_filter: Filter, status: BulkStatus, upto: str | None
    ) -> Iterator[Hit]:
        hits = chain.from_iterable(self._search.hits(search_filter, upto=upto))
        return (hit for hit in hits if hit.status in _DECIDABLE[status])

    def _back(self, bulk: BulkRef, moderator_id: int) -> dict[str, ModeratorDecision]:
        """The decision that gives a comment back an earlier status, by that status."""
        at = self._clock()
        return {
            Status.APPROVED: ModeratorDecision(Status.APPROVED, moderator_id, at, None, bulk),
            Status.REJECTED: ModeratorDecision(Status.REJECTED, moderator_id, at, None, bulk),
            Status.FLAGGED: ModeratorDecision(
                Status.FLAGGED, moderator_id, at, Reason(REOPENED), bulk
            ),
        }


def _parts(hits: Sequence[Hit]) -> Iterator[Sequence[Hit]]:
    return (hits[start : start + _AT_ONCE] for start in range(0, len(hits), _AT_ONCE))
