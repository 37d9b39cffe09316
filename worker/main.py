"""The worker's process: the model, then RQ's worker on the scoring queue, and the sweep."""

import os
import secrets
import socket
import threading
from threading import Event, Lock
from types import FrameType

import structlog
from redis.exceptions import RedisError
from rq import Queue, Worker
from rq.job import Job

from models.serving.registry import ModelRegistry
from moderation.clock import utc_now
from moderation.config.server_secret import server_secret
from moderation.config.settings import Settings
from moderation.doorbell import QUEUE, SERIALIZER, Doorbell, web_redis, worker_redis
from moderation.review.sampling_rule import keyed_sample
from moderation.storage.database.engine import Database, open_database
from moderation.storage.decisions.claims import Scoring
from moderation.storage.statistics.daily_rollups import FinishedDays
from moderation.storage.system.worker_heartbeats import WorkerReport, Workers
from worker.child_process import Child
from worker.jobs import Bench, build_drain, equip
from worker.notifications.main import who_wants_it
from worker.scoring.loaded_model import load_model
from worker.scoring.sweep import Round, Sweeper, reporter, sweep_until

_OFTEN, _SELDOM = 5, 60  # sweeps
log = structlog.get_logger()


class ScoringWorker(Worker):
    """RQ's forking worker, which forks only while the sweep has no connection open."""

    quiet: Lock
    stopping = False

    def fork_work_horse(self, job: Job, queue: Queue) -> None:
        """Fork for one job."""
        with self.quiet:
            super().fork_work_horse(job, queue)

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """End after the job at hand."""
        self.stopping = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]


def work(settings: Settings, redis_url: str) -> None:
    """Score until SIGINT or SIGTERM; outlasts every absence of Redis and of the database."""
    model = load_model(settings.model or ModelRegistry(settings.models).path_in_use())
    bench = Bench(settings.database_url, model, keyed_sample(server_secret(settings)))
    equip(bench)
    stop, quiet = Event(), Lock()
    # No pool: a connection kept open would be carried across RQ's fork.
    database = open_database(settings.database_url, pool_size=0)
    teller = Child("worker.notifications.main", who_wants_it(settings, database))
    counter = Child("worker.rollup", FinishedDays(database, utc_now).any_left)
    rounds = (
        *_sweeping(database, redis_url, bench),
        Round(teller.look, _OFTEN),
        # Each worker at a moment of its own: the first that looks counts for all.
        Round(counter.look, _SELDOM, secrets.randbelow(_SELDOM)),
    )
    sweep = (stop, quiet, rounds)
    thread = threading.Thread(target=sweep_until, args=sweep, name="sweep", daemon=True)
    thread.start()
    while not _work_once(redis_url, quiet):
        log.warning("rq_worker_ended", next="again in a second")
        stop.wait(1)
    stop.set()
    thread.join(timeout=5)
    teller.stop()
    counter.stop()


def _work_once(redis_url: str, quiet: Lock) -> bool:
    """True when the worker was asked to stop, False when it ended for a fault of Redis."""
    try:
        worker = ScoringWorker(
            [QUEUE],  # one only: with two, RQ loses a job whose worker dies at the wrong moment
            name=f"{_name()}-{os.urandom(4).hex()}",
            connection=worker_redis(redis_url),
            serializer=SERIALIZER,
            log_job_description=False,
            worker_ttl=60,
            job_monitoring_interval=10,
            maintenance_interval=60,
        )
        worker.quiet = quiet
        worker.work(logging_level="WARNING")
    except RedisError as error:
        log.warning("redis_away", cause=str(error))
        return False
    return worker.stopping


def _sweeping(database: Database, redis_url: str, bench: Bench) -> tuple[Round, ...]:
    doorbell = Doorbell(web_redis(redis_url))
    sweeper = Sweeper(Scoring(database, utc_now), doorbell, build_drain(database, bench))
    model = bench.model
    version = model.classifier.version if model.classifier else None
    report = reporter(Workers(database, utc_now), WorkerReport(_name(), version, model.problem))
    return Round(report, _OFTEN), Round(sweeper.sweep)


def _name() -> str:
    return f"{socket.gethostname()}-{os.getpid()}"
