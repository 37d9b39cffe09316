"""One ring is for many requests, and none of them goes without."""

from redis import Redis

from moderation.doorbell import Doorbell
from service.wiring.doorbell_thread import DoorbellThread
from tests.support.program import wait_until


def test_who_asks_while_it_rests_is_rung_for_all_the_same(redis_url: str) -> None:
    with Redis.from_url(redis_url) as redis:
        doorbell = Doorbell(redis)
        thread = DoorbellThread(doorbell)
        for _ in range(3):
            thread.ring()
            wait_until(lambda: doorbell.queued() == 1)
            redis.flushall()  # a worker took it, and has looked

        assert doorbell.queued() == 0
