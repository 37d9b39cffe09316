"""How often a sender may: counted in Redis for all web servers, in memory while Redis is away."""

import math
import time
from collections.abc import Callable

from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import RateLimiter, SlidingWindowCounterRateLimiter
from redis import Redis

from moderation.circuit_breaker import CircuitBreaker
from moderation.redis_clients import REST_SECONDS
from service.problems.errors import RateLimitExceeded


class Limits:
    """Sliding-window counts, by what is limited and for whom."""

    def __init__(self, redis: Redis, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Count through the connections of this client, and in memory where they fail."""
        storage = RedisStorage(
            "redis://",  # says which kind of database; the pool knows where it is
            connection_pool=redis.connection_pool,
            wrap_exceptions=True,
            key_prefix="parley:limits",
        )
        self._shared = SlidingWindowCounterRateLimiter(storage)
        self._own = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._breaker = CircuitBreaker(REST_SECONDS, monotonic)

    def hit(self, limit: str | None, *, what: str, who: str) -> None:
        """Count one request.

        Args:
            limit: As "30 per minute"; None for no limit.
            what: Names what is limited.
            who: Names for whom.

        Raises:
            RateLimitExceeded: The limit is used up.
        """
        if limit is None:
            return None
        item = parse(limit)
        if not self._breaker.is_open():
            try:
                return _hit(self._shared, item, what, who)
            except StorageError:
                self._breaker.trip()
        return _hit(self._own, item, what, who)


def _hit(limiter: RateLimiter, item: RateLimitItem, what: str, who: str) -> None:
    if not limiter.hit(item, what, who):
        reset = limiter.get_window_stats(item, what, who).reset_time
        raise RateLimitExceeded(max(1, math.ceil(reset - time.time())))
