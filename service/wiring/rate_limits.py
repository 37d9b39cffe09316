"""How often a sender may: counted in Redis for all web servers, in memory while Redis is away."""

import math
import time
from collections.abc import Callable

from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import RateLimiter, SlidingWindowCounterRateLimiter
from redis.backoff import NoBackoff
from redis.retry import Retry

from service.problems.errors import TooMany

_REST_SECONDS = 5.0  # as long as the doorbell leaves a Redis alone that failed


class Limits:
    """Sliding-window counts, by what is limited and who."""

    def __init__(self, redis_url: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        storage = RedisStorage(
            redis_url.replace("unix://", "redis+unix://"),
            wrap_exceptions=True,
            key_prefix="parley:limits",
            socket_connect_timeout=0.2,
            socket_timeout=0.5,
            retry=Retry(NoBackoff(), 0),  # type: ignore[arg-type] # handed on to redis-py
        )
        self._shared = SlidingWindowCounterRateLimiter(storage)
        self._own = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._monotonic = monotonic
        self._resting_until = 0.0

    def hit(self, limit: str | None, *, what: str, who: str) -> None:
        """Count one; raises TooMany where the limit, as "30 per minute", is used up."""
        if limit is None:
            return None
        item = parse(limit)
        if self._monotonic() >= self._resting_until:
            try:
                return _hit(self._shared, item, what, who)
            except StorageError:
                self._resting_until = self._monotonic() + _REST_SECONDS
        return _hit(self._own, item, what, who)


def _hit(limiter: RateLimiter, item: RateLimitItem, what: str, who: str) -> None:
    if not limiter.hit(item, what, who):
        reset = limiter.get_window_stats(item, what, who).reset_time
        raise TooMany(max(1, math.ceil(reset - time.time())))
