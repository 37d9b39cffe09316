"""Limits hold with Redis and without it."""

import socket
from collections.abc import Iterator

import pytest
from redis import Redis

from moderation.redis_clients import web_redis
from service.problems.errors import RateLimitExceeded
from service.wiring.rate_limits import Limits


class SilentServer:
    """Takes connections and never answers, as a process that is stopped."""

    def __init__(self, listener: socket.socket) -> None:
        self.url = f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        self._listener = listener

    def connections(self) -> int:
        """How many have come by now."""
        self._listener.setblocking(False)
        accepted = []
        while True:
            try:
                accepted.append(self._listener.accept()[0])
            except BlockingIOError:
                break
        for connection in accepted:
            connection.close()
        return len(accepted)


@pytest.fixture
def silent() -> Iterator[SilentServer]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield SilentServer(listener)


def hits(limits: Limits, times: int) -> int:
    """How many of so many requests are within the limit of three a minute."""
    within = 0
    for _ in range(times):
        try:
            limits.hit("3 per minute", what="test", who="reader")
            within += 1
        except RateLimitExceeded:
            continue
    return within


def test_limit_is_counted_in_redis(redis_url: str) -> None:
    first, second = (Limits(web_redis(redis_url)) for _ in range(2))

    assert hits(first, 2) + hits(second, 9) == 3
    with Redis.from_url(redis_url) as redis:
        assert redis.keys("parley:limits*")


def test_silent_redis_is_waited_for_once_and_the_limit_holds(silent: SilentServer) -> None:
    limits = Limits(web_redis(silent.url))

    assert hits(limits, 50) == 3
    assert silent.connections() <= 3  # the first request, and the thread that waits for it
