"""How often a sender may: counted in Redis for all web servers, in memory while Redis is away."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from limits import parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import RateLimiter, SlidingWindowCounterRateLimiter
from redis import Redis

from service.problems.errors import RateLimitExceeded
from service.wiring.availability import Availability


@dataclass(frozen=True, slots=True)
class Allowance:
    """How often one sender may do one thing: `limit` as "30 per minute", None for no limit."""

    limit: str | None
    what: str
    who: str


class Limits:
    """Sliding-window counts, by what is limited and for whom."""

    def __init__(self, redis: Redis) -> None:
        """Count through the connections of this client, and in memory where they fail."""
        storage = RedisStorage(
            "redis://",  # says which kind of database; the pool knows where it is
            connection_pool=redis.connection_pool,
            wrap_exceptions=True,
            key_prefix="parley:limits",
        )
        self._shared = SlidingWindowCounterRateLimiter(storage)
        self._own = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._redis = Availability("redis", redis.ping)

    def hit(self, limit: str | None, *, what: str, who: str, cost: int = 1) -> None:
        """Count a request.

        Args:
            limit: As "30 per minute"; None for no limit.
            what: Names what is limited.
            who: Names for whom.
            cost: As how many it counts.

        Raises:
            RateLimitExceeded: The limit is used up.
        """
        self._count(Allowance(limit, what, who), cost)

    @contextmanager
    def counting_failures(self, *allowances: Allowance) -> Iterator[None]:
        """Count what the block does only where it raises.

        It is counted before and taken back after: of many tries at once, no more than the limit
        are in the block.

        Raises:
            RateLimitExceeded: A limit is used up by failures.
        """
        for allowance in allowances:
            self._count(allowance, 1)
        yield
        for allowance in allowances:
            self._count(allowance, -1)

    def _count(self, allowance: Allowance, number: int) -> None:
        if allowance.limit is None:
            return None
        if self._redis.is_available():
            with suppress(StorageError):
                with self._redis.call():
                    accepted = _accepts(self._shared, allowance, number)
                return _check(accepted, self._shared, allowance)
        return _check(_accepts(self._own, allowance, number), self._own, allowance)


def _accepts(limiter: RateLimiter, allowance: Allowance, number: int) -> bool:
    item = parse(allowance.limit or "")
    return limiter.hit(item, allowance.what, allowance.who, cost=number) or number < 0


def _check(accepted: bool, limiter: RateLimiter, allowance: Allowance) -> None:
    if not accepted:
        item = parse(allowance.limit or "")
        reset = limiter.get_window_stats(item, allowance.what, allowance.who).reset_time
        raise RateLimitExceeded(max(1, math.ceil(reset - time.time())))
