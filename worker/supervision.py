"""Keeps children running: what ended is started again, what is silent is killed first."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from worker.stop_request import StopRequest

TICK_SECONDS = 1.0
SILENT_SECONDS = 30.0  # a child that has not answered for so long is killed
_ASK_SECONDS = 5.0  # between two questions whether it answers
_LONGEST_DELAY = 5.0  # seconds before a child that ends at once is started again
_SETTLED_SECONDS = 5.0  # what lived so long did not end at once

log = structlog.get_logger()


class Child(Protocol):
    """A child process, by exec or by fork."""

    @property
    def name(self) -> str:
        """Names it in the log."""

    def start(self) -> int: ...
    def is_running(self) -> bool: ...
    def is_stopped(self) -> bool: ...
    def exit_code(self) -> int | None: ...
    def last_output(self) -> str: ...
    def stop(self) -> None: ...
    def kill(self) -> None: ...


@dataclass
class Supervised:
    """A child that is to run for as long as this process does.

    Attributes:
        child: Started by `start`, then again by `look`.
        answers: Whether it does its work, where that can be asked in a moment.
    """

    child: Child
    answers: Callable[[], bool] | None = None
    _delay: float = field(default=TICK_SECONDS, init=False)
    _started_at: float = field(default=0.0, init=False)
    _restart_at: float | None = field(default=None, init=False)
    _ask_at: float = field(default=0.0, init=False)
    _silent_since: float | None = field(default=None, init=False)

    def start(self, now: float) -> None:
        """Start it; `now` in seconds of a clock that never goes back."""
        self._started_at, self._restart_at, self._silent_since = now, None, None
        self._ask_at = now + _ASK_SECONDS
        self.child.start()

    def look(self, now: float) -> None:
        """Kill it if it has been silent for too long, start it again if it has ended."""
        code = self.child.exit_code()
        if code is None:
            self._kill_if_silent(now)
        elif self._restart_at is None:
            self._plan_restart(now, code)
        elif now >= self._restart_at:
            log.warning("child_restarted", child=self.child.name)
            self.start(now)

    def _plan_restart(self, now: float, code: int) -> None:
        is_settled = now - self._started_at >= _SETTLED_SECONDS
        self._delay = TICK_SECONDS if is_settled else min(2 * self._delay, _LONGEST_DELAY)
        self._restart_at = now + self._delay
        output = {"output": text} if (text := self.child.last_output()) else {}
        log.warning("child_ended", child=self.child.name, exit_code=code, **output)

    def _kill_if_silent(self, now: float) -> None:
        if self.child.is_stopped():
            self._silent_since = self._silent_since or now
        elif now >= self._ask_at:
            self._ask_at = now + _ASK_SECONDS
            answers = self.answers is None or self.answers()
            self._silent_since = None if answers else self._silent_since or now
        if self._silent_since is not None and now - self._silent_since >= SILENT_SECONDS:
            log.warning("child_silent", child=self.child.name, seconds=SILENT_SECONDS)
            self._silent_since = None
            self.child.kill()


def supervise(children: Sequence[Supervised], stop: StopRequest) -> None:
    """Look after the children, which were started, each second until `stop` is set."""
    while not stop.wait(TICK_SECONDS):
        for child in children:
            child.look(time.monotonic())


def start_if_needed(child: Child, is_needed: Callable[[], bool]) -> None:
    """Start a child that does not run, if it is needed now; one that was halted is killed."""
    if child.is_stopped():
        log.warning("child_silent", child=child.name)
        child.kill()
    if not child.is_running() and is_needed():
        log.info("child_started", child=child.name, process=child.start())
