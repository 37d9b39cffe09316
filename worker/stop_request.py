"""The wish of whoever started a process that it stops: kept until it has stopped."""

import os
import select
import signal
from contextlib import suppress


class StopRequest:
    """Set by SIGTERM and SIGINT.

    Not a `threading.Event`: a handler that sets one can wait for ever for the code it interrupts.
    """

    def __init__(self) -> None:
        self._requested = False
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._writer, False)

    def listen(self) -> None:
        """Take the signals of this process; main thread only."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.set())

    def set(self) -> None:
        """Ask this process to stop."""
        self._requested = True
        with suppress(BlockingIOError):  # it was asked often enough
            os.write(self._writer, b".")

    def is_set(self) -> bool:
        """Whether it was asked to stop."""
        return self._requested

    def wait(self, seconds: float) -> bool:
        """Wait so long, or until it is asked to stop; returns whether it was asked."""
        if not self._requested:
            select.select([self._reader], [], [], seconds)
        return self._requested
