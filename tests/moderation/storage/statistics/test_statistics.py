"""The numbers: counted from real decisions, compared with what a person counts by hand."""

from datetime import timedelta

import pytest

from moderation.accounts.moderators import ALL_SITES, AccessScope, Moderator
from moderation.comments import Status
from moderation.sites import Site
from moderation.statistics import Backlog, DailyStatistics, Ratio, StatisticsReport
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.review.audit_samples import AuditSamples
from moderation.storage.statistics.statistics import Statistics
from tests.support.clock import START, FakeClock
from tests.support.factories import settle
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.statistics import BAD, FIRST, SECOND, decide, decided_again


@pytest.fixture
def counting(database: Database) -> Statistics:
    return Statistics(database, ALL_SITES)


@pytest.fixture
def other(sites: Sites) -> Site:
    return sites.add(Site(0, "other", "Other", ()))


def test_nothing_is_nothing(counting: Statistics, site: Site) -> None:
    nothing = StatisticsReport((), Backlog(0, None), Ratio(0, 0), Ratio(0, 0), Ratio(0, 0))

    assert counting.between(FIRST, SECOND) == nothing
    assert nothing.overturned.value is None


def test_each_day_and_site_is_counted(
    database: Database,
    clock: FakeClock,
    counting: Statistics,
    site: Site,
    other: Site,
    anna: Moderator,
) -> None:
    add_scored(database, clock, GOOD)
    add_scored(database, clock, BAD)
    add_scored(database, clock, GOOD, site="other")
    doubtful = [add_scored(database, clock) for _ in range(3)]
    clock.advance(60)
    decide(database, clock, doubtful[0], Status.REJECTED, anna)
    clock.advance(12 * 3600)
    decide(database, clock, doubtful[1], Status.APPROVED, anna)

    statistics = counting.between(FIRST, SECOND)

    long = timedelta(seconds=60 + 12 * 3600)
    minute = timedelta(seconds=60)
    causes = (("a moderator", 1), ("spam", 1))
    assert statistics.days == (
        DailyStatistics(FIRST, "demo", 5, 1, 3, 2, causes, 1, by_policy=2, p50=minute, p90=minute),
        DailyStatistics(FIRST, "other", 1, 1, by_policy=1),
        DailyStatistics(SECOND, "demo", 0, 1, by_moderator=1, p50=long, p90=long),
    )
    assert statistics.reasons == list(causes)
    assert statistics.waiting == Backlog(1, START)
    assert counting.between(SECOND, SECOND).days == statistics.days[2:]
    assert counting.between(FIRST, SECOND, site="other").days == statistics.days[1:2]


def test_percentiles_are_of_the_nearest_rank(
    database: Database, clock: FakeClock, counting: Statistics, site: Site, anna: Moderator
) -> None:
    for comment in [add_scored(database, clock) for _ in range(10)]:
        clock.advance(1)
        decide(database, clock, comment, Status.APPROVED, anna)

    day = counting.between(FIRST, FIRST).days[0]

    assert (day.p50, day.p90) == (timedelta(seconds=5), timedelta(seconds=9))


def test_what_people_turned_over_is_counted_once(
    database: Database, clock: FakeClock, counting: Statistics, site: Site, anna: Moderator
) -> None:
    for _ in range(4):
        add_scored(database, clock, GOOD)
    decided_again(database, 1, Status.REJECTED, anna)
    decided_again(database, 2, Status.APPROVED, anna)

    assert counting.between(FIRST, SECOND).overturned == Ratio(1, 4)


def test_agreement_is_of_two_people_about_one_comment(
    database: Database, clock: FakeClock, counting: Statistics, site: Site, anna: Moderator
) -> None:
    bea = Moderators(database, clock).add("Bea")
    for _ in range(3):
        add_scored(database, clock, GOOD)
    for comment_id, annas, beas in (
        (1, Status.REJECTED, Status.REJECTED),
        (2, Status.REJECTED, Status.APPROVED),
    ):
        decided_again(database, comment_id, annas, anna)
        decided_again(database, comment_id, beas, bea)
    decided_again(database, 3, Status.REJECTED, anna)

    assert counting.between(FIRST, SECOND).agreement == Ratio(1, 2)


def test_the_sample_tells_how_often_people_agree_with_the_machine(
    database: Database, clock: FakeClock, counting: Statistics, site: Site, anna: Moderator
) -> None:
    comments = settle(database, clock, site, *[GOOD] * 3)
    samples = AuditSamples(database, clock, ALL_SITES)
    for comment, status in zip(
        comments, (Status.APPROVED, Status.REJECTED, Status.APPROVED), strict=True
    ):
        samples.review(comment.id, status, moderator_id=anna.id)

    assert counting.between(FIRST, SECOND).sampled == Ratio(2, 3)
    assert Statistics(database, AccessScope(frozenset())).between(FIRST, SECOND).sampled == Ratio(
        0, 0
    )


def test_only_what_is_within_reach_is_counted(
    database: Database, clock: FakeClock, site: Site, other: Site
) -> None:
    add_scored(database, clock)
    add_scored(database, clock, site="other")

    statistics = Statistics(database, AccessScope(frozenset({"other"}))).between(FIRST, SECOND)
    nothing = Statistics(database, AccessScope(frozenset())).between(FIRST, SECOND)

    assert [day.site for day in statistics.days] == ["other"]
    assert statistics.waiting.number == 1
    assert (nothing.days, nothing.waiting) == ((), Backlog(0, None))
