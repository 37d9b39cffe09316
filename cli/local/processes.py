"""The processes that `parley up` starts: watched, started again, stopped in order."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import structlog

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None

log = structlog.get_logger()


@dataclass
class Child:
    """One program. `patience` is how many seconds it may take to stop before it is killed."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    patience: float
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        """Start it in a session of its own: a Ctrl-C in the terminal reaches only `parley up`."""
        self.process = subprocess.Popen(  # noqa: S603 our own commands
            self.command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )

    def ended(self) -> int | None:
        """Its exit code, or None while it runs."""
        return self.process.poll()

    def stop(self) -> None:
        """Ask it to stop, wait, and kill it if it does not."""
        if self.ended() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            log.warning("killed", child=self.name, after_seconds=self.patience)
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def watch(children: Sequence[Child], seconds: float) -> None:
    """Start again what ended by itself. Sleeps `seconds` between looks and before a new start."""
    while True:
        time.sleep(seconds)
        for child in children:
            if (code := child.ended()) is not None:
                log.warning("started_again", child=child.name, exit_code=code)
                child.start()


def stop_all(children: Sequence[Child]) -> None:
    """Stop in the order given, each before the next."""
    for child in children:
        child.stop()


def end_with_parent() -> None:
    """Linux: this process gets SIGTERM when its parent is killed, so that none is left behind."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
