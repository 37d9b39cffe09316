"""RQ's worker on the scoring queue: a fork for each job, none of which can last for ever."""

import os
import signal
from types import FrameType

import structlog
from redis.exceptions import RedisError
from rq import Queue, Worker
from rq.job import Job

from moderation.doorbell import QUEUE, SERIALIZER
from moderation.redis_clients import worker_redis
from worker.child_process import end_with_parent
from worker.shared_counts import Count, SharedCounts
from worker.time_limit import kill_after

_HEARTBEAT_SECONDS = 20  # how long RQ waits for a job before it looks around
_SILENT_SECONDS = 90.0  # without a heartbeat; a socket may wait 30 s
_JOB_SECONDS = 30.0  # for what RQ does around a job; the drain sets limits of its own

log = structlog.get_logger()


class ScoringWorker(Worker):
    """Ends in bounded time where Redis does not answer, and so do its jobs."""

    max_connection_wait_time = 5.0
    counts: SharedCounts

    def heartbeat(self, *arguments: object, **options: object) -> None:
        """RQ shows that it lives: to Redis, and to the kernel."""
        if not self.is_horse:
            kill_after(_SILENT_SECONDS)
        super().heartbeat(*arguments, **options)  # type: ignore[arg-type]

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        """The forked process of a job."""
        end_with_parent(self._parent)
        kill_after(_JOB_SECONDS)
        super().main_work_horse(job, queue)

    def fork_work_horse(self, job: Job, queue: Queue) -> None:
        """Fork for one job."""
        self._parent = os.getpid()
        super().fork_work_horse(job, queue)

    def handle_work_horse_killed(self, *_arguments: object) -> None:
        """A job's process ended by a signal: its comments are tried again, one by one."""
        self.counts.add(Count.KILLED_JOBS)
        log.warning("scoring_job_killed")

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """End after the job, which hears of it and begins no other batch."""
        self.counts.add(Count.STOPS_ASKED)
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]

    def _install_signal_handlers(self) -> None:
        # Ctrl-C is ignored, as the parent passes it on.
        signal.signal(signal.SIGTERM, self.request_stop)


def run_jobs(redis_url: str, name: str, counts: SharedCounts) -> None:
    """Run jobs until SIGTERM, or until Redis fails for longer than RQ waits for it.

    Args:
        redis_url: Where the queue is.
        name: Names this worker among all; a random part is added.
        counts: Where killed jobs are counted.
    """
    try:
        worker = ScoringWorker(
            [QUEUE],  # one only: with two, RQ loses a job whose worker dies at the wrong moment
            name=f"{name}-{os.urandom(4).hex()}",
            connection=worker_redis(redis_url),
            serializer=SERIALIZER,
            log_job_description=False,
            worker_ttl=_HEARTBEAT_SECONDS + 15,  # RQ waits 15 s less for a job
            job_monitoring_interval=10,
            maintenance_interval=60,
        )
        worker.counts = counts
        counts.add(Count.STOPS_ASKED, -counts[Count.STOPS_ASKED])  # of the one before
        worker.work(logging_level="WARNING")
    except RedisError as error:
        log.warning("redis_away", cause=str(error))
