"""Days that are over: counted once, and the same as if they were counted anew."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from moderation.accounts.moderators import ALL_SITES, AccessScope, Moderator
from moderation.comments import Status
from moderation.sites import Site
from moderation.statistics import StatisticsReport
from moderation.storage.comments.comments import find_comment
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.erasures import Erasures
from moderation.storage.decisions.moderator_decisions import ReviewStatus
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.schema.comments import comments
from moderation.storage.schema.sites import daily_rollups
from moderation.storage.statistics.daily_counts import number_of
from moderation.storage.statistics.daily_rollups import STALE_FOR, DailyRollups, last_rolled_up
from moderation.storage.statistics.statistics import Statistics
from tests.support.clock import FakeClock
from tests.support.concurrency import together
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.statistics import BAD, FIRST, SECOND, decide

HOUR = 3600
DAY = 24 * HOUR


@pytest.fixture
def two_days(
    database: Database, clock: FakeClock, site: Site, sites: Sites, anna: Moderator
) -> None:
    """Of everything something on two sites, and then midnight after the second day."""
    sites.add(Site(0, "other", "Other", ()))
    for decision in (GOOD, BAD):
        add_scored(database, clock, decision)
        add_scored(database, clock, decision, site="other")
    doubtful = [add_scored(database, clock) for _ in range(4)]
    statuses: tuple[ReviewStatus, ...] = (Status.APPROVED, Status.REJECTED, Status.APPROVED)
    for comment, status in zip(doubtful, statuses, strict=False):
        clock.advance(7 * HOUR)
        decide(database, clock, comment, status, anna)
    clock.advance(15 * HOUR)


def numbers(
    database: Database, last: date = SECOND, scope: AccessScope = ALL_SITES
) -> StatisticsReport:
    return Statistics(database, scope).between(FIRST, last)


def kept(database: Database) -> date | None:
    with database.read() as connection:
        return last_rolled_up(connection)


@pytest.mark.usefixtures("two_days")
def test_a_kept_day_is_what_was_counted(database: Database, clock: FakeClock) -> None:
    scope = AccessScope(frozenset({"other"}))
    counted, counted_there = numbers(database), numbers(database, scope=scope)
    clock.advance(HOUR)

    for _ in range(2):
        DailyRollups(database, clock).roll_up()

    assert kept(database) == FIRST
    assert numbers(database) == counted
    assert numbers(database, scope=scope) == counted_there
    assert [(day.day, day.site) for day in counted.days] == [(FIRST, "demo"), (FIRST, "other")]
    assert Statistics(database, ALL_SITES).between(SECOND, SECOND).days == ()


@pytest.mark.usefixtures("two_days")
def test_a_kept_day_is_not_counted_again(database: Database, clock: FakeClock) -> None:
    clock.advance(HOUR)
    DailyRollups(database, clock).roll_up()
    with database.write() as connection:
        connection.execute(daily_rollups.update().values(submitted=77))

    assert [day.submitted for day in numbers(database).days] == [77, 77]


def test_a_day_is_kept_an_hour_after_its_end(
    database: Database, clock: FakeClock, site: Site
) -> None:
    add_scored(database, clock, GOOD)
    clock.advance(13 * HOUR - 1)
    DailyRollups(database, clock).roll_up()
    before = kept(database)
    clock.advance(1)
    DailyRollups(database, clock).roll_up()

    assert (before, kept(database)) == (None, FIRST)


@pytest.mark.usefixtures("two_days")
def test_a_clock_that_is_ahead_keeps_no_day_early(database: Database, clock: FakeClock) -> None:
    today = datetime.now(UTC)
    clock.now = today
    add_scored(database, clock, GOOD)
    clock.now = today + timedelta(days=9)

    while DailyRollups(database, clock).roll_up():
        pass

    assert kept(database) == FIRST


@pytest.mark.usefixtures("two_days")
def test_days_that_a_wrong_clock_has_kept_are_counted_again(
    database: Database, clock: FakeClock
) -> None:
    clock.advance(HOUR)
    rollups = DailyRollups(database, clock)
    rollups.roll_up()
    later = number_of(datetime.now(UTC).date() + timedelta(days=9))
    with database.write() as connection:
        connection.execute(daily_rollups.update().values(day=later))

    assert [rollups.has_missing(), rollups.roll_up(), rollups.has_missing()] == [True, True, False]
    assert kept(database) == FIRST


@pytest.mark.usefixtures("two_days")
def test_what_is_decided_later_changes_the_day_of_its_comment(
    database: Database, clock: FakeClock, anna: Moderator
) -> None:
    clock.advance(HOUR)
    rollups = DailyRollups(database, clock)
    rollups.roll_up()
    with database.read() as connection:
        approved = select(comments.c.public_id).where(comments.c.id == 1)
        comment = find_comment(connection, connection.execute(approved).scalar_one())
    decide(database, clock, comment, Status.REJECTED, anna)

    at_once = numbers(database).days[0]
    early = rollups.has_missing()
    clock.advance(STALE_FOR.total_seconds())
    late = [rollups.has_missing(), rollups.roll_up(), rollups.has_missing()]

    assert (at_once.rejected, at_once.overturned) == (3, 1)
    assert (early, late) == (False, [True, True, False])
    assert numbers(database).days[0] == at_once


@pytest.mark.usefixtures("two_days")
def test_what_is_decided_while_a_day_is_counted_is_not_lost(
    database: Database, clock: FakeClock, anna: Moderator
) -> None:
    clock.advance(HOUR)
    waiting = ReviewQueue(database, clock, ALL_SITES).first(9)

    def roll_up() -> bool:
        return DailyRollups(database, clock).roll_up()

    def approve() -> bool:
        decide(database, clock, waiting[0].comment, Status.APPROVED, anna)
        return True

    assert together(roll_up, approve) == [True, True]

    clock.advance(STALE_FOR.total_seconds())
    while DailyRollups(database, clock).roll_up():
        pass
    assert sum(day.waiting for day in numbers(database).days) == 0


def test_quiet_years_are_stepped_over(
    database: Database, clock: FakeClock, site: Site, anna: Moderator
) -> None:
    clock.advance(-500 * DAY)  # so that the last day is over by the database's clock too
    add_scored(database, clock, GOOD)
    clock.advance(400 * DAY)
    add_scored(database, clock, GOOD)
    clock.advance(2 * DAY)
    finished = DailyRollups(database, clock)

    left = [finished.has_missing(), finished.roll_up()]
    first = kept(database)
    left += [finished.has_missing(), finished.roll_up(), finished.has_missing(), finished.roll_up()]

    assert left == [True, True, True, True, False, False]
    assert (first, kept(database)) == (FIRST - timedelta(days=500), FIRST - timedelta(days=100))


def test_nothing_is_kept_of_nothing(database: Database, clock: FakeClock) -> None:
    DailyRollups(database, clock).roll_up()

    assert kept(database) is None


def test_an_erased_comment_still_counts_on_its_day(
    database: Database, clock: FakeClock, site: Site
) -> None:
    comment = add_scored(database, clock, GOOD)
    Erasures(database, clock).by_author(comment.id)

    statistics = numbers(database)

    assert [(day.submitted, day.approved) for day in statistics.days] == [(1, 1)]
