"""A thread that sends what is due, and ends: a slow mail server holds up nothing else."""

import threading
from collections.abc import Callable

import structlog

from moderation.storage.database.engine import DatabaseUnavailable
from worker.notifications.step_times import StepTimes

log = structlog.get_logger()


class SendingThread:
    """Runs the sending in a thread of its own, one at a time."""

    def __init__(self, name: str, send: Callable[[], object]) -> None:
        """Name the thread; `send` looks at `stop` between two mails, and begins a step for each."""
        self._name = name
        self._send = send
        self._sending = threading.Lock()
        self.stop = threading.Event()
        self.step_times = StepTimes()

    def start(self) -> None:
        """Start the thread, unless the last one still runs."""
        if self._sending.acquire(blocking=False):
            threading.Thread(target=self._run, name=self._name, daemon=True).start()

    def finish(self, seconds: float) -> None:
        """Start no further mail; wait so many seconds for the present one."""
        self.stop.set()
        self._sending.acquire(timeout=seconds)

    def _run(self) -> None:
        self.step_times.begin_step()
        try:
            self._send()
        except DatabaseUnavailable as away:
            log.warning("database_away", cause=str(away))
        except Exception:  # the next thread tries again
            log.exception("sending_failed", thread=self._name)
        finally:
            self.step_times.end()
            self._sending.release()
