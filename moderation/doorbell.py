"""The job's name, and ringing it: a hint that something is pending, never the promise itself."""

import time
from collections.abc import Callable

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError
from redis.retry import Retry
from rq import Queue

QUEUE = "scoring"
JOB = "worker.jobs.drain"
SERIALIZER = "json"
JOB_TIMEOUT = 60  # seconds; a drain that has not ended by then is stopped, its claims expire
_RUNG = "parley:doorbell"
_RUNG_SECONDS = 2  # a ring lost on its way is repeated after this long at the latest
_REST_SECONDS = 5.0  # after a failure Redis is left alone: a request must not wait for it each time


def web_redis(url: str) -> Redis:
    """A client that gives up within half a second: its default waits up to a minute (measured)."""
    return Redis.from_url(
        url,
        socket_connect_timeout=0.2,
        socket_timeout=0.5,
        retry=Retry(NoBackoff(), 0),
        health_check_interval=30,
    )


def worker_redis(url: str) -> Redis:
    """A client that waits for work, and notices when the network is gone."""
    return Redis.from_url(url, **({} if url.startswith("unix:") else {"socket_keepalive": True}))


class Doorbell:
    """Rings the scoring queue, at most once until a worker has looked."""

    def __init__(self, redis: Redis, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._redis = redis
        self._queue = Queue(QUEUE, connection=redis, serializer=SERIALIZER)
        self._monotonic = monotonic
        self._resting_until = 0.0
        self.failures = 0

    def ring(self) -> bool:
        """True when a worker will look; False when Redis is away, which the sweep makes good."""
        if self._monotonic() < self._resting_until:
            return False
        try:
            if self._redis.set(_RUNG, 1, nx=True, ex=_RUNG_SECONDS):
                self._queue.enqueue(JOB, result_ttl=0, failure_ttl=86_400, job_timeout=JOB_TIMEOUT)
        except RedisError:
            self.failures += 1
            self._resting_until = self._monotonic() + _REST_SECONDS
            return False
        return True

    def answered(self) -> None:
        """Said by the job before it looks: what comes after this rings anew. Raises RedisError."""
        self._redis.delete(_RUNG)

    def problem(self) -> str | None:
        """What is wrong with Redis, in words; None where it is well."""
        try:
            self._redis.ping()
            return eviction_problem(self._redis)
        except RedisError as error:
            return f"does not answer: {error}; comments are taken, and scored when it is back"


def eviction_problem(redis: Redis) -> str | None:
    """A Redis that evicts keys when it is full loses the queue without a trace."""
    try:
        policy = redis.config_get("maxmemory-policy").get("maxmemory-policy")
    except ResponseError:  # a hosted Redis may refuse CONFIG: then nobody can know
        return None
    if policy in (None, "noeviction"):
        return None
    return (
        f"maxmemory-policy is {policy}, but must be noeviction: it would drop the queue when full"
    )
