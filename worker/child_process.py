"""The worker's children: a module of its own each, run only while there is something for it."""

import subprocess
import sys
from collections.abc import Callable

import structlog

_PATIENCE_SECONDS = 3.0

log = structlog.get_logger()


class Child:
    """Runs `python -m module` when it is needed, and again when it has ended and still is."""

    def __init__(self, module: str, needed: Callable[[], bool]) -> None:
        self._module = module
        self._needed = needed
        self.process: subprocess.Popen[bytes] | None = None

    def look(self) -> None:
        """Start it where it is needed and not there."""
        if self.process is not None and self.process.poll() is None:
            return
        if self._needed():
            command = (sys.executable, "-m", self._module)
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 ours
            log.info("child_started", module=self._module, process=self.process.pid)

    def stop(self) -> None:
        """Ask it to end, and kill it if it does not."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
