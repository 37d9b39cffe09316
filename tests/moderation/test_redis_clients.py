"""Where the queue is: a primary that Sentinel names, never one of a Cluster."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from moderation.doorbell import Doorbell
from moderation.redis_clients import misfit, web_redis, worker_redis
from tests.support.program import wait_until
from tests.support.redis_servers import Servers, client, redis_servers


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[Servers]:
    with redis_servers(tmp_path) as servers:
        yield servers


@pytest.fixture
def watched(servers: Servers) -> tuple[str, int, int]:
    """The address of a primary and its replica behind two Sentinels, one of them away; ports."""
    primary = servers.start()
    replica = servers.start("--replicaof", "127.0.0.1", str(primary))
    wait_until(lambda: client(replica).info("replication")["master_link_status"] == "up")
    sentinel = servers.watch(primary)
    wait_until(lambda: client(sentinel).sentinel_slaves("parley"))
    return f"redis+sentinel://127.0.0.1:1,127.0.0.1:{sentinel}/parley/0", primary, replica


def test_rings_go_to_the_new_primary_when_the_old_one_is_killed(
    watched: tuple[str, int, int], servers: Servers
) -> None:
    url, primary, replica = watched
    doorbell = Doorbell(servers.closed_after(web_redis(url)))
    assert doorbell.problem() is None
    assert doorbell.ring()
    assert client(primary).keys("rq:job:*")

    servers.processes[primary].kill()

    wait_until(lambda: Doorbell(servers.closed_after(web_redis(url))).ring())
    wait_until(doorbell.ring)  # after the rest that a failure is followed by
    assert client(replica).keys("rq:job:*")


def test_what_waits_for_work_follows_the_primary(
    watched: tuple[str, int, int], servers: Servers
) -> None:
    url, primary, replica = watched
    waiting = servers.closed_after(worker_redis(url))
    assert waiting.info("replication")["role"] == "master"

    servers.processes[primary].kill()

    wait_until(lambda: port_of(waiting) == replica)


def port_of(redis: Redis) -> int | None:
    try:
        return int(redis.info("server")["tcp_port"])
    except RedisError:  # while Sentinel looks for a new primary
        return None


def test_a_name_that_no_sentinel_knows_is_said(
    watched: tuple[str, int, int], servers: Servers
) -> None:
    url = watched[0].replace("/parley/", "/other/")

    problem = Doorbell(servers.closed_after(web_redis(url))).problem()

    assert (problem or "").startswith("does not answer: No master found for 'other'; comments")


def test_a_server_of_a_cluster_is_refused(servers: Servers) -> None:
    port = servers.start("--cluster-enabled", "yes")

    assert "spread over a Redis Cluster" in (misfit(client(port)) or "")
    assert "spread over a Redis Cluster" in (Doorbell(client(port)).problem() or "")
