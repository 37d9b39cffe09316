"""The audit sample: what is chosen, what moderators say, what it adds up to."""

import pytest

from moderation.accounts.moderators import ALL_SITES, Moderator
from moderation.comments import Comment, CommentNotFound, Status
from moderation.policy import Decision
from moderation.sites import Site
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import ObservedComment, ObservedState
from moderation.storage.review.audit_samples import AlreadyReviewed, AuditSamples
from moderation.storage.review.queue import ReviewQueue
from tests.support.clock import FakeClock
from tests.support.concurrency import together
from tests.support.factories import settle

REJECTED, APPROVED = Decision(Status.REJECTED), Decision(Status.APPROVED)


@pytest.fixture
def samples(database: Database, clock: FakeClock) -> AuditSamples:
    return AuditSamples(database, clock, ALL_SITES)


def test_only_what_nobody_would_see_otherwise_is_chosen(
    database: Database, clock: FakeClock, site: Site, samples: AuditSamples
) -> None:
    approved, _flagged, rejected = settle(
        database, clock, site, APPROVED, Decision(Status.FLAGGED), REJECTED
    )

    assert [card.comment for card in samples.oldest(10)] == [approved, rejected]
    assert samples.number() == 2


def test_what_was_changed_since_is_not_looked_at(
    database: Database, clock: FakeClock, site: Site, samples: AuditSamples, anna: Moderator
) -> None:
    (approved,) = settle(database, clock, site, APPROVED)
    basis = ObservedState(approved.status, approved.version)
    ReviewQueue(database, clock, ALL_SITES).decide(
        ObservedComment(approved.id, basis), Status.REJECTED, moderator_id=anna.id
    )

    assert (samples.oldest(10), samples.number()) == ([], 0)
    with pytest.raises(AlreadyReviewed):
        samples.review(approved.id, Status.APPROVED, moderator_id=anna.id)


def test_looking_notes_and_changes_nothing_else(
    database: Database, clock: FakeClock, site: Site, samples: AuditSamples, anna: Moderator
) -> None:
    approved, rejected = settle(database, clock, site, APPROVED, REJECTED)

    agreed = samples.review(approved.id, Status.APPROVED, moderator_id=anna.id)
    disagreed = samples.review(rejected.id, Status.APPROVED, moderator_id=anna.id)

    assert (agreed.agrees, disagreed.agrees) == (True, False)
    assert (disagreed.policy, disagreed.moderator) == (Status.REJECTED, Status.APPROVED)
    assert disagreed.card.comment == rejected
    assert samples.reviewed(rejected.id) == disagreed
    assert samples.number() == 0


def test_each_is_looked_at_once(
    database: Database, clock: FakeClock, site: Site, samples: AuditSamples, anna: Moderator
) -> None:
    (approved,) = settle(database, clock, site, APPROVED)
    look = [
        lambda: samples.review(approved.id, Status.APPROVED, moderator_id=anna.id),
        lambda: samples.review(approved.id, Status.REJECTED, moderator_id=anna.id),
    ]

    outcomes = together(*look)

    assert [isinstance(outcome, AlreadyReviewed) for outcome in outcomes].count(True) == 1


def test_what_was_not_chosen_is_not_looked_at(
    pending: Comment, samples: AuditSamples, anna: Moderator
) -> None:
    for comment_id in (pending.id, "no-such"):
        with pytest.raises(CommentNotFound):
            samples.review(comment_id, Status.APPROVED, moderator_id=anna.id)
        with pytest.raises(CommentNotFound):
            samples.reviewed(comment_id)
