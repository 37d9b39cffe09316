"""The worker's child that tells: there only while somebody wants to be told."""

import subprocess
import sys
from collections.abc import Callable

import structlog

COMMAND = (sys.executable, "-m", "worker.tell")
_PATIENCE_SECONDS = 3.0

log = structlog.get_logger()


class Teller:
    """Starts the process when it is needed, and again when it has died."""

    def __init__(self, needed: Callable[[], bool]) -> None:
        self._needed = needed
        self.process: subprocess.Popen[bytes] | None = None

    def look(self) -> None:
        """Start it where it is needed and not there."""
        if self.process is not None and self.process.poll() is None:
            return
        if self._needed():
            self.process = subprocess.Popen(COMMAND, stdin=subprocess.DEVNULL)  # noqa: S603 ours
            log.info("teller_started", process=self.process.pid)

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
