"""Deciding all that a filter finds, and undoing it."""

from collections import Counter

import pytest
from sqlalchemy import event, func, select

from moderation.accounts.moderators import ALL_SITES, Moderator
from moderation.comments import Comment, Status
from moderation.policy import Decision
from moderation.review.search_filter import Filter
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.pages import Pages
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import ObservedComment, ObservedState
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.schema.comments import comments as table
from moderation.storage.schema.decisions import decisions
from moderation.storage.search import bulk_decisions as module
from moderation.storage.search.bulk_decisions import BulkDecisions, BulkStatus
from moderation.storage.search.bulk_records import BulkNotFound
from moderation.storage.search.search import Search
from tests.support.clock import FakeClock
from tests.support.concurrency import together
from tests.support.flagged_comments import GOOD, add_scored

FLAGGED = Filter(status=Status.FLAGGED)
REJECTED = Decision(Status.REJECTED)


@pytest.fixture
def bulks(database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> BulkDecisions:
    """With two comments a transaction."""
    monkeypatch.setattr(module, "_AT_ONCE", 2)
    return BulkDecisions(
        database,
        clock,
        ALL_SITES,
        Search(database, clock, ALL_SITES, window=3),
        sleep=lambda _seconds: None,
    )


def statuses(database: Database) -> Counter[str]:
    query = select(table.c.status, func.count()).group_by(table.c.status)
    with database.read() as connection:
        return Counter({row[0]: row[1] for row in connection.execute(query)})


def decide(bulks: BulkDecisions, search_filter: Filter, status: BulkStatus, anna: Moderator) -> str:
    run = bulks.dry_run(search_filter, status)
    assert run.upto
    return bulks.decide(search_filter, status, upto=run.upto, moderator_id=anna.id)


def test_a_dry_run_counts_and_changes_nothing(
    database: Database, clock: FakeClock, site: Site, bulks: BulkDecisions
) -> None:
    waiting = [add_scored(database, clock) for _ in range(7)]
    add_scored(database, clock, GOOD)

    run = bulks.dry_run(FLAGGED, Status.REJECTED)

    assert (run.number, run.more, run.upto) == (7, False, waiting[-1].id)
    assert [card.comment for card in run.sample] == waiting[::-1]
    assert statuses(database) == {"flagged": 7, "approved": 1}


def test_all_become_what_was_asked_with_a_decision_each(
    database: Database, clock: FakeClock, site: Site, bulks: BulkDecisions, anna: Moderator
) -> None:
    for page in ("/a", "/b", "/a", "/b", "/a"):
        add_scored(database, clock, page=page)
    add_scored(database, clock, REJECTED)

    bulk = bulks.get(decide(bulks, FLAGGED, Status.APPROVED, anna))

    assert (bulk.decided, bulk.standing, bulk.ended, bulk.undone) == (5, 5, True, False)
    assert (bulk.moderator, bulk.filter, bulk.status) == ("Anna", FLAGGED, Status.APPROVED)
    assert statuses(database) == {"approved": 5, "rejected": 1}
    assert Pages(database).counts(site, ["/a", "/b"]) == {"/a": 3, "/b": 2}
    query = select(func.count()).where(decisions.c.bulk_id.is_not(None), decisions.c.version == 3)
    with database.read() as connection:
        assert connection.execute(query).scalar() == 5


def test_only_what_can_become_so_is_decided(
    database: Database, clock: FakeClock, pending: Comment, bulks: BulkDecisions
) -> None:
    add_scored(database, clock, GOOD)
    add_scored(database, clock, REJECTED)
    add_scored(database, clock)

    approve, reject = (
        bulks.dry_run(Filter(), status) for status in (Status.APPROVED, Status.REJECTED)
    )

    # `pending` was claimed with the first: what is still pending is a worker's.
    assert {card.comment.status for card in approve.sample} == {Status.REJECTED, Status.FLAGGED}
    assert {card.comment.status for card in reject.sample} == {Status.APPROVED, Status.FLAGGED}


def test_what_came_after_the_dry_run_is_not_decided(
    database: Database, clock: FakeClock, site: Site, bulks: BulkDecisions, anna: Moderator
) -> None:
    add_scored(database, clock)
    run = bulks.dry_run(FLAGGED, Status.REJECTED)
    later = add_scored(database, clock)

    bulks.decide(FLAGGED, Status.REJECTED, upto=run.upto or "", moderator_id=anna.id)

    assert Comments(database, clock).get(later.id) == later
    assert statuses(database) == {"rejected": 1, "flagged": 1}


def test_no_more_than_allowed_at_once(
    database: Database,
    clock: FakeClock,
    site: Site,
    bulks: BulkDecisions,
    anna: Moderator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MAX", 3)
    for _ in range(5):
        add_scored(database, clock)

    run = bulks.dry_run(FLAGGED, Status.REJECTED)
    decide(bulks, FLAGGED, Status.REJECTED, anna)

    assert (run.number, run.more) == (3, True)
    assert statuses(database) == {"rejected": 3, "flagged": 2}


def test_undoing_gives_back_what_each_was(
    database: Database, clock: FakeClock, site: Site, bulks: BulkDecisions, anna: Moderator
) -> None:
    for decision in (GOOD, GOOD, GOOD):
        add_scored(database, clock, decision)
    for _ in range(3):
        add_scored(database, clock)
    done = decide(bulks, Filter(), Status.REJECTED, anna)
    assert Pages(database).counts(site, ["/a"]) == {"/a": 0}

    bulks.undo(done, moderator_id=anna.id)

    bulk = bulks.get(done)
    assert (bulk.decided, bulk.standing, bulk.undone) == (6, 0, True)
    assert statuses(database) == {"approved": 3, "flagged": 3}
    assert Pages(database).counts(site, ["/a"]) == {"/a": 3}


def test_undoing_leaves_what_somebody_decided_since(
    database: Database, clock: FakeClock, site: Site, bulks: BulkDecisions, anna: Moderator
) -> None:
    comment, _other = add_scored(database, clock), add_scored(database, clock)
    done = decide(bulks, FLAGGED, Status.REJECTED, anna)
    basis = ObservedState(Status.REJECTED, 3)
    ReviewQueue(database, clock, ALL_SITES).decide(
        ObservedComment(comment.id, basis), Status.APPROVED, moderator_id=anna.id
    )
    assert bulks.get(done).standing == 1

    bulks.undo(done, moderator_id=anna.id)

    assert Comments(database, clock).get(comment.id).status is Status.APPROVED
    assert statuses(database) == {"approved": 1, "flagged": 1}


def test_the_latest_are_counted_together(
    database: Database, clock: FakeClock, site: Site, bulks: BulkDecisions, anna: Moderator
) -> None:
    for number in (1, 2, 3):
        for _ in range(number):
            add_scored(database, clock)
        decide(bulks, FLAGGED, Status.APPROVED, anna)
    bulks.decide(
        FLAGGED, Status.REJECTED, upto=add_scored(database, clock, GOOD).id, moderator_id=1
    )
    undone = bulks.latest(3)[1]
    bulks.undo(undone.id, moderator_id=anna.id)
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))

    newest = bulks.latest(3)

    assert [(bulk.decided, bulk.standing) for bulk in newest] == [(0, 0), (3, 0), (2, 2)]
    assert len([statement for statement in statements if statement.startswith("SELECT")]) == 2


def test_opposite_bulks_at_once_decide_each_comment_once(
    database: Database, clock: FakeClock, site: Site, bulks: BulkDecisions, anna: Moderator
) -> None:
    upto = [add_scored(database, clock, page=f"/{number % 3}") for number in range(12)][-1].id

    together(
        lambda: bulks.decide(FLAGGED, Status.APPROVED, upto=upto, moderator_id=anna.id),
        lambda: bulks.decide(FLAGGED, Status.REJECTED, upto=upto, moderator_id=anna.id),
    )

    numbers = statuses(database)
    assert numbers["approved"] + numbers["rejected"] == 12
    counts = Pages(database).counts(site, ["/0", "/1", "/2"])
    assert sum(counts.values()) == numbers["approved"]
    assert sum(bulk.decided for bulk in bulks.latest(10)) == 12


def test_a_bulk_that_is_not_cannot_be_undone(bulks: BulkDecisions, anna: Moderator) -> None:
    with pytest.raises(BulkNotFound):
        bulks.undo("no-such", moderator_id=anna.id)
