"""The job that the doorbell rings for, run by RQ itself."""

from collections.abc import Sequence

import pytest
from redis import Redis
from rq import SimpleWorker

from moderation.comments import Comment, Status
from moderation.doorbell import QUEUE, SERIALIZER, Doorbell
from moderation.policy import Policy
from moderation.redis_clients import web_redis
from moderation.storage.comments.comments import Comments
from worker.jobs import JobContext, configure, drain
from worker.scoring.loaded_model import Model


class Flagging:
    """A classifier that finds everything doubtful."""

    version = "fake-1"

    def score(self, texts: Sequence[str]) -> list[dict[str, float]]:
        return [{"toxicity": 0.6} for _ in texts]


@pytest.fixture
def configured(database_url: str) -> None:
    configure(JobContext(database_url, Model(Flagging(), Policy(flag={"toxicity": 0.5}))))


def run_what_is_queued(redis_url: str) -> None:
    with Redis.from_url(redis_url) as redis:
        worker = SimpleWorker([QUEUE], connection=redis, serializer=SERIALIZER)
        worker.work(burst=True, logging_level="WARNING")


@pytest.mark.usefixtures("configured")
def test_rung_doorbell_decides_what_is_pending(
    comments: Comments, pending: Comment, redis_url: str
) -> None:
    rang = Doorbell(web_redis(redis_url)).ring()

    run_what_is_queued(redis_url)

    assert rang
    assert comments.get(pending.id).status is Status.FLAGGED


@pytest.mark.usefixtures("configured")
def test_doorbell_rings_anew_once_the_job_has_looked(pending: Comment, redis_url: str) -> None:
    doorbell = Doorbell(web_redis(redis_url))
    doorbell.ring()
    run_what_is_queued(redis_url)

    doorbell.ring()

    with Redis.from_url(redis_url) as redis:
        assert redis.llen(f"rq:queue:{QUEUE}") == 1


def test_doorbell_leaves_a_redis_alone_that_failed() -> None:
    now = [0.0]
    doorbell = Doorbell(web_redis("redis://127.0.0.1:1/0"), lambda: now[0])

    rings = [doorbell.ring() for _ in range(3)]
    after_one = doorbell.failures
    now[0] = 6.0
    doorbell.ring()

    assert (rings, after_one, doorbell.failures) == ([False] * 3, 1, 2)


def test_drain_outside_of_a_job_says_how_it_is_run() -> None:
    with pytest.raises(RuntimeError, match="ring the doorbell"):
        drain()
