"""Granian on a socket that listens already: in this process, or in several that it starts."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import uvloop
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.net import SocketHolder  # type: ignore[attr-defined]
from granian.server import MPServer
from granian.server.embed import Server

from cli.local.listening_socket import BACKLOG

Load = Callable[..., Any]  # makes the application, in the process that is to answer

_HEADER_MILLISECONDS = 10_000  # also ends idle connections
_HEADER_BYTES = 131_072  # an address has at most 65,534 (hyper): the counts of 100 pages fit
CONNECTIONS = 2_048  # those that only wait cost a socket each, and no thread
_KILL_SECONDS = 10
_DRAIN_SECONDS = 0.3  # what was accepted before is a request by then
_STOP_ACCEPTING = signal.SIGUSR1
_OPTIONS: dict[str, Any] = {
    "interface": Interfaces.ASGINL,
    "http": HTTPModes.http1,
    "websockets": False,
    "backlog": BACKLOG,
    "backpressure": CONNECTIONS,
    "http1_settings": HTTP1Settings(
        header_read_timeout=_HEADER_MILLISECONDS, max_buffer_size=_HEADER_BYTES
    ),
    "log_enabled": False,
}


def serve_here(listener: socket.socket, load: Load) -> None:
    """Answer in this process, until a signal to stop."""
    uvloop.run(_serve_here(listener, load))


def serve_by_several(listener: socket.socket, load: Load, processes: int) -> None:
    """Answer in so many processes, until a signal to stop."""

    def load_there(*_target: object) -> Any:
        signal.signal(_STOP_ACCEPTING, lambda *_: _stop_accepting(listener))
        return load()

    server = _Several(
        "service.wsgi",
        loop=Loops.uvloop,
        workers=processes,
        respawn_failed_workers=True,
        workers_kill_timeout=_KILL_SECONDS,
        **_OPTIONS,
    )
    server.listener = listener
    server.serve(target_loader=load_there, wrap_loader=False)


class _Several(MPServer):
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
        vars(self).update(_shared(self.listener))


class _Alone(Server):
    """Granian within this process, on the listening socket."""

    listener: socket.socket

    def _init_shared_socket(self) -> None:
        vars(self).update(_shared(self.listener))


async def _serve_here(listener: socket.socket, load: Load) -> None:
    server = _Alone(load, factory=True, **_OPTIONS)
    server.listener = listener
    loop = asyncio.get_running_loop()

    def stop() -> None:
        _stop_accepting(listener)
        loop.call_later(_DRAIN_SECONDS, server.stop)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    await server.serve()


def _shared(listener: socket.socket) -> dict[str, object]:
    """Where granian keeps a socket that it opened."""
    descriptor = listener.fileno()
    holder = SocketHolder(descriptor, False, BACKLOG)  # type: ignore[call-arg]
    return {"_ssp": None, "_sso": listener, "_sfd": descriptor, "_shd": holder}


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
