"""The job's name, and ringing it: a hint that something is pending, never the promise itself."""

import time
from collections.abc import Callable

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue

from moderation.limits.circuit_breaker import CircuitBreaker
from moderation.redis_clients import REST_SECONDS, misfit

QUEUE = "scoring"
JOB = "worker.jobs.drain"
SERIALIZER = "json"
JOB_TIMEOUT = 30  # seconds; a minute later RQ kills a job's process that even the kernel did not
_RUNG = "parley:doorbell"
_TRIAL = "parley:trial"
_MEANWHILE = "comments are taken, and scored more slowly until it does"
_RUNG_SECONDS = 2  # a ring lost on its way is repeated after this long at the latest


class Doorbell:
    """Rings the scoring queue, at most once until a worker has looked."""

    def __init__(self, redis: Redis, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Ring through this Redis; `monotonic` is a clock in seconds that never goes back."""
        self._redis = redis
        self._queue = Queue(QUEUE, connection=redis, serializer=SERIALIZER)
        self._breaker = CircuitBreaker(REST_SECONDS, monotonic)
        self.failures = 0

    def ring(self) -> bool:
        """Put one job in the queue, unless one waits there already.

        Returns:
            True when a worker will look; False when Redis is away, which the sweep makes good.
        """
        if self._breaker.is_open():
            return False
        try:
            # A job that waits will look at all that is pending by then: more of them only pile up.
            if self._redis.set(_RUNG, 1, nx=True, ex=_RUNG_SECONDS) and not self.queued():
                self._queue.enqueue(JOB, result_ttl=0, failure_ttl=86_400, job_timeout=JOB_TIMEOUT)
        except RedisError:
            self.failures += 1
            self._breaker.trip()
            return False
        return True

    def queued(self) -> int:
        """How many rings wait for a worker.

        Raises:
            RedisError: Redis does not answer, or its queue is no queue.
        """
        return int(self._queue.count)

    def answered(self) -> None:
        """Let the next ring count: the job calls this before it looks.

        Raises:
            RedisError: Redis does not answer.
        """
        self._redis.delete(_RUNG)

    def problem(self) -> str | None:
        """Say what is wrong with Redis, in words; None where it takes jobs."""
        try:
            self._redis.ping()
        except RedisError as error:
            cause = str(error).partition(" : ")[0]  # after it Sentinel's lists clients, in Python
            return f"does not answer: {cause}; {_MEANWHILE}"
        try:
            if unfit := misfit(self._redis):
                return unfit
            with self._redis.pipeline() as trial:  # in one transaction: nothing is left of it
                trial.rpush(_TRIAL, 1)
                trial.delete(_TRIAL)
                trial.execute()
        except RedisError as error:
            return f"takes no jobs: {error}; {_MEANWHILE}"
        return None
