"""The number of what waits is right at any moment, whether it was counted or kept."""

import pytest

from moderation.accounts.moderators import ALL_SITES, AccessScope, Moderator
from moderation.clock import Clock
from moderation.comments import Comment, Status
from moderation.sites import Site
from moderation.statistics import SectionCounts
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import ReviewStatus
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.review.queue_counts import FEW, KEPT, WaitingCounts
from moderation.storage.schema.comments import comments
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, LIKELY, add_scored, as_seen


class Seconds:
    """Time that stands still until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(params=[0, FEW], ids=["kept", "counted"])
def counts(request: pytest.FixtureRequest, database: Database) -> WaitingCounts:
    """Of a queue that counts as long, and of one that does not."""
    return WaitingCounts(database, request.param, Seconds())


def totals(counts: WaitingCounts, *asked: tuple[AccessScope, str | None]) -> list[int]:
    return [counts.of(scope, site).total for scope, site in asked]


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
    numbers = [counts.of(ALL_SITES).total]
    statuses: tuple[ReviewStatus, ...] = (Status.APPROVED, Status.REJECTED)

    for comment, status in zip((first, second), statuses, strict=True):
        queue.decide(as_seen(comment), status, moderator_id=anna.id)
        numbers.append(counts.of(ALL_SITES).total)

    assert numbers == [3, 2, 1]


def test_what_is_flagged_or_taken_back_waits(
    database: Database,
    clock: FakeClock,
    site: Site,
    queue: ReviewQueue,
    anna: Moderator,
    counts: WaitingCounts,
) -> None:
    numbers = [counts.of(ALL_SITES).total]

    approved = add_scored(database, clock, GOOD)
    numbers.append(counts.of(ALL_SITES).total)
    queue.decide(as_seen(approved), Status.FLAGGED, moderator_id=anna.id)
    numbers.append(counts.of(ALL_SITES).total)
    flagged(database, clock, 2)

    assert [*numbers, counts.of(ALL_SITES).total] == [0, 0, 1, 3]


def test_each_reach_and_site_has_its_own(
    database: Database, clock: FakeClock, site: Site, counts: WaitingCounts
) -> None:
    nobody = AccessScope(frozenset())
    before = totals(counts, (ALL_SITES, site.name), (ALL_SITES, "none"), (nobody, None))

    flagged(database, clock, 2)

    after = totals(counts, (ALL_SITES, site.name), (ALL_SITES, "none"), (nobody, None))
    assert (before, after) == ([0, 0, 0], [2, 0, 0])


def test_what_was_missed_counts_in_time(database: Database, clock: FakeClock, site: Site) -> None:
    seconds = Seconds()
    counts = WaitingCounts(database, 0, seconds)
    flagged(database, clock, 2)
    numbers = [counts.of(ALL_SITES).total]
    with database.write() as connection:
        connection.execute(comments.update().values(status=Status.APPROVED))
    numbers.append(counts.of(ALL_SITES).total)

    seconds.now = KEPT

    assert [*numbers, counts.of(ALL_SITES).total] == [2, 2, 0]


def test_each_section_has_its_own_number(
    database: Database,
    clock: FakeClock,
    site: Site,
    queue: ReviewQueue,
    anna: Moderator,
    counts: WaitingCounts,
) -> None:
    likely = [add_scored(database, clock, LIKELY) for _ in range(3)]
    flagged(database, clock, 1)
    numbers = [counts.of(ALL_SITES)]

    queue.decide(as_seen(likely[0]), Status.REJECTED, moderator_id=anna.id)
    add_scored(database, clock, LIKELY)
    add_scored(database, clock)

    assert [*numbers, counts.of(ALL_SITES)] == [SectionCounts(1, 3), SectionCounts(2, 3)]
