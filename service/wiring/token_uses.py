"""Which time tokens were used: for all web servers in Redis, in memory while Redis is away."""

import time
from collections.abc import Callable
from contextlib import suppress

from redis import Redis
from redis.exceptions import RedisError

from service.wiring.availability import Availability

KEPT_SECONDS = 2 * 86_400  # longer than any token is good
_MOST = 100_000  # that a process remembers


class TokenUses:
    """Lets each token be used for one comment; what it keeps names nobody."""

    def __init__(self, redis: Redis, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._redis = redis
        self._shared = Availability("redis", redis.ping)
        self._own: dict[str, tuple[float, str]] = {}
        self._monotonic = monotonic

    def is_first(self, nonce: str, comment: str) -> bool:
        """Whether this comment, known by a hash, is the first that uses the token."""
        if self._shared.is_available():
            with suppress(RedisError), self._shared.call():
                key = f"parley:token:{nonce}"
                is_new = self._redis.set(key, comment, nx=True, ex=KEPT_SECONDS)
                return bool(is_new) or self._redis.get(key) == comment.encode()
        return self._is_first_here(nonce, comment)

    def _is_first_here(self, nonce: str, comment: str) -> bool:
        now = self._monotonic()
        if len(self._own) >= _MOST:
            self._own.clear()
        used_at, used_for = self._own.get(nonce, (-KEPT_SECONDS, ""))
        if now - used_at < KEPT_SECONDS:
            return used_for == comment
        self._own[nonce] = (now, comment)
        return True
