"""What waits, and what a sweep has to ring for."""

from moderation.comments import Comment, Status
from moderation.policy import Decision
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.database.engine import Database
from moderation.storage.decisions.backlog import LEASE, RING_GRACE, Backlog
from moderation.storage.decisions.claims import PendingComments
from tests.support.clock import START, FakeClock
from tests.support.factories import settle, submission
from tests.support.flagged_comments import DOUBTFUL, GOOD


def test_old_comment_is_unclaimed_until_a_worker_holds_it(
    scoring: PendingComments, backlog: Backlog, pending: Comment, clock: FakeClock
) -> None:
    new = backlog.has_unclaimed()
    clock.advance(RING_GRACE.total_seconds() + 1)
    old = backlog.has_unclaimed()
    scoring.claim(1)
    claimed = backlog.has_unclaimed()
    clock.advance(LEASE.total_seconds() + 1)

    assert (new, old, claimed, backlog.has_unclaimed()) == (False, True, False, True)


def test_oldest_pending_is_the_one_submitted_first(
    backlog: Backlog, comments: Comments, site: Site, clock: FakeClock
) -> None:
    none = backlog.oldest_pending()
    for _ in range(2):
        comments.add(site, submission(), Submitter())
        clock.advance(60)

    assert (none, backlog.oldest_pending()) == (None, START)


def test_what_is_decided_is_not_pending(
    database: Database, clock: FakeClock, backlog: Backlog, comments: Comments, site: Site
) -> None:
    settle(database, clock, site, GOOD, DOUBTFUL, DOUBTFUL, Decision(Status.REJECTED))
    comments.add(site, submission(), Submitter())

    assert backlog.pending() == 1
