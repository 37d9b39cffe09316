"""Days that are over: counted once, and the same as if they were counted anew."""

from datetime import date, timedelta

import pytest

from moderation.accounts.moderators import ALL_SITES, AccessScope, Moderator
from moderation.comments import Status
from moderation.sites import Site
from moderation.statistics import Ratio, StatisticsReport
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import ReviewStatus
from moderation.storage.schema.comments import comments
from moderation.storage.schema.sites import daily_rollups
from moderation.storage.statistics.daily_rollups import DailyRollups, last_rolled_up
from moderation.storage.statistics.statistics import Statistics
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.statistics import BAD, FIRST, SECOND, decide, decided_again

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

    assert kept(database) == SECOND
    assert numbers(database) == counted
    assert numbers(database, scope=scope) == counted_there
    assert len(counted.days) == 3
    assert Statistics(database, ALL_SITES).between(SECOND, SECOND).days == counted.days[2:]


@pytest.mark.usefixtures("two_days")
def test_a_kept_day_is_not_counted_again(database: Database, clock: FakeClock) -> None:
    clock.advance(HOUR)
    DailyRollups(database, clock).roll_up()
    with database.write() as connection:
        connection.execute(daily_rollups.update().values(submitted=77))

    assert [day.submitted for day in numbers(database).days] == [77, 77, 77]


@pytest.mark.usefixtures("two_days")
def test_a_day_is_kept_an_hour_after_its_end(database: Database, clock: FakeClock) -> None:
    clock.advance(HOUR - 1)
    DailyRollups(database, clock).roll_up()
    before = kept(database)
    clock.advance(1)
    DailyRollups(database, clock).roll_up()

    assert (before, kept(database)) == (FIRST, SECOND)


@pytest.mark.usefixtures("two_days")
def test_what_is_decided_later_counts_on_its_own_day_and_against_the_machine(
    database: Database, clock: FakeClock, anna: Moderator
) -> None:
    clock.advance(HOUR)
    DailyRollups(database, clock).roll_up()
    days = numbers(database).days

    bea = Moderators(database, clock).add("Bea")
    decided_again(database, 1, Status.REJECTED, anna, when=clock.now)
    decided_again(database, 1, Status.REJECTED, bea, when=clock.now)
    statistics = numbers(database, clock.now.date())

    assert statistics.days[:3] == days
    assert [(day.day, day.rejected) for day in statistics.days[3:]] == [(clock.now.date(), 2)]
    assert statistics.overturned == Ratio(1, 4)
    assert statistics.agreement == Ratio(1, 1)


def test_quiet_years_are_stepped_over(
    database: Database, clock: FakeClock, site: Site, anna: Moderator
) -> None:
    add_scored(database, clock, GOOD)
    clock.advance(400 * DAY)
    add_scored(database, clock, GOOD)
    clock.advance(2 * DAY)
    finished = DailyRollups(database, clock)

    left = [finished.has_missing(), finished.roll_up()]
    first = kept(database)
    left += [finished.has_missing(), finished.roll_up(), finished.has_missing(), finished.roll_up()]

    assert left == [True, True, True, True, False, False]
    assert (first, kept(database)) == (FIRST, FIRST + timedelta(days=400))


def test_nothing_is_kept_of_nothing(database: Database, clock: FakeClock) -> None:
    DailyRollups(database, clock).roll_up()

    assert kept(database) is None


def test_an_erased_comment_still_counts_on_its_days(
    database: Database, clock: FakeClock, site: Site
) -> None:
    add_scored(database, clock, GOOD)
    with database.write() as connection:
        connection.execute(comments.update().values(status=Status.REJECTED, name="", text=""))

    statistics = numbers(database)

    assert [(day.submitted, day.approved) for day in statistics.days] == [(1, 1)]
