"""Start a web server, and at SIGHUP another one that takes over from it."""

import os
import queue
import select
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from functools import partial

import structlog

from worker.child_process import end_with_parent

_START_SECONDS = 30.0
_STOP_SECONDS = 15.0  # longer than the web server gives its own workers
READY = b"r"  # what a web server writes when it can answer

log = structlog.get_logger()


@dataclass(frozen=True)
class _Server:
    process: subprocess.Popen[bytes]
    ready: int  # a pipe's end

    def is_ready(self) -> bool:
        """Wait until it can answer; False where it ended instead, or took too long."""
        readable, _, _ = select.select([self.ready], [], [], _START_SECONDS)
        return bool(readable) and os.read(self.ready, 1) == READY

    def stop(self) -> int:
        """Let it answer what it has, and return its exit code; kill it where it does not end."""
        self.process.terminate()
        try:
            return self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            log.warning("child_killed", child="web server", after_seconds=_STOP_SECONDS)
            self.process.kill()
            return self.process.wait()
        finally:
            os.close(self.ready)


class RollingServer:
    """One web server at a time, and two while one takes over; the socket stays open throughout."""

    def __init__(self, listener: socket.socket) -> None:
        """Start nothing yet.

        Args:
            listener: The socket at which each of the servers accepts connections.
        """
        self._listener = listener
        self._signals: queue.SimpleQueue[int] = queue.SimpleQueue()

    def run(self) -> int:
        """Serve until a signal to stop, or until the server ends by itself; returns its exit code.

        A new server that does not start leaves the old one in its place.
        """
        self._catch_signals()
        server = self._start()
        while (number := self._signals.get()) not in (signal.SIGTERM, signal.SIGINT):
            if number == signal.SIGHUP:
                server = self._replace(server)
            elif (code := server.process.poll()) is not None:
                return code
        return server.stop()

    def _catch_signals(self) -> None:
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
            if signal.getsignal(number) is not signal.SIG_IGN:  # as `nohup` has it
                signal.signal(number, lambda number, _frame: self._signals.put(number))

    def _replace(self, old: _Server) -> _Server:
        new = self._start()
        if not new.is_ready():
            log.error("restart_failed", exit_code=new.stop())
            return old
        log.info("restarted", old=old.process.pid, new=new.process.pid)
        old.stop()
        return new

    def _start(self) -> _Server:
        ready, write = os.pipe()
        passed = (self._listener.fileno(), write)
        process = subprocess.Popen(  # noqa: S603 our own module
            (sys.executable, "-m", "cli.local.web_server", *map(str, passed)),
            stdin=subprocess.DEVNULL,
            pass_fds=passed,
            process_group=0,  # a Ctrl-C is for us: we stop it in order
            preexec_fn=partial(end_with_parent, os.getpid()),
        )
        os.close(write)
        return _Server(process, ready)
