"""What was decided lately: mine, everyone's, the machine's."""

import pytest

from moderation.accounts.moderators import ALL_SITES, Moderator
from moderation.comments import Comment, Status
from moderation.policy import Reason
from moderation.review.notes import RejectReason
from moderation.sites import Site
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import ObservedComment, ObservedState
from moderation.storage.review.decision_history import (
    DecidedByFilter,
    DecisionHistory,
    PastDecision,
)
from moderation.storage.review.queue import ReviewQueue
from tests.support.clock import START, FakeClock
from tests.support.flagged_comments import GOOD, add_scored, as_seen


@pytest.fixture
def decided(database: Database) -> DecisionHistory:
    return DecisionHistory(database, ALL_SITES)


def test_each_is_shown_with_who_what_why_and_when(
    database: Database,
    clock: FakeClock,
    site: Site,
    queue: ReviewQueue,
    decided: DecisionHistory,
    anna: Moderator,
) -> None:
    flagged = add_scored(database, clock, title="A bridge", url="https://paper.example/a")
    comment = queue.decide(
        as_seen(flagged), Status.REJECTED, moderator_id=anna.id, reason=RejectReason.HATE
    )

    assert decided.page(DecidedByFilter.MINE, anna.id, limit=10) == [
        PastDecision(
            number=2,
            comment=comment,
            model="test-1",
            url="https://paper.example/a",
            title="A bridge",
            by="Anna",
            version=3,
            before=Status.FLAGGED,
            after=Status.REJECTED,
            reasons=(Reason("hate"),),
            at=START,
        )
    ]


def test_mine_everyones_and_the_machines_are_told_apart(
    database: Database,
    clock: FakeClock,
    site: Site,
    queue: ReviewQueue,
    decided: DecisionHistory,
    anna: Moderator,
    bea: Moderator,
) -> None:
    good = add_scored(database, clock, GOOD)
    first, second = (add_scored(database, clock) for _ in range(2))
    queue.decide(as_seen(first), Status.APPROVED, moderator_id=anna.id)
    queue.decide(as_seen(second), Status.REJECTED, moderator_id=bea.id)

    def shown(whose: DecidedByFilter) -> list[str]:
        return [card.comment.id for card in decided.page(whose, anna.id, limit=10)]

    assert shown(DecidedByFilter.MINE) == [first.id]
    assert shown(DecidedByFilter.ALL) == [second.id, first.id]
    assert shown(DecidedByFilter.MACHINE) == [good.id]


def test_pages_go_back_and_what_was_revised_since_says_so(
    queue: ReviewQueue, decided: DecisionHistory, flagged: Comment, anna: Moderator
) -> None:
    queue.decide(as_seen(flagged), Status.APPROVED, moderator_id=anna.id)
    queue.decide(
        ObservedComment(flagged.id, ObservedState(Status.APPROVED, 3)),
        Status.REJECTED,
        moderator_id=anna.id,
    )

    (newest,) = decided.page(DecidedByFilter.ALL, anna.id, limit=1)
    (older,) = decided.page(DecidedByFilter.ALL, anna.id, limit=1, before=newest.number)

    assert (newest.after, newest.stands) == (Status.REJECTED, True)
    assert (older.after, older.stands) == (Status.APPROVED, False)
    assert decided.page(DecidedByFilter.ALL, anna.id, limit=1, before=older.number) == []
