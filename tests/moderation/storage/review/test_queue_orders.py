"""The orders of the queue, page by page, and what came since somebody looked."""

from itertools import pairwise

import pytest
from sqlalchemy import event

from moderation.accounts.moderators import ALL_SITES, Moderator
from moderation.comments import Comment, CommentNotFound, QueueSection, Status
from moderation.sites import Site
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import ObservedComment, ObservedState
from moderation.storage.review import queue_updates as module
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.review.queue_orders import QueueOrder
from moderation.storage.review.queue_updates import QueueUpdates
from tests.support.clock import FakeClock
from tests.support.flagged_comments import (
    DOUBTFUL,
    GOOD,
    LIKELY,
    SCORES,
    add_scored,
    as_seen,
    flagged_for,
)

ORDERS = {
    QueueOrder.OLDEST: ["a", "b", "c", "d"],
    QueueOrder.SCORE: ["b", "d", "a", "c"],
    QueueOrder.UNCERTAINTY: ["c", "a", "d", "b"],
    QueueOrder.PAGE: ["a", "c", "b", "d"],
}


@pytest.fixture
def four(database: Database, clock: FakeClock, site: Site) -> list[Comment]:
    """Toxic by half, spam almost surely, not scored, and toxic."""
    half, spam = ({**SCORES, "toxicity": toxicity} for toxicity in (0.55, 0.2))
    return [
        add_scored(database, clock, DOUBTFUL, half, name="a", page="/1"),
        add_scored(database, clock, DOUBTFUL, {**spam, "spam": 0.95}, name="b", page="/2"),
        add_scored(database, clock, flagged_for("no_model"), None, name="c", page="/1"),
        add_scored(database, clock, name="d", page="/2"),
    ]


@pytest.mark.parametrize("order", QueueOrder)
def test_each_order_is_kept_and_followed_page_by_page(
    queue: ReviewQueue, four: list[Comment], order: QueueOrder
) -> None:
    shown = [card.comment for card in queue.first(10, order)]

    assert [comment.name for comment in shown] == ORDERS[order]
    for before, following in pairwise(shown):
        assert queue.first(1, order, after=before.id)[0].comment == following
    assert queue.first(1, order, after=shown[-1].id) == []


@pytest.mark.parametrize("order", QueueOrder)
def test_nothing_follows_what_is_no_comment(queue: ReviewQueue, order: QueueOrder) -> None:
    with pytest.raises(CommentNotFound):
        queue.first(1, order, after="no-such-comment")


@pytest.mark.parametrize("order", QueueOrder)
def test_each_order_is_of_one_site_where_asked(
    database: Database,
    clock: FakeClock,
    sites: Sites,
    queue: ReviewQueue,
    four: list[Comment],
    order: QueueOrder,
) -> None:
    sites.add(Site(0, "post", "Post", ("https://post.example",)))
    theirs = add_scored(database, clock, site="post")

    assert [card.comment for card in queue.first(10, order, site="post")] == [theirs]
    assert len(queue.first(10, order)) == 5


def test_what_comes_back_stands_where_it_stood(
    queue: ReviewQueue, four: list[Comment], anna: Moderator
) -> None:
    queue.decide(as_seen(four[1]), Status.APPROVED, moderator_id=anna.id)
    queue.decide(
        ObservedComment(four[1].id, ObservedState(Status.APPROVED, 3)),
        Status.FLAGGED,
        moderator_id=anna.id,
    )

    assert [card.comment.name for card in queue.first(10, QueueOrder.SCORE)] == ["b", "d", "a", "c"]


PLANS = [
    *((order, section) for section in QueueSection for order in QueueOrder),
    (QueueOrder.OLDEST, None),
]


@pytest.mark.parametrize(("order", "section"), PLANS)
@pytest.mark.parametrize("of", [None, "demo"])
def test_each_order_is_read_along_an_index(
    database: Database,
    queue: ReviewQueue,
    flagged: Comment,
    order: QueueOrder,
    section: QueueSection | None,
    of: str | None,
) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by the rows it has, and here it has one")
    statements: list[tuple[str, tuple[object, ...]]] = []
    event.listen(database.engine, "before_cursor_execute", lambda *a: statements.append(a[2:4]))

    queue.first(20, order, site=of, section=section, after=flagged.id)

    with database.read() as connection:
        plan = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statements[1][0]}", statements[1][1]
        )
        steps = [row.detail for row in plan]
    (step,) = [line for line in steps if " comments USING INDEX ix_comments_flagged" in line]
    assert "?" in step
    assert ("site_id=?" in step) is (of is not None)
    assert ("section=?" in step) is (section is not None)
    assert not any("TEMP B-TREE" in step for step in steps)


@pytest.mark.parametrize("order", QueueOrder)
def test_each_section_has_its_own_cards_in_each_order(
    database: Database, clock: FakeClock, queue: ReviewQueue, site: Site, order: QueueOrder
) -> None:
    doubtful, likely = add_scored(database, clock), add_scored(database, clock, LIKELY)

    shown = {
        section: [card.comment.id for card in queue.first(9, order, section=section)]
        for section in (*QueueSection, None)
    }

    assert shown[QueueSection.IN_DOUBT] == [doubtful.id]
    assert shown[QueueSection.LIKELY_REJECTED] == [likely.id]
    assert sorted(shown[None]) == sorted([doubtful.id, likely.id])


def test_what_is_taken_back_waits_in_its_section_again(
    database: Database, clock: FakeClock, queue: ReviewQueue, site: Site, anna: Moderator
) -> None:
    likely = add_scored(database, clock, LIKELY)
    decided = queue.decide(as_seen(likely), Status.REJECTED, moderator_id=anna.id)

    queue.decide(as_seen(decided), Status.FLAGGED, moderator_id=anna.id)

    (card,) = queue.first(9, section=QueueSection.LIKELY_REJECTED)
    assert card.comment.id == likely.id


def test_what_came_since_is_counted_while_it_waits(
    database: Database, clock: FakeClock, sites: Sites, flagged: Comment, anna: Moderator
) -> None:
    queue, arrivals = ReviewQueue(database, clock, ALL_SITES), QueueUpdates(database, ALL_SITES)
    sites.add(Site(0, "post", "Post", ("https://post.example",)))
    seen = arrivals.newest()
    add_scored(database, clock, GOOD)
    new = [add_scored(database, clock, site=name) for name in ("demo", "demo", "post")]
    assert [arrivals.since(seen, site=name) for name in (None, "demo", "post")] == [3, 2, 1]

    queue.decide(as_seen(new[0]), Status.REJECTED, moderator_id=anna.id)
    queue.decide(
        ObservedComment(new[0].id, ObservedState(Status.REJECTED, 3)),
        Status.APPROVED,
        moderator_id=anna.id,
    )

    assert arrivals.since(seen) == 2
    assert arrivals.since(arrivals.newest()) == 0
    assert arrivals.newest() > seen


def test_of_what_came_since_only_the_newest_is_looked_through(
    database: Database, clock: FakeClock, flagged: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MAX_DECISIONS", 3)
    for decision in (DOUBTFUL, DOUBTFUL, GOOD, DOUBTFUL):
        add_scored(database, clock, decision)

    assert QueueUpdates(database, ALL_SITES).since(0) == 2


def test_nothing_came_where_nothing_was_ever_decided(database: Database) -> None:
    assert QueueUpdates(database, ALL_SITES).newest() == 0
    assert QueueUpdates(database, ALL_SITES).since(0) == 0
