"""A child process that shares the memory of this one: no second model, no second start."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

from worker.child_process import end_with_parent, is_halted

_POLL_SECONDS = 0.02

log = structlog.get_logger()


@dataclass
class ForkedChild:
    """A function that runs in a process of its own, and may be started again when it has ended.

    Only for a process without threads, open connections and held locks: they would be there, but
    dead, in the child.

    Attributes:
        name: Names it in the log.
        work: What it does; on SIGTERM it is ended, unless it has a handler for it.
        stop_seconds: How long it may take to stop before it is killed.
    """

    name: str
    work: Callable[[], object]
    stop_seconds: float
    process_id: int | None = field(default=None, init=False)
    _code: int | None = field(default=None, init=False)
    _asked_at: float | None = field(default=None, init=False)

    def start(self) -> int:
        """Start it and return its process id; the one before must have ended."""
        parent, self._code, self._asked_at = os.getpid(), None, None
        self.process_id = os.fork()
        if self.process_id == 0:
            self._run(parent)
        return self.process_id

    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self.process_id is not None and self.exit_code() is None

    def is_stopped(self) -> bool:
        """Whether it runs but was halted, as by SIGSTOP."""
        return self.process_id is not None and self.is_running() and is_halted(self.process_id)

    def exit_code(self) -> int | None:
        """Its exit code, or the negative number of the signal that ended it; None: it runs."""
        if self.process_id is not None and self._code is None:
            self._reap(os.WNOHANG)
        return self._code

    def last_output(self) -> str:
        """Nothing: it prints to where this process prints."""
        return ""

    def stop(self) -> None:
        """Ask it to stop, unless it was asked, wait, and kill it if it does not."""
        until = self.ask_to_stop() + self.stop_seconds
        while self.is_running() and time.monotonic() < until:
            time.sleep(_POLL_SECONDS)
        if self.is_running():
            log.warning("child_killed", child=self.name, after_seconds=self.stop_seconds)
            self.kill()

    def ask_to_stop(self) -> float:
        """Ask it once, without waiting; returns the moment of the first time, in seconds."""
        if self._asked_at is None:
            self._asked_at = time.monotonic()
            if self.process_id is not None and self.is_running():
                os.kill(self.process_id, signal.SIGTERM)
        return self._asked_at

    def kill(self) -> None:
        """Kill it at once, and wait for its end."""
        if self.process_id is not None and self.is_running():
            os.kill(self.process_id, signal.SIGKILL)
            self._reap(0)

    def _reap(self, options: int) -> None:
        process_id, status = os.waitpid(self.process_id or 0, options)
        if process_id:
            self._code = os.waitstatus_to_exitcode(status)

    def _run(self, parent: int) -> None:
        """In the child: never returns, whatever the work raises."""
        code = 1
        try:
            end_with_parent(parent)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent says when to stop
            self.work()
            code = 0
        except BaseException:  # it must not go on in the parent's code
            with suppress(BaseException):
                log.exception("child_failed", child=self.name)
        finally:
            os._exit(code)
