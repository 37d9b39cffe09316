"""What was published to be looked at later waits until a moderator has looked, once."""

import pytest

from moderation.accounts.moderators import ALL_SITES, AccessScope
from moderation.comments import Comment, DecisionConflict, QueueSection, Status
from moderation.own_comments.edits import Edit
from moderation.policy import Decision, Reason
from moderation.rules.circumstances import PUBLISHED_FIRST
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.automatic.published_first import PublishedFirst
from moderation.storage.database.engine import Database
from moderation.storage.own_comments.edits import Edits
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored, as_seen

FIRST = Decision(
    Status.APPROVED,
    (Reason(PUBLISHED_FIRST), Reason("toxicity", 0.83, 0.41)),
    QueueSection.IN_DOUBT,
)


@pytest.fixture
def unseen(database: Database, clock: FakeClock) -> PublishedFirst:
    return PublishedFirst(database, clock, ALL_SITES)


@pytest.fixture
def anna(database: Database, clock: FakeClock) -> int:
    return Moderators(database, clock).add("Anna").id


def published(database: Database, clock: FakeClock) -> Comment:
    clock.advance(1)
    return add_scored(database, clock, FIRST)


def listed(unseen: PublishedFirst) -> list[str]:
    return [card.comment.id for card in unseen.first(10)]


def test_it_waits_for_a_look_the_oldest_first(
    database: Database, clock: FakeClock, site: Site, unseen: PublishedFirst
) -> None:
    add_scored(database, clock, GOOD)
    add_scored(database, clock)
    first, second = published(database, clock), published(database, clock)

    assert listed(unseen) == [first.id, second.id]
    assert [card.comment.id for card in unseen.first(10, after=first.id)] == [second.id]
    assert (unseen.number(), unseen.number("demo"), unseen.number("other")) == (2, 2, 0)
    assert (
        PublishedFirst(database, clock, AccessScope(frozenset({"other"}), may_decide=True)).first(
            10
        )
        == []
    )


def test_who_looks_leaves_it_published_and_can_put_it_back(
    database: Database, clock: FakeClock, site: Site, unseen: PublishedFirst, anna: int
) -> None:
    comment = published(database, clock)

    kept = unseen.keep([as_seen(comment)], moderator_id=anna)
    after = listed(unseen)
    unseen.put_back(as_seen(comment), moderator_id=anna)

    assert (kept, after, listed(unseen)) == (1, [], [comment.id])
    assert [(row.actor, row.action) for row in AuditLog(database).newest(2)] == [
        ("moderator Anna", "comment_unseen"),
        ("moderator Anna", "comment_seen"),
    ]


def test_of_two_who_look_the_second_is_told(
    database: Database, clock: FakeClock, site: Site, unseen: PublishedFirst, anna: int
) -> None:
    comment = published(database, clock)
    ReviewQueue(database, clock, ALL_SITES).decide(
        as_seen(comment), Status.REJECTED, moderator_id=anna
    )

    assert listed(unseen) == []
    with pytest.raises(DecisionConflict):
        unseen.keep([as_seen(comment)], moderator_id=anna)
    assert unseen.keep([as_seen(comment)] * 2, moderator_id=anna) == 0


def test_what_its_author_changes_is_looked_at_as_it_is_then(
    database: Database, clock: FakeClock, site: Site, unseen: PublishedFirst, anna: int
) -> None:
    comment = published(database, clock)

    Edits(database, clock).apply(comment.id, site, Edit("Ada", "Quite another text."))

    assert listed(unseen) == []
