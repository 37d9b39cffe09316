"""The moderators' queue: what waits, in order, and one decision about each."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from moderation.accounts.moderators import ALL_SITES, Moderator
from moderation.comments import Comment, CommentNotFound, DecisionConflict, QueueSection, Status
from moderation.policy import ATTRIBUTES, Reason
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.comments import Comments, Parent
from moderation.storage.comments.pages import Pages
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import (
    ObservedComment,
    ObservedState,
    ReviewStatus,
)
from moderation.storage.review.queue import Flagged, ReviewQueue
from moderation.storage.review.queue_counts import WaitingCounts
from moderation.storage.schema.decisions import decisions
from tests.support.clock import START, FakeClock
from tests.support.concurrency import together
from tests.support.flagged_comments import GOOD, SCORES, add_scored, as_seen, flagged_for


def test_what_is_flagged_waits_with_all_a_moderator_needs(
    database: Database, clock: FakeClock, site: Site, queue: ReviewQueue
) -> None:
    parent = add_scored(database, clock, GOOD, name="Ben", text="I disagree.")
    comment = add_scored(
        database, clock, parent=parent.id, url="https://paper.example/a", title="A bridge"
    )

    assert queue.first(10) == [
        Flagged(
            comment=comment,
            url="https://paper.example/a",
            title="A bridge",
            page_id=1,
            section=QueueSection.IN_DOUBT,
            parent=Parent("Ben", "I disagree."),
            reasons=(Reason("toxicity", 0.83, 0.41),),
            scores=SCORES,
            name_scores=dict.fromkeys(SCORES),
            model="test-1",
        )
    ]


def test_what_could_not_be_scored_waits_without_scores(
    database: Database, clock: FakeClock, site: Site, queue: ReviewQueue
) -> None:
    comment = add_scored(database, clock, flagged_for("scoring_failed"), None)

    (flagged,) = queue.first(10)

    assert flagged.comment == comment
    assert flagged.reasons == (Reason("scoring_failed"),)
    assert flagged.scores == dict.fromkeys(ATTRIBUTES)
    assert flagged.model is None


def test_only_what_is_flagged_waits(
    database: Database, clock: FakeClock, pending: Comment, queue: ReviewQueue
) -> None:
    add_scored(database, clock, GOOD)

    assert queue.first(10) == []
    assert WaitingCounts(database).of(ALL_SITES).total == 0


def test_the_oldest_comes_first_also_of_the_same_moment(
    database: Database, clock: FakeClock, site: Site, queue: ReviewQueue
) -> None:
    clock.advance(60)
    later = [add_scored(database, clock) for _ in range(2)]
    clock.now = START
    earliest = add_scored(database, clock)

    assert shown(queue.first(10)) == [earliest, *later]
    assert shown(queue.first(2)) == [earliest, later[0]]


def test_pages_follow_each_other_whatever_is_decided_meanwhile(
    database: Database, clock: FakeClock, site: Site, queue: ReviewQueue, anna: Moderator
) -> None:
    first, second, third = [add_scored(database, clock) for _ in range(3)]
    queue.decide(as_seen(first), Status.REJECTED, moderator_id=anna.id)

    assert shown(queue.first(1, after=first.id)) == [second]
    assert shown(queue.first(1, after=second.id)) == [third]
    assert shown(queue.first(1, after=third.id)) == []


def test_nothing_follows_a_comment_that_is_not(queue: ReviewQueue) -> None:
    with pytest.raises(CommentNotFound):
        queue.first(10, after="no-such-comment")


def test_the_queue_of_one_site_is_its_own(
    database: Database, clock: FakeClock, sites: Sites, site: Site, queue: ReviewQueue
) -> None:
    sites.add(Site(0, "post", "Post", ("https://post.example",)))
    ours, theirs = add_scored(database, clock), add_scored(database, clock, site="post")

    assert shown(queue.first(10)) == [ours, theirs]
    assert shown(queue.first(10, site="post")) == [theirs]
    counts = WaitingCounts(database)
    assert [counts.of(ALL_SITES, name).total for name in (None, "post", "demo")] == [2, 1, 1]


@pytest.mark.parametrize(("status", "public"), [(Status.APPROVED, 1), (Status.REJECTED, 0)])
def test_a_decision_changes_comment_history_and_count_together(
    database: Database,
    clock: FakeClock,
    site: Site,
    queue: ReviewQueue,
    flagged: Comment,
    anna: Moderator,
    status: ReviewStatus,
    public: int,
) -> None:
    clock.advance(60)

    decided = queue.decide(as_seen(flagged), status, moderator_id=anna.id)

    assert (decided.status, decided.version) == (status, 3)
    assert Pages(database).counts(site, ["/a"]) == {"/a": public}
    assert WaitingCounts(database).of(ALL_SITES).total == 0
    assert history(database)[1:] == [
        (3, "moderator", anna.id, "flagged", status, [], START + timedelta(seconds=60))
    ]


def test_who_comes_second_is_told_who_decided_what(
    comments: Comments, queue: ReviewQueue, flagged: Comment, anna: Moderator, database: Database
) -> None:
    queue.decide(as_seen(flagged), Status.APPROVED, moderator_id=anna.id)

    with pytest.raises(DecisionConflict, match="the comment was approved already by Anna") as lost:
        queue.decide(as_seen(flagged), Status.REJECTED, moderator_id=anna.id)

    assert lost.value.comment == comments.get(flagged.id)
    assert len(history(database)) == 2


def test_what_was_never_flagged_is_not_decided_here(
    queue: ReviewQueue, pending: Comment, anna: Moderator
) -> None:
    with pytest.raises(DecisionConflict, match=r"the comment was pending already$"):
        queue.decide(
            ObservedComment(pending.id, ObservedState(Status.FLAGGED, 1)),
            Status.APPROVED,
            moderator_id=anna.id,
        )


def test_a_card_of_an_earlier_version_decides_nothing(
    comments: Comments, queue: ReviewQueue, flagged: Comment, anna: Moderator
) -> None:
    with pytest.raises(DecisionConflict):
        queue.decide(
            ObservedComment(flagged.id, ObservedState(Status.FLAGGED, 1)),
            Status.APPROVED,
            moderator_id=anna.id,
        )

    assert comments.get(flagged.id) == flagged


def test_a_comment_that_is_not_cannot_be_decided(queue: ReviewQueue, anna: Moderator) -> None:
    with pytest.raises(CommentNotFound):
        queue.decide(
            ObservedComment("no-such-comment", ObservedState(Status.FLAGGED, 2)),
            Status.APPROVED,
            moderator_id=anna.id,
        )


def test_of_two_moderators_at_once_one_decides_and_the_other_is_told(
    database: Database, clock: FakeClock, site: Site, queue: ReviewQueue, anna: Moderator
) -> None:
    bea = Moderators(database, clock).add("Bea")
    raced = [add_scored(database, clock) for _ in range(20)]

    decided = [race(queue, comment, anna, bea) for comment in raced]

    winners = {Status.APPROVED: "Anna", Status.REJECTED: "Bea"}
    for won, lost in decided:
        assert str(lost) == f"the comment was {won.status} already by {winners[won.status]}"
    assert len(history(database)) == 40
    approved = sum(won.status is Status.APPROVED for won, _ in decided)
    assert Pages(database).counts(site, ["/a"]) == {"/a": approved}


def race(
    queue: ReviewQueue, comment: Comment, anna: Moderator, bea: Moderator
) -> tuple[Comment, DecisionConflict]:
    """What came of one approving and one rejecting: the comment, what the loser was told."""
    outcomes = together(
        lambda: queue.decide(as_seen(comment), Status.APPROVED, moderator_id=anna.id),
        lambda: queue.decide(as_seen(comment), Status.REJECTED, moderator_id=bea.id),
    )
    (won,) = [outcome for outcome in outcomes if isinstance(outcome, Comment)]
    (lost,) = [outcome for outcome in outcomes if isinstance(outcome, DecisionConflict)]
    return won, lost


def test_the_queue_is_read_along_its_own_index(
    database: Database, queue: ReviewQueue, flagged: Comment
) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by the rows it has, and here it has one")
    statements: list[tuple[str, tuple[object, ...]]] = []
    event.listen(database.engine, "before_cursor_execute", lambda *a: statements.append(a[2:4]))

    queue.first(20, after=flagged.id)

    with database.read() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN " + statements[1][0], statements[1][1]
        )
        steps = [row.detail for row in plan]
    assert "SEARCH comments USING INDEX ix_comments_flagged (submitted_at>?)" in steps
    assert not any("TEMP B-TREE" in step for step in steps)


def shown(cards: list[Flagged]) -> list[Comment]:
    return [flagged.comment for flagged in cards]


def history(database: Database) -> list[tuple[object, ...]]:
    columns = ("version", "actor", "moderator_id", "from_status", "to_status", "reasons")
    query = select(*(decisions.c[name] for name in columns), decisions.c.decided_at)
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(query.order_by(decisions.c.id))]
