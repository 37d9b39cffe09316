"""Start a web server, and at SIGHUP another one that takes over from it.

`parley serve` goes on as this program: it stays as long as the server does, and loads little.
"""

import os
import queue
import select
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field

import structlog

from moderation.config.logging_setup import log_to_stderr

_START_SECONDS = 30.0
_STOP_SECONDS = 15.0  # longer than the web server gives its own workers
_CRASH_SECONDS = 5.5  # one that lived no longer is not started again
READY = b"r"  # what a web server writes when it can answer

log = structlog.get_logger()


@dataclass(frozen=True)
class _Server:
    process: subprocess.Popen[bytes]
    ready: int  # a pipe's end
    began: float = field(default_factory=time.monotonic)

    def is_ready(self, seconds: float = _START_SECONDS) -> bool:
        """Wait until it can answer; False where it ended instead, or took too long."""
        poll = select.poll()
        poll.register(self.ready, select.POLLIN)
        # What it wrote stays in the pipe, so that the same can be asked when it has ended.
        return any(event & select.POLLIN for _, event in poll.poll(1_000 * seconds))

    def has_crashed_early(self) -> bool:
        """Whether one that has ended would only end again."""
        return not self.is_ready(0) or time.monotonic() - self.began < _CRASH_SECONDS

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
        """Serve until a signal to stop, or until a server cannot start; returns its exit code.

        A new server that does not start leaves the old one in its place. One that ends by itself
        later, as when the system kills it for memory, is followed by another.
        """
        self._catch_signals()
        server = self._start()
        while (number := self._signals.get()) not in (signal.SIGTERM, signal.SIGINT):
            if number == signal.SIGHUP:
                server = self._replace(server)
            elif (code := server.process.poll()) is not None:
                if server.has_crashed_early():
                    return code
                server = self._follow(server)
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

    def _follow(self, ended: _Server) -> _Server:
        log.error("web_server_ended", exit_code=ended.stop())
        return self._start()

    def _start(self) -> _Server:
        ready, write = os.pipe()
        passed = (self._listener.fileno(), write)
        process = subprocess.Popen(  # noqa: S603 our own module
            (sys.executable, "-m", "cli.local.web_server", *map(str, (*passed, os.getpid()))),
            # One pool of memory for all threads: one for each kept 7 to 10 MB more (measured).
            env={"MALLOC_ARENA_MAX": "1", **os.environ},
            stdin=subprocess.DEVNULL,
            pass_fds=passed,
            process_group=0,  # a Ctrl-C is for us: we stop it in order
        )
        os.close(write)
        return _Server(process, ready)


if __name__ == "__main__":
    log_to_stderr()
    sys.exit(RollingServer(socket.socket(fileno=int(sys.argv[1]))).run())
