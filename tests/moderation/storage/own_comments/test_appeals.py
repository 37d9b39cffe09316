"""An appeal waits once before a moderator, whose decision closes it."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from moderation.accounts.moderators import ALL_SITES, AccessScope, Moderator, NotAllowed
from moderation.comments import Comment, CommentNotFound, DecisionConflict, Status
from moderation.notifications.webhooks import Event
from moderation.own_comments.appeals import AppealRefused
from moderation.policy import Decision, Reason
from moderation.review.notes import RejectReason
from moderation.sites import Site
from moderation.storage.database.engine import Database
from moderation.storage.decisions.erasures import Erasures
from moderation.storage.decisions.moderator_decisions import ModeratorDecision, ReviewStatus
from moderation.storage.notifications.delivery_queue import DeliveryQueue
from moderation.storage.notifications.webhooks import Webhooks
from moderation.storage.own_comments.appeals import AppealedComments, Appeals
from moderation.storage.own_comments.current_states import OwnStates
from moderation.storage.own_comments.own_records import OwnRecords
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.sites.site_removal import SiteRemoval
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import START, FakeClock
from tests.support.flagged_comments import GOOD, add_scored, as_seen

BAD = Decision(Status.REJECTED, (Reason("toxicity", 0.99, 0.9),))
WHY = "It quotes the article"


@pytest.fixture
def rejected(database: Database, clock: FakeClock, site: Site) -> Comment:
    return add_scored(database, clock, BAD)


@pytest.fixture
def appeals(database: Database, clock: FakeClock) -> Appeals:
    return Appeals(database, clock)


@pytest.fixture
def appealed(database: Database, clock: FakeClock) -> AppealedComments:
    return AppealedComments(database, clock, ALL_SITES)


def decision(status: ReviewStatus, moderator: Moderator) -> ModeratorDecision:
    return ModeratorDecision(status, moderator.id, START)


def test_it_waits_with_its_card_and_its_text(
    appeals: Appeals, appealed: AppealedComments, rejected: Comment
) -> None:
    appeals.add(rejected.id, WHY)

    (waiting,) = appealed.first(10)
    assert (waiting.card.comment, waiting.text, waiting.appealed_at) == (rejected, WHY, START)
    assert (appealed.number(), appealed.number("demo")) == (1, 1)


@pytest.mark.parametrize("status", [Status.APPROVED, Status.REJECTED])
def test_a_decision_closes_it_and_its_author_reads_the_answer(
    database: Database, appeals: Appeals, appealed: AppealedComments, rejected: Comment,
    anna: Moderator, status: ReviewStatus,
) -> None:  # fmt: skip
    appeals.add(rejected.id, WHY)

    comment = appealed.decide(as_seen(rejected), decision(status, anna), "Sorry for that")

    state = OwnStates(database).of(rejected.id)
    assert state.appeal is not None
    assert (comment.status, appealed.number()) == (status, 0)
    assert (state.appeal.status, state.appeal.answer) == (status, "Sorry for that")
    actions = [row.action for row in AuditLog(database).newest(9)]
    assert "comment_appealed" in actions
    assert "appeal_decided" in actions


def test_a_second_one_is_refused_also_after_the_first_was_decided(
    appeals: Appeals, appealed: AppealedComments, rejected: Comment, anna: Moderator
) -> None:
    appeals.add(rejected.id, WHY)
    with pytest.raises(AppealRefused, match="once"):
        appeals.add(rejected.id, "Really")

    appealed.decide(as_seen(rejected), decision(Status.REJECTED, anna), None)

    with pytest.raises(AppealRefused, match="once"):
        appeals.add(rejected.id, "Really")


def test_only_a_rejected_comment_can_be_appealed_for(
    database: Database, clock: FakeClock, appeals: Appeals, site: Site
) -> None:
    comment = add_scored(database, clock, GOOD)
    with pytest.raises(AppealRefused, match="not published"):
        appeals.add(comment.id, WHY)
    with pytest.raises(CommentNotFound):
        appeals.add("0" * 24, WHY)


def test_who_decides_second_is_told(
    appeals: Appeals, appealed: AppealedComments, rejected: Comment, anna: Moderator
) -> None:
    appeals.add(rejected.id, WHY)
    appealed.decide(as_seen(rejected), decision(Status.REJECTED, anna), None)

    with pytest.raises(DecisionConflict):
        appealed.decide(as_seen(rejected), decision(Status.APPROVED, anna), None)


def test_what_a_moderator_publishes_elsewhere_waits_no_more(
    appeals: Appeals, appealed: AppealedComments, rejected: Comment, anna: Moderator,
    queue: ReviewQueue,
) -> None:  # fmt: skip
    appeals.add(rejected.id, WHY)
    queue.decide(as_seen(rejected), Status.APPROVED, moderator_id=anna.id)

    assert (appealed.number(), appealed.first(5)) == (0, [])


def test_nobody_sees_or_decides_those_of_other_sites_and_viewers_only_look(
    database: Database, clock: FakeClock, appeals: Appeals, rejected: Comment, anna: Moderator
) -> None:
    appeals.add(rejected.id, WHY)
    others = AppealedComments(database, clock, AccessScope(frozenset({"other"})))
    viewer = AppealedComments(database, clock, replace(ALL_SITES, may_decide=False))

    assert (others.number(), others.first(5), viewer.number()) == (0, [], 1)
    with pytest.raises(CommentNotFound):
        others.decide(as_seen(rejected), decision(Status.APPROVED, anna), None)
    with pytest.raises(NotAllowed):
        viewer.decide(as_seen(rejected), decision(Status.APPROVED, anna), None)


def test_webhooks_that_want_it_are_told(
    database: Database, clock: FakeClock, appeals: Appeals, rejected: Comment
) -> None:
    hooks = Webhooks(database, clock, b"secret")
    hooks.add("http://127.0.0.1:9/hook", (Event.APPEALED,))
    hooks.add("http://127.0.0.1:9/other", (Event.REJECTED,))
    appeals.add(rejected.id, WHY)

    queue = DeliveryQueue(database, clock, b"secret")
    due = [queue.next_due(webhook) for webhook in queue.lease(2)]

    assert [delivery and delivery.type for delivery in due if delivery] == ["comment.appealed"]


def test_the_author_is_told_a_moderators_reason(
    database: Database, clock: FakeClock, site: Site, queue: ReviewQueue, anna: Moderator
) -> None:
    states, flagged = OwnStates(database), add_scored(database, clock)
    before = states.of(flagged.id)
    queue.decide(
        as_seen(flagged), Status.REJECTED, moderator_id=anna.id, reason=RejectReason.OFF_TOPIC
    )
    after = states.of(flagged.id)

    assert (before.reason, before.is_decided_by_person) == (None, False)
    assert (after.reason, after.is_decided_by_person) == (RejectReason.OFF_TOPIC, True)


def test_erasing_and_removing_the_site_take_it_along(
    database: Database, clock: FakeClock, appeals: Appeals, rejected: Comment
) -> None:
    appeals.add(rejected.id, WHY)
    kept = OwnRecords(database).of(rejected.id)["appeals"]
    Erasures(database, clock).by_author(rejected.id)

    assert kept != []
    assert OwnRecords(database).of(rejected.id)["appeals"] == []
    other = add_scored(database, clock, BAD)
    appeals.add(other.id, WHY)
    SiteRemoval(database, clock).remove("demo")
    assert AppealedComments(database, clock, ALL_SITES).number() == 0


@pytest.mark.parametrize("of", [None, "demo"])
def test_the_few_appeals_are_looked_for_and_not_all_comments(
    database: Database, appealed: AppealedComments, site: Site, of: str | None
) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by the rows it has, and here it has none")
    statements: list[tuple[str, tuple[object, ...]]] = []
    event.listen(database.engine, "before_cursor_execute", lambda *a: statements.append(a[2:4]))

    appealed.number(of)
    appealed.first(20, of)

    asked = [statement for statement in statements if "FROM appeals" in statement[0]]
    with database.read() as connection:
        plans = [
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values).all()
            for query, values in asked
        ]
    steps = [[row.detail for row in plan] for plan in plans]
    assert [plan[0] for plan in steps] == ["SCAN appeals USING INDEX ix_appeals_undecided"] * 2
    assert all("SEARCH comments USING INTEGER PRIMARY KEY (rowid=?)" in plan for plan in steps)
