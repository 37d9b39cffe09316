"""The number of what waits is right at any moment, whether it was counted or kept."""

import pytest

from moderation.accounts.moderators import ALL_SITES, AccessScope, Moderator
from moderation.clock import Clock
from moderation.comments import Comment, Status
from moderation.sites import Site
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import ReviewStatus
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.review.queue_counts import FEW, KEPT, WaitingCounts
from moderation.storage.schema.comments import comments
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored, as_seen


class Seconds:
    """Time that stands still until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(params=[0, FEW], ids=["kept", "counted"])
def counts(request: pytest.FixtureRequest, database: Database) -> WaitingCounts:
    """Of a queue that counts as long, and of one that does not."""
    return WaitingCounts(database, request.param, Seconds())


def flagged(database: Database, clock: Clock, number: int) -> list[Comment]:
    return [add_scored(database, clock) for _ in range(number)]


def test_what_is_decided_waits_no_longer(
    database: Database,
    clock: FakeClock,
    site: Site,
    queue: ReviewQueue,
    anna: Moderator,
    counts: WaitingCounts,
) -> None:
    first, second, _ = flagged(database, clock, 3)
    numbers = [counts.of(ALL_SITES)]
    statuses: tuple[ReviewStatus, ...] = (Status.APPROVED, Status.REJECTED)

    for comment, status in zip((first, second), statuses, strict=True):
        queue.decide(as_seen(comment), status, moderator_id=anna.id)
        numbers.append(counts.of(ALL_SITES))

    assert numbers == [3, 2, 1]


def test_what_is_flagged_or_taken_back_waits(
    database: Database,
    clock: FakeClock,
    site: Site,
    queue: ReviewQueue,
    anna: Moderator,
    counts: WaitingCounts,
) -> None:
    numbers = [counts.of(ALL_SITES)]

    approved = add_scored(database, clock, GOOD)
    numbers.append(counts.of(ALL_SITES))
    queue.decide(as_seen(approved), Status.FLAGGED, moderator_id=anna.id)
    numbers.append(counts.of(ALL_SITES))
    flagged(database, clock, 2)

    assert [*numbers, counts.of(ALL_SITES)] == [0, 0, 1, 3]


def test_each_reach_and_site_has_its_own(
    database: Database, clock: FakeClock, site: Site, counts: WaitingCounts
) -> None:
    nobody = AccessScope(frozenset())
    before = [counts.of(ALL_SITES, site.name), counts.of(ALL_SITES, "none"), counts.of(nobody)]

    flagged(database, clock, 2)

    after = [counts.of(ALL_SITES, site.name), counts.of(ALL_SITES, "none"), counts.of(nobody)]
    assert (before, after) == ([0, 0, 0], [2, 0, 0])


def test_what_was_missed_counts_in_time(database: Database, clock: FakeClock, site: Site) -> None:
    seconds = Seconds()
    counts = WaitingCounts(database, 0, seconds)
    flagged(database, clock, 2)
    numbers = [counts.of(ALL_SITES)]
    with database.write() as connection:
        connection.execute(comments.update().values(status=Status.APPROVED))
    numbers.append(counts.of(ALL_SITES))

    seconds.now = KEPT

    assert [*numbers, counts.of(ALL_SITES)] == [2, 2, 0]
