"""Starting and stopping what is measured."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench.memory import Memory, session_memory
from bench.problem import NotMeasured
from bench.wire import HOST

_START_SECONDS = 30.0
_STOP_SECONDS = 15.0
_LOOK = 0.05  # seconds between two looks


class Program:
    """One program, with everything it starts; what it says goes to a log."""

    def __init__(self, command: Sequence[str], log: Path, environment: Mapping[str, str]) -> None:
        self.log = log
        with log.open("wb") as file:
            self._process = subprocess.Popen(  # noqa: S603 our own commands
                command,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The number of its first process."""
        return self._process.pid

    def ended(self) -> bool:
        """Whether it stopped by itself."""
        return self._process.poll() is not None

    def stop(self) -> None:
        """Ask it to stop, wait, and end its session if it does not."""
        if self.ended():
            return
        self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def memory(self) -> Memory:
        """Of all its processes now."""
        return session_memory(self._process.pid)


def run(command: Sequence[str], what: str, environment: Mapping[str, str]) -> str:
    """What a command printed. Raises NotMeasured with the last line it said."""
    done = subprocess.run(  # noqa: S603 our own commands
        command, env=dict(environment), capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["it said nothing"]
        sentence = f"could not {what}: {lines[0]}"
        raise NotMeasured(sentence)
    return done.stdout


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Callable[[], bool], what: str, seconds: float = _START_SECONDS) -> None:
    """Look until it holds. Raises NotMeasured."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            sentence = f"{what} took more than {seconds:.0f} seconds"
            raise NotMeasured(sentence)
        time.sleep(_LOOK)


def started(program: Program, ready: Callable[[], bool], name: str) -> None:
    """Wait until a program is ready. Raises NotMeasured where it ends or takes too long."""
    hint = f"what it said is in {program.log}"
    wait_for(lambda: program.ended() or ready(), f"starting {name} ({hint})")
    if program.ended():
        sentence = f"{name} ended by itself; {hint}"
        raise NotMeasured(sentence)
