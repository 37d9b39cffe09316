"""Of search, threads, chart, reports, sample and bulks: nothing of another site, no viewer's."""

from collections.abc import Callable

import pytest

from moderation.accounts.moderators import ALL_SITES, AccessScope, Moderator, NotAllowed
from moderation.comments import Comment, CommentNotFound, DecisionConflict, Status
from moderation.review.notes import RejectReason
from moderation.review.reports import Reason, Report
from moderation.review.search_filter import Filter
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import ObservedComment, ObservedState
from moderation.storage.review.article_threads import PageNotFound, Threads
from moderation.storage.review.audit_samples import AuditSamples
from moderation.storage.review.reports import ReportedComments, Reports
from moderation.storage.review.score_histogram import ScoreHistogram
from moderation.storage.schema.decisions import decisions
from moderation.storage.search.bulk_decisions import BulkDecisions
from moderation.storage.search.bulk_records import BulkNotFound
from moderation.storage.search.search import Search
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import FakeClock
from tests.support.factories import settle
from tests.support.flagged_comments import GOOD, add_scored

DEMO = AccessScope(frozenset({"demo"}))
NOTHING = AccessScope(frozenset())
LOOKS = AccessScope(None, may_decide=False)
FLAGGED = Filter(status=Status.FLAGGED)


def bulks_of(database: Database, clock: FakeClock, scope: AccessScope) -> BulkDecisions:
    return BulkDecisions(
        database, clock, scope, Search(database, clock, scope), lambda _seconds: None
    )


@pytest.fixture
def other(site: Site, sites: Sites) -> Site:
    return sites.add(Site(0, "other", "Other", ()))


@pytest.fixture
def demo_comment(database: Database, clock: FakeClock, other: Site) -> Comment:
    return add_scored(database, clock)


@pytest.fixture
def other_comment(database: Database, clock: FakeClock, demo_comment: Comment) -> Comment:
    """A comment that waits on another site than demo, on a page of the same key."""
    return add_scored(database, clock, site="other")


@pytest.mark.parametrize(
    "search_filter",
    [
        Filter(),
        FLAGGED,
        Filter(text="argued"),
        Filter(text="argued", status=Status.FLAGGED),
        Filter(page="/a"),
        Filter(name="Ada", attribute="toxicity"),
        Filter(by="policy", newer=1),
    ],
)
def test_only_what_is_within_reach_is_found(
    database: Database,
    clock: FakeClock,
    demo_comment: Comment,
    other_comment: Comment,
    search_filter: Filter,
) -> None:
    comments = {
        scope: [
            card.comment
            for card in Search(database, clock, scope).newest(search_filter, limit=10).cards
        ]
        for scope in (ALL_SITES, DEMO, NOTHING)
    }

    assert comments == {ALL_SITES: [other_comment, demo_comment], DEMO: [demo_comment], NOTHING: []}


def test_no_way_leads_to_another_site(
    database: Database, clock: FakeClock, demo_comment: Comment, other_comment: Comment
) -> None:
    search = Search(database, clock, DEMO)

    assert search.newest(Filter(site="other"), limit=10).cards == []
    with pytest.raises(CommentNotFound):
        search.newest(Filter(), limit=10, after=other_comment.id)
    with pytest.raises(CommentNotFound):
        list(search.hits(Filter(), upto=other_comment.id))
    with pytest.raises(PageNotFound):
        Threads(database, DEMO).of_page(2, limit=10)
    with pytest.raises(CommentNotFound):
        Threads(database, DEMO).of_page(1, limit=10, after=other_comment.id)
    assert Threads(database, DEMO).of_page(1, limit=10).article.comments == 1


def test_the_chart_counts_only_what_is_within_reach(
    database: Database,
    clock: FakeClock,
    demo_comment: Comment,
    other_comment: Comment,
    anna: Moderator,
) -> None:
    done = bulks_of(database, clock, ALL_SITES)

    assert done.dry_run(FLAGGED, Status.REJECTED).number == 2
    waiting = {
        (scope, site): sum(ScoreHistogram(database, scope).waiting("toxicity", site).columns)
        for scope in (ALL_SITES, DEMO, NOTHING)
        for site in (None, "other")
    }
    assert list(waiting.values()) == [2, 1, 1, 0, 0, 0]


def test_reports_of_another_site_are_nobodys_to_decide(
    database: Database, clock: FakeClock, other: Site, anna: Moderator
) -> None:
    comment = add_scored(database, clock, GOOD, site="other")
    Reports(database, clock).add(comment.id, other, Report(Reason.SPAM), "reader")
    reported = ReportedComments(database, clock, DEMO)
    seen = ObservedComment(comment.id, ObservedState(Status.APPROVED, 2))

    assert (reported.number(), reported.open(10), reported.open(10, "other")) == (0, [], [])
    with pytest.raises(CommentNotFound):
        reported.decide(seen, Status.REJECTED, moderator_id=anna.id)
    assert ReportedComments(database, clock, ALL_SITES).number() == 1


def test_the_sample_of_another_site_is_nobodys_to_look_at(
    database: Database, clock: FakeClock, other: Site, anna: Moderator
) -> None:
    (comment,) = settle(database, clock, other, GOOD)
    samples = AuditSamples(database, clock, DEMO)

    assert (samples.number(), samples.oldest(10)) == (0, [])
    with pytest.raises(CommentNotFound):
        samples.review(comment.id, Status.APPROVED, moderator_id=anna.id)


def test_a_bulk_decides_and_is_seen_within_reach_only(
    database: Database,
    clock: FakeClock,
    demo_comment: Comment,
    other_comment: Comment,
    anna: Moderator,
) -> None:
    every, own = (bulks_of(database, clock, scope) for scope in (ALL_SITES, DEMO))

    mine = own.decide(FLAGGED, Status.REJECTED, upto=demo_comment.id, moderator_id=anna.id)
    alls = every.decide(FLAGGED, Status.REJECTED, upto=other_comment.id, moderator_id=anna.id)
    demos = every.decide(
        Filter(site="demo"), Status.APPROVED, upto=demo_comment.id, moderator_id=anna.id
    )

    assert [bulk.id for bulk in every.latest(10)] == [demos, alls, mine]
    assert [bulk.id for bulk in own.latest(10)] == [demos, mine]
    assert bulks_of(database, clock, NOTHING).latest(10) == []
    with pytest.raises(BulkNotFound):
        own.undo(alls, moderator_id=anna.id)
    with pytest.raises(CommentNotFound):
        own.decide(FLAGGED, Status.REJECTED, upto=other_comment.id, moderator_id=anna.id)
    assert Comments(database, clock).get(other_comment.id).status is Status.REJECTED


Act = Callable[[Database, FakeClock, Comment, int], object]


@pytest.mark.parametrize(
    "act",
    [
        lambda d, c, it, who: bulks_of(d, c, LOOKS).decide(
            FLAGGED, Status.REJECTED, upto=it.id, moderator_id=who
        ),
        lambda d, c, it, who: bulks_of(d, c, LOOKS).undo("any", moderator_id=who),
        lambda d, c, it, who: ReportedComments(d, c, LOOKS).decide(
            ObservedComment(it.id, ObservedState(it.status, it.version)),
            Status.REJECTED,
            moderator_id=who,
        ),
        lambda d, c, it, who: AuditSamples(d, c, LOOKS).review(
            it.id, Status.REJECTED, moderator_id=who
        ),
    ],
)
def test_who_only_looks_changes_nothing(
    database: Database, clock: FakeClock, demo_comment: Comment, anna: Moderator, act: Act
) -> None:
    rows = AuditLog(database).verify().rows

    with pytest.raises(NotAllowed):
        act(database, clock, demo_comment, anna.id)

    assert AuditLog(database).verify().rows == rows


def test_bulks_reports_and_sample_are_in_the_audit_log(
    database: Database, clock: FakeClock, site: Site, other: Site, anna: Moderator
) -> None:
    (sampled,) = settle(database, clock, site, GOOD)
    waiting = [add_scored(database, clock) for _ in range(2)]
    bulks = bulks_of(database, clock, ALL_SITES)
    complained = add_scored(database, clock, GOOD)
    Reports(database, clock).add(complained.id, site, Report(Reason.SPAM), "reader")
    ReportedComments(database, clock, ALL_SITES).decide(
        ObservedComment(complained.id, ObservedState(Status.APPROVED, 2)),
        Status.REJECTED,
        moderator_id=anna.id,
        reason=RejectReason.SPAM,
    )
    AuditSamples(database, clock, ALL_SITES).review(
        sampled.id, Status.REJECTED, moderator_id=anna.id
    )
    done = bulks.decide(FLAGGED, Status.APPROVED, upto=waiting[1].id, moderator_id=anna.id)
    bulks.undo(done, moderator_id=anna.id)

    newest = AuditLog(database).newest(7)[::-1]
    assert [(row.action, row.subject, row.after) for row in newest[:3]] == [
        ("reports_closed", f"comment {complained.id}", '{"closed":1}'),
        (
            "comment_decided",
            f"comment {complained.id}",
            '{"reason":"spam","status":"rejected","version":3}',
        ),
        ("sample_reviewed", f"comment {sampled.id}", '{"status":"rejected"}'),
    ]
    assert {row.subject for row in newest[3:]} == {f"comment {comment.id}" for comment in waiting}
    assert [row.after for row in newest[3:]] == [
        *[f'{{"bulk":"{done}","status":"approved","version":3}}'] * 2,
        *[f'{{"bulk":"{done}","reason":"reopened","status":"flagged","version":4}}'] * 2,
    ]
    assert AuditLog(database).verify().rows > 7


def test_what_a_bulk_puts_back_stands_in_the_queue_where_it_stood(
    database: Database, clock: FakeClock, demo_comment: Comment, anna: Moderator
) -> None:
    bulks = bulks_of(database, clock, ALL_SITES)
    done = bulks.decide(
        FLAGGED,
        Status.REJECTED,
        upto=demo_comment.id,
        moderator_id=anna.id,
        reason=RejectReason.HATE,
    )
    bulks.undo(done, moderator_id=anna.id)

    with database.read() as connection:
        rows = connection.execute(decisions.select().order_by(decisions.c.id)).all()
    assert [[reason["rule"] for reason in row.reasons] for row in rows] == [
        ["toxicity"],
        ["hate"],
        ["reopened"],
    ]
    with pytest.raises(DecisionConflict):
        ReportedComments(database, clock, ALL_SITES).decide(
            ObservedComment(demo_comment.id, ObservedState(Status.FLAGGED, 2)),
            Status.REJECTED,
            moderator_id=anna.id,
        )
