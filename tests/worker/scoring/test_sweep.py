"""What is found when nobody rang."""

from collections.abc import Callable, Sequence
from itertools import count

import pytest
from redis import Redis
from rq import Queue

from moderation.comments import Comment, Status
from moderation.doorbell import QUEUE, Doorbell
from moderation.policy import Policy
from moderation.redis_clients import web_redis
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.sites import Sites
from moderation.storage.decisions.backlog import RING_GRACE, Backlog
from moderation.storage.decisions.claims import PendingComments
from tests.support.clock import FakeClock
from worker.scoring.drain import Drain
from worker.scoring.sweep import PATIENCE, Sweeper


class Approving:
    """A classifier that finds no fault."""

    version = "fake-1"

    def score(self, texts: Sequence[str]) -> list[dict[str, float]]:
        return [{"toxicity": 0.0} for _ in texts]


@pytest.fixture(autouse=True)
def a_while_later(pending: Comment, clock: FakeClock) -> None:
    """The comment has been pending for longer than its own ring takes."""
    clock.advance(RING_GRACE.total_seconds() + 1)


def sweeper(
    scoring: PendingComments,
    backlog: Backlog,
    sites: Sites,
    redis_url: str,
    heard: Callable[[], int] = lambda: 0,
) -> Sweeper:
    drain = Drain(scoring, sites.with_ids, Approving(), Policy(flag={"toxicity": 0.5}))
    return Sweeper(backlog, Doorbell(web_redis(redis_url)), drain.once, heard)


def rings(redis_url: str) -> int:
    with Redis.from_url(redis_url) as redis:
        return len(Queue(QUEUE, connection=redis, serializer="json"))


def test_pending_comment_nobody_rang_for_is_rung_for_once(
    scoring: PendingComments, backlog: Backlog, sites: Sites, pending: Comment, redis_url: str
) -> None:
    sweeping = sweeper(scoring, backlog, sites, redis_url)

    for _ in range(3):
        sweeping.sweep()

    assert rings(redis_url) == 1


def test_held_comment_rings_nothing(
    scoring: PendingComments, backlog: Backlog, sites: Sites, redis_url: str
) -> None:
    scoring.claim(1)

    sweeper(scoring, backlog, sites, redis_url).sweep()

    assert rings(redis_url) == 0


@pytest.mark.parametrize("away", [True, False])
def test_ring_that_nobody_hears_is_made_good_here(
    scoring: PendingComments,
    backlog: Backlog,
    sites: Sites,
    comments: Comments,
    pending: Comment,
    redis_url: str,
    away: bool,
) -> None:
    sweeping = sweeper(scoring, backlog, sites, "redis://127.0.0.1:1/0" if away else redis_url)

    for _ in range(PATIENCE):
        sweeping.sweep()
    patient = comments.get(pending.id).status
    sweeping.sweep()

    assert patient is Status.PENDING
    assert comments.get(pending.id).status is Status.APPROVED


def test_what_waits_behind_a_backlog_is_left_to_the_jobs_that_claim_it(
    scoring: PendingComments,
    backlog: Backlog,
    sites: Sites,
    comments: Comments,
    pending: Comment,
    redis_url: str,
) -> None:
    claimed = count()
    moving = sweeper(scoring, backlog, sites, redis_url, lambda: next(claimed))
    for _ in range(2 * PATIENCE):
        moving.sweep()
    left = comments.get(pending.id).status

    claimed_no_more = sweeper(scoring, backlog, sites, redis_url, lambda: 7)
    for _ in range(PATIENCE + 1):
        claimed_no_more.sweep()

    assert left is Status.PENDING
    assert comments.get(pending.id).status is Status.APPROVED
