"""The processes that `parley up` starts: watched, started again, stopped in order."""

import time
from collections.abc import Sequence

import structlog

from worker.child_process import ChildProcess

log = structlog.get_logger()


def watch(children: Sequence[ChildProcess], seconds: float) -> None:
    """Start again what ended by itself. Sleeps `seconds` between looks and before a new start."""
    while True:
        time.sleep(seconds)
        for child in children:
            if (code := child.exit_code()) is not None:
                log.warning("child_restarted", child=child.name, exit_code=code)
                child.start()


def stop_all(children: Sequence[ChildProcess]) -> None:
    """Stop in the order given, each before the next."""
    for child in children:
        child.stop()
