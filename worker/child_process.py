"""A child process: started, watched, asked to stop, and killed where it does not."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import structlog

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None

log = structlog.get_logger()


@dataclass
class ChildProcess:
    """A program of ours, which may be started again when it has ended.

    Attributes:
        name: Names it in the log.
        command: The program and its arguments.
        stop_seconds: How long it may take to stop before it is killed.
        environment: Its variables; None for those of this process.
        own_session: A Ctrl-C in the terminal does not reach it; it is killed with its own
            children, and on Linux it is stopped when this process is killed. Not for a process
            with threads, since code runs between fork and exec.
    """

    name: str
    command: Sequence[str]
    stop_seconds: float
    environment: Mapping[str, str] | None = None
    own_session: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> int:
        """Start it and return its process id; the one before must have ended."""
        self.process = subprocess.Popen(  # noqa: S603 our own commands
            self.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=self.own_session,
            preexec_fn=end_with_parent if self.own_session else None,
        )
        return self.process.pid

    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def exit_code(self) -> int | None:
        """Its exit code; None while it runs, and before it was started."""
        return None if self.process is None else self.process.poll()

    def stop(self) -> None:
        """Ask it to stop, wait, and kill it if it does not."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(self.stop_seconds)
        except subprocess.TimeoutExpired:
            log.warning("child_killed", child=self.name, after_seconds=self.stop_seconds)
            self._kill(self.process)
            self.process.wait()

    def _kill(self, process: subprocess.Popen[bytes]) -> None:
        if self.own_session:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def start_if_needed(child: ChildProcess, is_needed: Callable[[], bool]) -> None:
    """Start a child that does not run, if it is needed now."""
    if not child.is_running() and is_needed():
        log.info("child_started", child=child.name, process=child.start())


def end_with_parent() -> None:
    """Have this process get SIGTERM when its parent is killed, so that none is left behind.

    On Linux only; elsewhere it does nothing.
    """
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
