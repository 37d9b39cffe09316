"""The job that the doorbell rings for, run by RQ itself."""

import signal
import threading
from collections.abc import Sequence
from functools import partial

import pytest
from redis import Redis
from rq import SimpleWorker
from sqlalchemy import ClauseElement, event

from judging.loaded_model import Model
from moderation.clock import utc_now
from moderation.comments import Comment, Status
from moderation.doorbell import QUEUE, SERIALIZER, Doorbell
from moderation.policy import Policy
from moderation.redis_clients import web_redis
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.database.engine import Database
from tests.support.factories import submission
from tests.support.program import wait_until
from worker.forked_child import ForkedChild
from worker.jobs import JobContext, build_drain, configure, drain, drain_for
from worker.scoring.drain import BATCH
from worker.shared_counts import Count
from worker.time_limit import kill_after


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


class Mixed(Flagging):
    """Finds one text doubtful, and no other."""

    def score(self, texts: Sequence[str]) -> list[dict[str, float]]:
        return [{"toxicity": 0.6 if "doubtful" in text else 0.1} for text in texts]


@pytest.mark.usefixtures("hook")
def test_a_batch_has_no_statement_that_is_built_anew(
    database: Database, database_url: str, comments: Comments, site: Site
) -> None:
    model = Model(Mixed(), Policy(flag={"toxicity": 0.5}))
    batch = build_drain(database, JobContext(database_url, model))
    doubtful, clear = (
        comments.add(site, submission(text=text), Submitter())
        for text in ("This is doubtful.", "This is clear.")
    )
    built: list[object] = []
    event.listen(database.engine, "before_execute", lambda *call: built.append(call[1]))

    batch.once()

    by_core = [statement for statement in built if isinstance(statement, ClauseElement)]
    statuses = [comments.get(comment.id).status for comment in (doubtful, clear)]
    assert (by_core, statuses) == ([], [Status.FLAGGED, Status.APPROVED])


class Watching(Flagging):
    """Notes which time limit it is called under."""

    def __init__(self) -> None:
        self.limits: list[tuple[object, bool]] = []

    def score(self, texts: Sequence[str]) -> list[dict[str, float]]:
        seconds, _ = signal.getitimer(signal.ITIMER_REAL)
        self.limits.append((signal.getsignal(signal.SIGALRM), 0 < seconds <= 10))
        return super().score(texts)


def test_while_the_model_scores_the_kernel_would_end_a_process_that_hangs(
    database_url: str, pending: Comment, comments: Comments
) -> None:
    watching = Watching()
    configured = JobContext(database_url, Model(watching, Policy(flag={"toxicity": 0.5})))

    claimed = drain_for(0, configured)
    kill_after(0)

    assert (claimed, watching.limits) == (1, [(signal.SIG_DFL, True)])
    assert comments.get(pending.id).status is Status.FLAGGED


class Hanging(Flagging):
    """Never returns for one text."""

    def score(self, texts: Sequence[str]) -> list[dict[str, float]]:
        while "poison" in texts:
            pass
        return super().score(texts)


@pytest.mark.slow
def test_a_text_that_hangs_the_model_takes_no_neighbour_with_it(
    database: Database, database_url: str, site: Site
) -> None:
    comments = Comments(database, utc_now)
    poison, *others = [
        comments.add(site, submission(text=text), Submitter()) for text in ("poison", "a", "b", "c")
    ]
    configured = JobContext(database_url, Model(Hanging(), Policy(flag={"toxicity": 0.5})))
    drain_child = ForkedChild("drain", partial(drain_for, 1.0, configured), 1.0)

    first = exit_code_of(drain_child)
    wait_until(lambda: exit_code_of(drain_child) and decided(comments, others))

    assert first == -signal.SIGALRM
    assert comments.get(poison.id).status is Status.PENDING


def exit_code_of(child: ForkedChild) -> int | None:
    child.start()
    wait_until(lambda: not child.is_running())
    return child.exit_code()


def decided(comments: Comments, submissions: Sequence[Comment]) -> bool:
    return all(comments.get(comment.id).status is Status.FLAGGED for comment in submissions)


def test_rings_do_not_pile_up_while_no_worker_comes(redis_url: str) -> None:
    with Redis.from_url(redis_url) as redis:
        doorbell = Doorbell(redis)
        rings = []
        for _ in range(5):
            rings.append(doorbell.ring())
            doorbell.answered()  # as after two seconds

        assert (rings, doorbell.queued()) == ([True] * 5, 1)


def test_a_job_whose_worker_should_stop_begins_no_other_batch(
    database: Database, database_url: str, site: Site
) -> None:
    comments = Comments(database, utc_now)
    for number in range(BATCH + 1):
        comments.add(site, submission(text=f"number {number}"), Submitter())
    configured = JobContext(database_url, Model(Flagging(), Policy(flag={"toxicity": 0.5})))
    configured.counts.add(Count.STOPS_ASKED)

    claimed = drain_for(20, configured)
    kill_after(0)

    assert claimed == BATCH


class Slow(Flagging):
    """Takes as long for a text as a job looks on for another comment."""

    def score(self, texts: Sequence[str]) -> list[dict[str, float]]:
        threading.Event().wait(0.3)
        return super().score(texts)


def test_a_drain_goes_on_after_a_slow_batch(
    database: Database, database_url: str, site: Site
) -> None:
    comments = Comments(database, utc_now)
    for number in range(BATCH + 1):
        comments.add(site, submission(text=f"number {number}"), Submitter())
    configured = JobContext(database_url, Model(Slow(), Policy(flag={"toxicity": 0.5})))

    claimed = drain_for(20, configured)
    kill_after(0)

    assert claimed == BATCH + 1
