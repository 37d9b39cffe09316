"""Clients of Redis: one that a reader's request waits for, one that waits for work."""

from contextlib import suppress

from redis import ConnectionPool, Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError
from redis.retry import Retry

from moderation.redis_sentinel import SCHEME, primary, watched_redis

_HASTE = {
    "socket_connect_timeout": 0.2,
    "socket_timeout": 0.5,
    "retry": Retry(NoBackoff(), 0),
}
REST_SECONDS = 5.0  # after a failure Redis is left alone: a request must not wait for it each time


def web_redis(url: str) -> Redis:
    """A client that gives up within half a second: its default waits up to a minute (measured)."""
    options = {**_HASTE, "health_check_interval": 30}
    if is_watched(url):
        return primary(url, _HASTE, **options)
    return Redis.from_url(url, **options)


def worker_redis(url: str) -> Redis:
    """A client that waits for work, and notices when the network is gone."""
    if is_watched(url):
        return primary(url, _HASTE, socket_keepalive=True)
    return Redis.from_url(url, **({} if url.startswith("unix:") else {"socket_keepalive": True}))


def is_watched(url: str) -> bool:
    """Whether the address names Sentinels, which know where the primary is."""
    return url.startswith(f"{SCHEME}://")


def can_connect_by(url: str) -> bool:
    """Whether a client can be made of an address and its options; connects to nothing."""
    try:
        if is_watched(url):
            return bool(watched_redis(url))
        pool = ConnectionPool.from_url(url)
        pool.connection_class(**pool.connection_kwargs)
    except (ValueError, TypeError, LookupError, RedisError):
        return False
    return True


def misfit(redis: Redis) -> str | None:
    """Say why a Redis cannot keep the queue: it would drop it when full, or is one of a Cluster.

    Returns:
        The problem in words; None where there is none, or where Redis does not tell.

    Raises:
        RedisError: Redis does not answer.
    """
    # A hosted Redis may refuse either question: then nobody can know.
    with suppress(ResponseError):
        if redis.info("cluster").get("cluster_enabled"):
            return (
                "keys are spread over a Redis Cluster, but the queue must be on one server: name"
                " one without cluster mode"
            )
    policy = None
    with suppress(ResponseError):
        policy = redis.config_get("maxmemory-policy").get("maxmemory-policy")
    if policy in (None, "noeviction"):
        return None
    return (
        f"maxmemory-policy is {policy}, but must be noeviction: it would drop the queue when full"
    )
