"""A Redis that Sentinel watches: its primary dies, and the workers go to the new one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from redis.exceptions import RedisError
from rq import Queue

from moderation.doorbell import JOB, QUEUE, SERIALIZER
from moderation.redis_clients import worker_redis
from tests.support.migrated_file import write_migrated
from tests.support.program import wait_until
from tests.support.redis_servers import Servers, client, redis_servers


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[Servers]:
    with redis_servers(tmp_path) as servers:
        yield servers


def start_worker(var: Path, redis_url: str, stack: ExitStack) -> None:
    write_migrated(var / "parley.db")
    others = {name: word for name, word in os.environ.items() if not name.startswith("PARLEY_")}
    settings = {"PARLEY_VAR": str(var), "PARLEY_REDIS_URL": redis_url}
    command = [sys.executable, "-m", "cli", "work"]
    process = subprocess.Popen(command, env=others | settings)
    stack.callback(process.wait, 30)
    stack.callback(process.terminate)


def waits_for_work(port: int) -> bool:
    """Whether a worker has told this server that it is there."""
    try:
        return bool(client(port).smembers("rq:workers:scoring"))
    except RedisError:
        return False


def is_enqueued(queue: Queue) -> bool:
    try:
        return bool(queue.enqueue(JOB, result_ttl=0))
    except RedisError:  # while Sentinel looks for a new primary
        return False


def test_a_worker_goes_to_the_new_primary(servers: Servers, tmp_path: Path) -> None:
    primary = servers.start()
    replica = servers.start("--replicaof", "127.0.0.1", str(primary))
    url = f"redis+sentinel://127.0.0.1:{servers.watch(primary)}/parley"
    with ExitStack() as stack:
        start_worker(tmp_path, url, stack)
        wait_until(lambda: waits_for_work(primary))

        servers.processes[primary].kill()

        redis = servers.closed_after(worker_redis(url))
        queue = Queue(QUEUE, connection=redis, serializer=SERIALIZER)
        wait_until(lambda: is_enqueued(queue))
        wait_until(lambda: queue.count == 0)
        assert client(replica).info("replication")["role"] == "master"
