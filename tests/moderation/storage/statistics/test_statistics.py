"""The numbers: counted from real decisions, compared with what a person counts by hand."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from moderation.accounts.moderators import ALL_SITES, AccessScope, Moderator
from moderation.comments import Comment, Status
from moderation.review.notes import RejectReason
from moderation.review.search_filter import Filter
from moderation.sites import Site
from moderation.statistics import Backlog, DailyStatistics, Ratio, ReasonCount, StatisticsReport
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import ReviewStatus
from moderation.storage.review.audit_samples import AuditSamples
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.search.bulk_decisions import BulkDecisions
from moderation.storage.search.search import Search
from moderation.storage.statistics.daily_rollups import DailyRollups
from moderation.storage.statistics.statistics import Statistics
from tests.support.clock import START, FakeClock
from tests.support.factories import settle
from tests.support.flagged_comments import DOUBTFUL, GOOD, add_scored, as_seen
from tests.support.statistics import BAD, FIRST, SECOND, decide, decided_again

REVIEWED: tuple[ReviewStatus, ...] = (Status.APPROVED, Status.REJECTED, Status.FLAGGED)


@pytest.fixture
def counting(database: Database) -> Statistics:
    return Statistics(database, ALL_SITES)


@pytest.fixture
def other(sites: Sites) -> Site:
    return sites.add(Site(0, "other", "Other", ()))


def test_nothing_is_nothing(counting: Statistics, site: Site) -> None:
    nothing = StatisticsReport((), Backlog(0, None), Ratio(0, 0), Ratio(0, 0))

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
    causes = (("moderator", "no reason", 1), ("policy", "spam", 1))
    demo = DailyStatistics(FIRST, "demo", 5, 2, 2, 1, 2, 2, 0, causes, minute, long)
    other_day = DailyStatistics(FIRST, "other", 1, 1, by_policy=1)
    assert statistics.days == (demo, other_day)
    assert statistics.reasons == [ReasonCount(*cause[:2], {"demo": 1}) for cause in causes]
    assert statistics.waiting == Backlog(1, START)
    assert counting.between(SECOND, SECOND).days == ()
    assert counting.between(FIRST, SECOND, site="other").days == (other_day,)


def test_what_a_bulk_did_and_undid_counts_nowhere(
    database: Database, clock: FakeClock, counting: Statistics, site: Site, anna: Moderator
) -> None:
    for decision in (GOOD, GOOD, GOOD, BAD):
        add_scored(database, clock, decision)
    add_scored(database, clock)
    before = counting.between(FIRST, SECOND)
    search = Search(database, clock, ALL_SITES)
    bulks = BulkDecisions(database, clock, ALL_SITES, search, lambda _seconds: None)
    for status in (Status.REJECTED, Status.APPROVED):
        upto = bulks.dry_run(Filter(), status).upto or ""
        bulk = bulks.decide(Filter(), status, upto=upto, moderator_id=anna.id)
        assert counting.between(FIRST, SECOND) != before
        bulks.undo(bulk, moderator_id=anna.id)

        assert counting.between(FIRST, SECOND) == before


def test_what_was_put_back_and_decided_again_is_the_moderators(
    database: Database, clock: FakeClock, counting: Statistics, site: Site, anna: Moderator
) -> None:
    comment, comments = add_scored(database, clock), Comments(database, clock)
    for status in (Status.APPROVED, Status.FLAGGED, Status.APPROVED):
        decide(database, clock, comments.get(comment.id), status, anna)

    (day,) = counting.between(FIRST, SECOND).days

    assert (day.submitted, day.approved, day.by_moderator) == (1, 1, 1)


@pytest.mark.parametrize("seed", range(5))
def test_every_row_and_the_totals_add_up_after_any_decisions(
    database: Database,
    clock: FakeClock,
    counting: Statistics,
    site: Site,
    other: Site,
    anna: Moderator,
    seed: int,
) -> None:
    chance, comments = random.Random(seed), Comments(database, clock)  # noqa: S311 nothing secret
    ids = []
    for _ in range(30):
        decision = chance.choice((GOOD, BAD, DOUBTFUL))
        ids.append(add_scored(database, clock, decision, site=chance.choice(("demo", "other"))).id)
        comment = comments.get(chance.choice(ids))
        status = chance.choice(REVIEWED)
        if comment.status is not status:
            decide(database, clock, comment, status, anna)
        clock.advance(4 * 3600)
        if chance.random() < 0.2:
            DailyRollups(database, clock).roll_up()

    report = counting.between(FIRST, FIRST + timedelta(days=9))

    for day in report.days:
        assert day.submitted == day.approved + day.rejected + day.waiting
        assert sum(number for _, _, number in day.reasons) == day.rejected
    assert report.total("submitted") == 30
    statuses = Counter(comments.get(comment_id).status for comment_id in ids)
    assert report.total("approved") == statuses[Status.APPROVED]
    assert report.total("rejected") == statuses[Status.REJECTED]
    assert report.total("waiting") == statuses[Status.FLAGGED]


def test_moderators_reasons_are_counted_apart_and_by_site(
    database: Database,
    clock: FakeClock,
    counting: Statistics,
    site: Site,
    other: Site,
    anna: Moderator,
) -> None:
    queue = ReviewQueue(database, clock, ALL_SITES)
    for name, reason in (
        ("demo", RejectReason.HATE),
        ("other", RejectReason.HATE),
        ("demo", RejectReason.SPAM),
    ):
        comment = add_scored(database, clock, site=name)
        queue.decide(as_seen(comment), Status.REJECTED, moderator_id=anna.id, reason=reason)
    add_scored(database, clock, BAD)

    assert counting.between(FIRST, SECOND).reasons == [
        ReasonCount("moderator", "hate", {"demo": 1, "other": 1}),
        ReasonCount("moderator", "spam", {"demo": 1}),
        ReasonCount("policy", "spam", {"demo": 1}),
    ]


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
    comments = Comments(database, clock)
    first, second, third, _ = (add_scored(database, clock, GOOD) for _ in range(4))
    made: tuple[tuple[Comment, tuple[ReviewStatus, ...]], ...] = (
        (first, (Status.REJECTED,)),
        (second, (Status.REJECTED, Status.APPROVED)),
        (third, (Status.FLAGGED,)),
    )
    for comment, statuses in made:
        for status in statuses:
            decide(database, clock, comments.get(comment.id), status, anna)

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


def test_a_decision_that_was_taken_back_agrees_with_nobody(
    database: Database, clock: FakeClock, counting: Statistics, site: Site, anna: Moderator
) -> None:
    bea, comments = Moderators(database, clock).add("Bea"), Comments(database, clock)
    undone, both = add_scored(database, clock, GOOD), add_scored(database, clock, GOOD)
    made: tuple[tuple[Comment, ReviewStatus, Moderator], ...] = (
        (undone, Status.REJECTED, anna),
        (undone, Status.APPROVED, anna),
        (undone, Status.REJECTED, bea),
        (both, Status.REJECTED, anna),
        (both, Status.APPROVED, bea),
    )
    for comment, status, who in made:
        decide(database, clock, comments.get(comment.id), status, who)

    assert counting.between(FIRST, SECOND).agreement == Ratio(0, 1)


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
