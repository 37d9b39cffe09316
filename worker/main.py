"""The worker's process: the model, then RQ's worker on the scoring queue, and the sweep."""

import os
import secrets
import socket
import sys
import threading
from collections.abc import Sequence
from functools import partial
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
from moderation.doorbell import QUEUE, SERIALIZER, Doorbell
from moderation.redis_clients import web_redis, worker_redis
from moderation.review.sampling_rule import keyed_sample
from moderation.storage.database.engine import Database, open_database
from moderation.storage.decisions.backlog import Backlog
from moderation.storage.statistics.daily_rollups import DailyRollups
from moderation.storage.system.worker_heartbeats import WorkerReport, Workers
from worker.child_process import ChildProcess, start_if_needed
from worker.jobs import JobContext, build_drain, configure
from worker.notifications.main import has_recipients
from worker.periodic import PeriodicTask, run_until
from worker.scoring.loaded_model import load_model
from worker.scoring.sweep import Sweeper

_REPORT_EVERY = 5.0  # seconds; web servers count a worker as alive for 15
_NOTIFY_EVERY = 5.0
_ROLLUP_EVERY = 60
_CHILD_STOP_SECONDS = 3.0
log = structlog.get_logger()


class ScoringWorker(Worker):
    """RQ's forking worker, which forks only while the sweep has no connection open."""

    fork_lock: Lock
    stopping = False

    def fork_work_horse(self, job: Job, queue: Queue) -> None:
        """Fork for one job."""
        with self.fork_lock:
            super().fork_work_horse(job, queue)

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """End after the job at hand."""
        self.stopping = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]


def work(settings: Settings, redis_url: str) -> None:
    """Score until SIGINT or SIGTERM; outlasts every absence of Redis and of the database."""
    model = load_model(settings.model or ModelRegistry(settings.models).path_in_use())
    context = JobContext(settings.database_url, model, keyed_sample(server_secret(settings)))
    configure(context)
    stop, fork_lock = Event(), Lock()
    # No pool: a connection kept open would be carried across RQ's fork.
    database = open_database(settings.database_url, pool_size=0)
    notifications, rollup = _child("worker.notifications.main"), _child("worker.rollup")
    notify = partial(start_if_needed, notifications, partial(has_recipients, settings, database))
    roll_up = partial(start_if_needed, rollup, DailyRollups(database, utc_now).has_missing)
    tasks = (
        *_sweeping(database, redis_url, context),
        PeriodicTask("notifications", notify, _NOTIFY_EVERY),
        # Each worker at a moment of its own: the first that looks counts for all.
        PeriodicTask("rollup", roll_up, _ROLLUP_EVERY, 1 + secrets.randbelow(_ROLLUP_EVERY)),
    )
    sweep = (stop, tasks, fork_lock)
    thread = threading.Thread(target=run_until, args=sweep, name="sweep", daemon=True)
    thread.start()
    while not _work_once(redis_url, fork_lock):
        log.warning("rq_worker_ended", next="again in a second")
        stop.wait(1)
    stop.set()
    thread.join(timeout=5)
    notifications.stop()
    rollup.stop()


def _work_once(redis_url: str, fork_lock: Lock) -> bool:
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
        worker.fork_lock = fork_lock
        worker.work(logging_level="WARNING")
    except RedisError as error:
        log.warning("redis_away", cause=str(error))
        return False
    return worker.stopping


def _sweeping(database: Database, redis_url: str, context: JobContext) -> Sequence[PeriodicTask]:
    """Report that the worker is alive, and sweep."""
    doorbell = Doorbell(web_redis(redis_url))
    sweeper = Sweeper(Backlog(database, utc_now), doorbell, build_drain(database, context))
    model = context.model
    version = model.classifier.version if model.classifier else None
    report = WorkerReport(_name(), version, model.problem)
    reporting = partial(Workers(database, utc_now).report, report)
    return (
        PeriodicTask("report", reporting, _REPORT_EVERY),
        PeriodicTask("sweep", sweeper.sweep),
    )


def _child(module: str) -> ChildProcess:
    return ChildProcess(module, (sys.executable, "-m", module), _CHILD_STOP_SECONDS)


def _name() -> str:
    return f"{socket.gethostname()}-{os.getpid()}"
