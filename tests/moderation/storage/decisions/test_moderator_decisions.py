"""Undoing and revising decisions: compare-and-set, counts kept, no row edited."""

import pytest
from sqlalchemy import select

from moderation.accounts.moderators import Moderator
from moderation.comments import Comment, DecisionConflict, Status
from moderation.policy import Reason
from moderation.review.notes import RejectReason
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.pages import Pages
from moderation.storage.database.engine import Database
from moderation.storage.decisions.claims import DecidedComment, PendingComments
from moderation.storage.decisions.moderator_decisions import (
    ObservedComment,
    ObservedState,
    ReviewStatus,
)
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.review.queue_orders import QueueOrder
from moderation.storage.schema.decisions import decisions
from tests.support.clock import FakeClock
from tests.support.concurrency import together
from tests.support.factories import submission
from tests.support.flagged_comments import GOOD, add_scored, as_seen


def test_a_rejection_keeps_its_reason(
    database: Database, queue: ReviewQueue, flagged: Comment, anna: Moderator
) -> None:
    queue.decide(
        as_seen(flagged), Status.REJECTED, moderator_id=anna.id, reason=RejectReason.OFF_TOPIC
    )

    assert rows(database)[-1] == ("flagged", "rejected", anna.id, ["off-topic"])


def test_undoing_flags_again_by_a_new_row(
    database: Database, queue: ReviewQueue, flagged: Comment, site: Site, anna: Moderator
) -> None:
    queue.decide(as_seen(flagged), Status.APPROVED, moderator_id=anna.id)
    before = rows(database)

    undone = queue.decide(
        ObservedComment(flagged.id, ObservedState(Status.APPROVED, 3)),
        Status.FLAGGED,
        moderator_id=anna.id,
    )

    assert (undone.status, undone.version) == (Status.FLAGGED, 4)
    assert Pages(database).counts(site, ["/a"]) == {"/a": 0}
    assert rows(database) == [*before, ("approved", "flagged", anna.id, ["reopened"])]


def test_a_card_that_came_back_says_both_whys(
    queue: ReviewQueue, flagged: Comment, anna: Moderator
) -> None:
    queue.decide(as_seen(flagged), Status.REJECTED, moderator_id=anna.id)
    queue.decide(
        ObservedComment(flagged.id, ObservedState(Status.REJECTED, 3)),
        Status.FLAGGED,
        moderator_id=anna.id,
    )

    (card,) = queue.first(10, QueueOrder.OLDEST)

    assert card.reasons == (Reason("toxicity", 0.83, 0.41), Reason("reopened"))


@pytest.mark.parametrize(
    ("first", "second", "public"),
    [
        (Status.APPROVED, Status.REJECTED, 0),
        (Status.REJECTED, Status.APPROVED, 1),
        (Status.REJECTED, Status.FLAGGED, 0),
    ],
)
def test_any_decision_can_become_any_other(
    database: Database,
    queue: ReviewQueue,
    flagged: Comment,
    site: Site,
    anna: Moderator,
    first: ReviewStatus,
    second: ReviewStatus,
    public: int,
) -> None:
    queue.decide(as_seen(flagged), first, moderator_id=anna.id)

    revised = queue.decide(
        ObservedComment(flagged.id, ObservedState(first, 3)), second, moderator_id=anna.id
    )

    assert (revised.status, revised.version) == (second, 4)
    assert Pages(database).counts(site, ["/a"]) == {"/a": public}


def test_what_the_machine_decided_is_revised_too(
    database: Database, clock: FakeClock, site: Site, queue: ReviewQueue, anna: Moderator
) -> None:
    comment = add_scored(database, clock, GOOD)

    queue.decide(
        ObservedComment(comment.id, ObservedState(Status.APPROVED, 2)),
        Status.FLAGGED,
        moderator_id=anna.id,
    )

    assert queue.first(10, QueueOrder.SCORE)[0].comment.id == comment.id
    assert Pages(database).counts(site, ["/a"]) == {"/a": 0}


@pytest.mark.parametrize(
    "seen", [(Status.APPROVED, 2), (Status.REJECTED, 3), (Status.FLAGGED, 3), (Status.APPROVED, 4)]
)
def test_what_is_not_as_it_was_seen_is_left_alone(
    database: Database,
    queue: ReviewQueue,
    flagged: Comment,
    anna: Moderator,
    bea: Moderator,
    seen: tuple[Status, int],
) -> None:
    queue.decide(as_seen(flagged), Status.APPROVED, moderator_id=bea.id)
    before = rows(database)

    with pytest.raises(DecisionConflict, match="the comment was approved already by Bea"):
        queue.decide(
            ObservedComment(flagged.id, ObservedState(*seen)), Status.REJECTED, moderator_id=anna.id
        )

    assert rows(database) == before


def test_to_decide_what_is_decided_so_already_is_no_decision(
    database: Database, queue: ReviewQueue, flagged: Comment, anna: Moderator
) -> None:
    queue.decide(as_seen(flagged), Status.APPROVED, moderator_id=anna.id)

    with pytest.raises(DecisionConflict):
        queue.decide(
            ObservedComment(flagged.id, ObservedState(Status.APPROVED, 3)),
            Status.APPROVED,
            moderator_id=anna.id,
        )

    assert len(rows(database)) == 2


def test_what_waits_for_a_worker_can_be_decided_and_is_not_decided_again(
    database: Database, clock: FakeClock, site: Site, queue: ReviewQueue, anna: Moderator
) -> None:
    comment = Comments(database, clock).add(site, submission(), Submitter())
    scoring = PendingComments(database, clock)
    claim = scoring.claim(1)

    queue.decide(
        ObservedComment(comment.id, ObservedState(Status.PENDING, 1)),
        Status.REJECTED,
        moderator_id=anna.id,
    )

    assert scoring.settle(claim, [DecidedComment(claim.comments[0].id, GOOD, None, None)]) == 0
    assert rows(database) == [("pending", "rejected", anna.id, [])]


def test_of_two_who_undo_at_once_one_does(
    database: Database,
    queue: ReviewQueue,
    flagged: Comment,
    site: Site,
    anna: Moderator,
    bea: Moderator,
) -> None:
    queue.decide(as_seen(flagged), Status.APPROVED, moderator_id=anna.id)
    seen = ObservedComment(flagged.id, ObservedState(Status.APPROVED, 3))

    outcomes = together(
        lambda: queue.decide(seen, Status.FLAGGED, moderator_id=anna.id),
        lambda: queue.decide(seen, Status.REJECTED, moderator_id=bea.id),
    )

    assert {type(outcome) for outcome in outcomes} == {Comment, DecisionConflict}
    assert Pages(database).counts(site, ["/a"]) == {"/a": 0}


def rows(database: Database) -> list[tuple[object, ...]]:
    columns = (decisions.c.from_status, decisions.c.to_status, decisions.c.moderator_id)
    query = select(*columns, decisions.c.reasons).order_by(decisions.c.id)
    with database.read() as connection:
        return [
            (*row[:3], [reason["rule"] for reason in row.reasons])
            for row in connection.execute(query)
        ]
