"""Of what lies beside the queue: nothing of another site is seen, and who looks changes nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from moderation.accounts.moderators import ALL_SITES, AccessScope, Moderator, NotAllowed
from moderation.comments import Comment, CommentNotFound, Status
from moderation.sanctions import SanctionKind, SanctionNotFound
from moderation.sites import Site
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import ObservedComment, ObservedState
from moderation.storage.review.author_history import AuthorHistory
from moderation.storage.review.card_context import CardContexts
from moderation.storage.review.decision_history import DecidedByFilter, DecisionHistory
from moderation.storage.review.holds import Holds
from moderation.storage.review.notes import Notes
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.review.queue_orders import QueueOrder
from moderation.storage.review.queue_updates import QueueUpdates
from moderation.storage.review.sanctions import Sanctions
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import START, FakeClock
from tests.support.flagged_comments import GOOD, add_scored, as_seen

DEMO = AccessScope(frozenset({"demo"}))
LOOKS = AccessScope(None, may_decide=False)
TOMORROW = START + timedelta(days=1)
ADDRESS = Submitter("a" * 32)


@pytest.fixture
def elsewhere(database: Database, clock: FakeClock, site: Site, sites: Sites) -> Comment:
    """A comment that waits on another site than demo."""
    sites.add(Site(0, "other", "Other", ()))
    return add_scored(database, clock, sender=ADDRESS, site="other")


def test_a_card_of_another_site_is_held_skipped_and_renewed_by_nobody(
    database: Database, clock: FakeClock, elsewhere: Comment, anna: Moderator, bea: Moderator
) -> None:
    holds, all_holds = Holds(database, clock, DEMO), Holds(database, clock, ALL_SITES)
    all_holds.hold(elsewhere.id, bea.id)

    assert holds.held(bea.id) is None
    with pytest.raises(CommentNotFound):
        holds.renew(elsewhere.id, bea.id)
    holds.skip(elsewhere.id, bea.id)
    holds.let_go(bea.id)
    assert holds.take(anna.id, QueueOrder.OLDEST) is None
    assert holds.hold(elsewhere.id, anna.id) is None
    assert all_holds.take(bea.id, QueueOrder.OLDEST) == elsewhere.id


def test_what_is_known_of_another_site_is_not_told(
    database: Database, clock: FakeClock, elsewhere: Comment, anna: Moderator
) -> None:
    Notes(database, clock, ALL_SITES).add(elsewhere.id, "A note.", moderator_id=anna.id)
    add_scored(database, clock, GOOD, site="other")

    assert Notes(database, clock, DEMO).of([elsewhere.id]) == {}
    assert CardContexts(database, clock, DEMO).of([elsewhere.id], moderator_id=anna.id) == {}
    assert QueueUpdates(database, DEMO).since(0) == 0
    assert DecisionHistory(database, DEMO).page(DecidedByFilter.MACHINE, anna.id, limit=10) == []
    with pytest.raises(CommentNotFound):
        AuthorHistory(database, DEMO).of(elsewhere.id)


def test_nothing_is_done_about_another_site(
    database: Database, clock: FakeClock, elsewhere: Comment, anna: Moderator
) -> None:
    sanctions = Sanctions(database, clock, DEMO)
    Sanctions(database, clock, ALL_SITES).impose(
        elsewhere.id, SanctionKind.BAN, TOMORROW, moderator_id=anna.id, reason="spam"
    )

    with pytest.raises(SanctionNotFound):
        sanctions.impose(
            elsewhere.id, SanctionKind.BAN, TOMORROW, moderator_id=anna.id, reason="spam"
        )
    with pytest.raises(SanctionNotFound):
        sanctions.lift(elsewhere.id, 1, moderator_id=anna.id)
    assert sanctions.of_author(elsewhere.id) == []
    with pytest.raises(CommentNotFound):
        Notes(database, clock, DEMO).add(elsewhere.id, "A note.", moderator_id=anna.id)
    with pytest.raises(CommentNotFound):
        ReviewQueue(database, clock, DEMO).card(elsewhere.id)


Act = Callable[[Database, FakeClock, Comment, int], object]


@pytest.mark.parametrize(
    "act",
    [
        lambda d, c, it, who: Holds(d, c, LOOKS).take(who, QueueOrder.OLDEST),
        lambda d, c, it, who: Holds(d, c, LOOKS).hold(it.id, who),
        lambda d, c, it, who: Holds(d, c, LOOKS).renew(it.id, who),
        lambda d, c, it, who: Holds(d, c, LOOKS).skip(it.id, who),
        lambda d, c, it, who: Notes(d, c, LOOKS).add(it.id, "A note.", moderator_id=who),
        lambda d, c, it, who: Sanctions(d, c, LOOKS).impose(
            it.id, SanctionKind.BAN, TOMORROW, moderator_id=who, reason="spam"
        ),
        lambda d, c, it, who: Sanctions(d, c, LOOKS).lift(it.id, 1, moderator_id=who),
        lambda d, c, it, who: ReviewQueue(d, c, LOOKS).decide(
            ObservedComment(it.id, ObservedState(Status.FLAGGED, 2)),
            Status.APPROVED,
            moderator_id=who,
        ),
    ],
)
def test_who_only_looks_changes_nothing(
    database: Database, clock: FakeClock, elsewhere: Comment, anna: Moderator, act: Act
) -> None:
    rows = AuditLog(database).verify().rows

    with pytest.raises(NotAllowed):
        act(database, clock, elsewhere, anna.id)

    assert AuditLog(database).verify().rows == rows


def test_sanctions_and_undoing_are_in_the_audit_log_without_a_reason(
    database: Database, clock: FakeClock, elsewhere: Comment, anna: Moderator, queue: ReviewQueue
) -> None:
    sanctions = Sanctions(database, clock, ALL_SITES)
    sanctions.impose(
        elsewhere.id, SanctionKind.ALWAYS_FLAG, TOMORROW, moderator_id=anna.id, reason="spam"
    )
    sanctions.lift(elsewhere.id, 1, moderator_id=anna.id)
    queue.decide(as_seen(elsewhere), Status.APPROVED, moderator_id=anna.id)
    queue.decide(
        ObservedComment(elsewhere.id, ObservedState(Status.APPROVED, 3)),
        Status.FLAGGED,
        moderator_id=anna.id,
    )

    newest = AuditLog(database).newest(4)[::-1]
    assert [(row.actor, row.action) for row in newest] == [
        ("moderator Anna", "author_sanctioned"),
        ("moderator Anna", "sanction_lifted"),
        ("moderator Anna", "comment_decided"),
        ("moderator Anna", "comment_decided"),
    ]
    assert newest[0].subject == f"author of comment {elsewhere.id}"
    assert newest[0].after == ('{"kind":"always_flag","until":"2026-02-01T12:00:00+00:00"}')
    assert newest[3].before == '{"status":"approved","version":3}'
    assert newest[3].after == '{"reason":"reopened","status":"flagged","version":4}'
