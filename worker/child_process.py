"""A child process: started, watched, asked to stop, and killed where it does not."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import structlog

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_LAST_BYTES = 2_000
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
            children, and on Linux it is killed when this process is. Not for a process with
            threads, since code runs between fork and exec.
        output: The file that gets what it prints; None: what this process prints to.
    """

    name: str
    command: Sequence[str]
    stop_seconds: float
    environment: Mapping[str, str] | None = None
    own_session: bool = False
    output: Path | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> int:
        """Start it and return its process id; the one before must have ended."""
        output = _opened(self.output)
        try:
            self.process = subprocess.Popen(  # noqa: S603 our own commands
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=self.own_session,
                preexec_fn=partial(end_with_parent, os.getpid()) if self.own_session else None,
            )
        finally:
            if output is not None:
                os.close(output)
        return self.process.pid

    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def is_stopped(self) -> bool:
        """Whether it runs but was halted, as by SIGSTOP."""
        return self.process is not None and self.is_running() and is_halted(self.process.pid)

    def exit_code(self) -> int | None:
        """Its exit code; None while it runs, and before it was started."""
        return None if self.process is None else self.process.poll()

    def last_output(self) -> str:
        """The end of what it printed since its first start, as far as it is kept."""
        if self.output is None:
            return ""
        with suppress(OSError):
            return self.output.read_bytes()[-_LAST_BYTES:].decode(errors="replace").strip()
        return ""

    def stop(self) -> None:
        """Ask it to stop, wait, and kill it if it does not."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(self.stop_seconds)
        except subprocess.TimeoutExpired:
            log.warning("child_killed", child=self.name, after_seconds=self.stop_seconds)
            self.kill()

    def kill(self) -> None:
        """Kill it at once, and wait for its end."""
        if self.process is None or self.process.poll() is not None:
            return
        if self.own_session:
            os.killpg(self.process.pid, signal.SIGKILL)
        else:
            self.process.kill()
        self.process.wait()


def end_with_parent(parent: int) -> None:
    """Have this process killed when its parent ends, so that none is left behind.

    By SIGKILL, which every process obeys at once: all that it could lose is made good by whoever
    comes next. On Linux only; elsewhere it does nothing.

    Args:
        parent: The parent's process id, to notice that it has ended before.
    """
    if _libc is None:
        return
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def is_halted(process_id: int) -> bool:
    """Whether this child was halted, as by SIGSTOP; always False where the system does not say."""
    if sys.platform != "linux":
        return False
    with suppress(ChildProcessError):
        options = os.WSTOPPED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, process_id, options) is not None
    return False


def _opened(output: Path | None) -> int | None:
    """A file to print to; nowhere, where it cannot be written."""
    if output is None:
        return None
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
    with suppress(OSError):
        return os.open(output, flags, 0o600)
    return os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
