"""Decisions to count."""

from datetime import date, datetime

from moderation.accounts.moderators import ALL_SITES, Moderator
from moderation.comments import Comment, Status
from moderation.policy import Decision, Reason
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import ReviewStatus
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.schema.decisions import decisions
from tests.support.clock import START, FakeClock
from tests.support.flagged_comments import as_seen

FIRST, SECOND = date(2026, 1, 31), date(2026, 2, 1)


BAD = Decision(Status.REJECTED, (Reason("spam", 0.99, 0.9),))


def decide(
    database: Database, clock: FakeClock, comment: Comment, status: ReviewStatus, who: Moderator
) -> None:
    queue = ReviewQueue(database, clock, ALL_SITES)
    queue.decide(as_seen(comment), status, moderator_id=who.id)


def decided_again(
    database: Database,
    comment_id: int,
    status: Status,
    who: Moderator,
    *,
    when: datetime = START,
) -> None:
    """As a reversal leaves it: one more decision of a moderator."""
    row = {
        "comment_id": comment_id,
        "version": 9 + who.id,
        "actor": "moderator",
        "moderator_id": who.id,
        "from_status": Status.APPROVED,
        "to_status": status,
        "reasons": [],
        "decided_at": when,
    }
    with database.write() as connection:
        connection.execute(decisions.insert().values(row))
