"""Granian with our settings, on a socket that listens already."""

import gc
import importlib
import os
import resource
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import click
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.net import SocketHolder  # type: ignore[attr-defined]
from granian.server import MPServer

from cli.context import check_secret, open_checked_database
from cli.local.listening_socket import BACKLOG
from cli.local.redis_check import checked_redis_url
from cli.local.rolling_restart import READY
from cli.wrong_use import read_settings
from moderation.config.settings import Settings
from worker.child_process import end_with_parent

_HEADER_MILLISECONDS = 10_000  # also ends idle connections
_HEADER_BYTES = 131_072  # an address has at most 65,534 (hyper): the counts of 100 pages fit
_CONNECTIONS = 2_048  # those that only wait cost a socket each, and no thread
_OTHER_FILES = 512  # databases, logs, the model
_KILL_SECONDS = 10
_METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # prometheus-client's own variable


_STOP_ACCEPTING = signal.SIGUSR1
_DRAIN_SECONDS = 0.3  # what was accepted before is a request by then


class _Server(MPServer):
    """Granian, but all its processes share one listening socket, which outlives them."""

    listener: socket.socket

    def _stop_workers(self) -> None:
        """Accept nothing more, then stop: granian closes what it accepted and has not read yet."""
        for worker in self.wrks:
            if worker.is_alive():  # type: ignore[no-untyped-call]
                os.kill(worker.inner.pid, _STOP_ACCEPTING)
        time.sleep(_DRAIN_SECONDS)
        super()._stop_workers()  # type: ignore[no-untyped-call]

    def _init_shared_socket(self) -> None:
        descriptor = self.listener.fileno()
        holder = SocketHolder(descriptor, False, BACKLOG)  # type: ignore[call-arg]
        vars(self).update(_ssp=None, _sso=self.listener, _sfd=descriptor, _shd=holder)


@click.command()
@click.argument("listener", type=int)
@click.argument("ready", type=int)
def web_server(listener: int, ready: int) -> None:
    """Serve at the LISTENER, a file descriptor; write to READY once requests are answered."""
    settings = read_settings()
    checked_redis_url(settings)
    check_secret(settings)
    with open_checked_database(settings):
        pass
    _allow_connections()
    with ExitStack() as stack:
        if settings.web_processes > 1 and _METRICS_FOLDER not in os.environ:
            folder = tempfile.TemporaryDirectory(prefix="parley-metrics-")
            os.environ[_METRICS_FOLDER] = stack.enter_context(folder)
        server = _server(settings)
        server.listener = socket.socket(fileno=listener)
        server.serve(target_loader=_loader(settings, server.listener, ready), wrap_loader=False)


def _server(settings: Settings) -> _Server:
    return _Server(
        "service.wsgi",
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        loop=Loops.asyncio,
        websockets=False,
        workers=settings.web_processes,
        backlog=BACKLOG,
        backpressure=_CONNECTIONS,
        http1_settings=HTTP1Settings(
            header_read_timeout=_HEADER_MILLISECONDS, max_buffer_size=_HEADER_BYTES
        ),
        respawn_failed_workers=True,
        workers_kill_timeout=_KILL_SECONDS,
        log_enabled=False,
    )


def _loader(settings: Settings, listener: socket.socket, ready: int) -> Callable[..., Any]:
    """What each of granian's processes gets its application from."""
    # By name, and only now: prometheus-client looks for its folder when it is loaded.
    wsgi = importlib.import_module("service.wsgi")
    # What is loaded by now is never freed: kept out of the collector's sight its pages stay shared
    # with the worker process (measured: 18 of 104 MB).
    gc.collect()
    gc.freeze()
    parent = os.getpid()

    def load(*_target: object) -> Any:
        end_with_parent(parent)  # granian's worker process otherwise outlives its killed parent
        signal.signal(_STOP_ACCEPTING, lambda *_: _stop_accepting(listener))
        gateway = wsgi.gateway(settings.web_threads)
        os.write(ready, READY)
        return gateway

    return load


def _stop_accepting(listener: socket.socket) -> None:
    """Put a socket that nobody connects to in the listener's place, in this process alone."""
    if sys.platform != "linux":
        return
    inode, silent = os.fstat(listener.fileno()).st_ino, socket.create_server(("127.0.0.1", 0))
    silent.setblocking(False)
    for descriptor in [int(path.name) for path in Path("/proc/self/fd").iterdir()]:
        with suppress(OSError):
            if os.fstat(descriptor).st_ino == inode:
                os.dup2(silent.fileno(), descriptor)


def _allow_connections() -> None:
    """Raise this process's own limit of open files to what the connections need, if it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = _CONNECTIONS + _OTHER_FILES
    most = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


if __name__ == "__main__":
    sys.exit(web_server(prog_name="parley serve"))
