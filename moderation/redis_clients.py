"""Clients of Redis: one that a reader's request waits for, one that waits for work."""

from redis import ConnectionPool, Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError
from redis.retry import Retry

REST_SECONDS = 5.0  # after a failure Redis is left alone: a request must not wait for it each time


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


def can_connect_by(url: str) -> bool:
    """Whether a client can be made of an address and its options; connects to nothing."""
    try:
        pool = ConnectionPool.from_url(url)
        pool.connection_class(**pool.connection_kwargs)
    except (ValueError, TypeError, LookupError, RedisError):
        return False
    return True


def eviction_problem(redis: Redis) -> str | None:
    """Say what is wrong with a Redis that drops keys when it is full: it would lose the queue.

    Returns:
        The problem in words; None where there is none, or where Redis does not tell.

    Raises:
        RedisError: Redis does not answer.
    """
    try:
        policy = redis.config_get("maxmemory-policy").get("maxmemory-policy")
    except ResponseError:  # a hosted Redis may refuse CONFIG: then nobody can know
        return None
    if policy in (None, "noeviction"):
        return None
    return (
        f"maxmemory-policy is {policy}, but must be noeviction: it would drop the queue when full"
    )
