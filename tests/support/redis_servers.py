"""Real Redis servers on ports of this machine: with replicas and Sentinels, or of a Cluster."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from cli.local.private_redis import private_redis
from tests.support.program import free_port, wait_until

_SENTINEL = """
port {port}
dir {folder}
sentinel monitor parley 127.0.0.1 {primary} 1
sentinel down-after-milliseconds parley 500
sentinel failover-timeout parley 3000
"""


class Servers:
    """Started ones, by their ports; all end with the stack."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.processes: dict[int, subprocess.Popen[bytes]] = {}
        self._folder = folder
        self._stack = stack
        self._program = private_redis(folder)[0].command[0]

    def start(self, *options: str) -> int:
        """Start a server with these options; returns its port."""
        port = free_port(below=22_768)  # a Cluster's servers listen 10,000 above it too
        folder = self._folder / str(port)
        folder.mkdir()
        words = ("--port", str(port), "--dir", str(folder), "--save", "", *options)
        return self._run(port, words)

    def watch(self, primary: int) -> int:
        """Start a Sentinel that calls this server and its replicas `parley`; returns its port."""
        port = free_port()
        file = self._folder / f"{port}.conf"
        file.write_text(_SENTINEL.format(port=port, primary=primary, folder=self._folder))
        return self._run(port, (str(file), "--sentinel"))

    def closed_after(self, redis: Redis) -> Redis:
        """A client by Sentinel, whose connections end before the servers.

        It is in a circle with its connections, which Python else ends whenever it comes by.
        """
        pool: Any = redis.connection_pool
        for opened in (redis, *pool.sentinel_manager.sentinels):
            self._stack.callback(opened.connection_pool.disconnect)
        return redis

    def _run(self, port: int, words: tuple[str, ...]) -> int:
        command = (self._program, *words)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        self.processes[port] = process
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        wait_until(lambda: process.poll() is not None or _answers(port))
        assert process.returncode is None, f"{command} ended with {process.returncode}"
        return port


@contextmanager
def redis_servers(folder: Path) -> Iterator[Servers]:
    with ExitStack() as stack:
        yield Servers(folder, stack)


def client(port: int) -> Redis:
    return Redis(port=port, socket_timeout=5, decode_responses=True)


def _answers(port: int) -> bool:
    try:
        return bool(client(port).ping())
    except RedisError:
        return False
