"""One card, one person."""

import pytest

from moderation.accounts.moderators import ALL_SITES, Moderator
from moderation.comments import Comment, DecisionConflict, Status
from moderation.review.notes import CardLeaseLost
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.database.engine import Database
from moderation.storage.review.holds import HOLD, SKIP, Holds
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.review.queue_orders import QueueOrder
from tests.support.clock import FakeClock
from tests.support.concurrency import together
from tests.support.flagged_comments import add_scored, as_seen

OLDEST = QueueOrder.OLDEST


@pytest.fixture
def holds(database: Database, clock: FakeClock) -> Holds:
    return Holds(database, clock, ALL_SITES)


@pytest.fixture
def three(database: Database, clock: FakeClock, site: Site) -> list[Comment]:
    return [add_scored(database, clock) for _ in range(3)]


def test_nobody_else_is_given_a_card_that_is_held(
    holds: Holds, three: list[Comment], anna: Moderator, bea: Moderator
) -> None:
    assert holds.take(anna.id, OLDEST) == three[0].id
    assert holds.take(bea.id, OLDEST) == three[1].id

    assert holds.held(anna.id) == three[0].id
    assert holds.held(bea.id) == three[1].id


def test_a_hold_ends_after_a_minute_unless_it_is_renewed(
    holds: Holds, three: list[Comment], anna: Moderator, bea: Moderator, clock: FakeClock
) -> None:
    holds.take(anna.id, OLDEST)
    clock.advance(HOLD.total_seconds() - 1)
    holds.renew(three[0].id, anna.id)
    clock.advance(HOLD.total_seconds() - 1)
    assert holds.take(bea.id, OLDEST) == three[1].id

    clock.advance(1)

    assert holds.held(anna.id) is None
    assert holds.take(bea.id, OLDEST) == three[0].id
    with pytest.raises(CardLeaseLost):
        holds.renew(three[0].id, anna.id)


def test_who_takes_another_card_lets_the_first_go(
    holds: Holds, three: list[Comment], anna: Moderator, bea: Moderator
) -> None:
    holds.take(anna.id, OLDEST)
    holds.skip(three[0].id, anna.id)

    assert holds.take(anna.id, OLDEST) == three[1].id
    assert holds.take(bea.id, OLDEST) == three[0].id


def test_a_skipped_card_comes_back_to_who_skipped_it_after_an_hour(
    holds: Holds, flagged: Comment, anna: Moderator, clock: FakeClock
) -> None:
    holds.skip(flagged.id, anna.id)
    assert holds.take(anna.id, OLDEST) is None

    clock.advance(SKIP.total_seconds())

    assert holds.take(anna.id, OLDEST) == flagged.id


def test_skipping_what_is_no_comment_does_nothing(holds: Holds, anna: Moderator) -> None:
    holds.skip("no-such-comment", anna.id)


def test_a_held_card_can_be_decided_by_others_and_its_holder_is_told(
    holds: Holds, queue: ReviewQueue, three: list[Comment], anna: Moderator, bea: Moderator
) -> None:
    holds.take(anna.id, OLDEST)

    queue.decide(as_seen(three[0]), Status.APPROVED, moderator_id=bea.id)

    assert holds.held(anna.id) is None
    with pytest.raises(DecisionConflict, match="approved already by Bea"):
        holds.renew(three[0].id, anna.id)


def test_cards_are_given_of_one_site_and_in_the_order_asked_for(
    holds: Holds, three: list[Comment], anna: Moderator
) -> None:
    assert holds.take(anna.id, QueueOrder.SCORE, site="demo") == three[2].id
    assert holds.take(anna.id, OLDEST, site="no-such-site") is None


def test_of_many_who_take_at_once_each_gets_another_card(
    database: Database, clock: FakeClock, site: Site, holds: Holds
) -> None:
    waiting = [add_scored(database, clock) for _ in range(8)]
    people = [Moderators(database, clock).add(f"Moderator {number}") for number in range(8)]

    taken = together(
        *[lambda moderator=moderator: holds.take(moderator.id, OLDEST) for moderator in people]
    )

    assert sorted(map(str, taken)) == sorted(comment.id for comment in waiting)


def test_of_many_who_want_the_last_card_one_gets_it(
    database: Database, clock: FakeClock, flagged: Comment, holds: Holds
) -> None:
    people = [Moderators(database, clock).add(f"Moderator {number}") for number in range(4)]

    taken = together(
        *[lambda moderator=moderator: holds.take(moderator.id, OLDEST) for moderator in people]
    )

    assert sorted(map(str, taken)) == sorted(["None"] * 3 + [flagged.id])
