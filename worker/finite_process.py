"""A process of its own that takes one step after another until none is left, and ends."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import structlog

from moderation.config.logging_setup import log_to_stderr
from moderation.config.settings import Settings
from moderation.storage.database.engine import Database, DatabaseUnavailable, open_database
from worker.time_limit import kill_after

Done = TypeVar("Done")

log = structlog.get_logger()


@contextmanager
def finite_process(failure: str) -> Iterator[Database]:
    """Give the database to what the process does.

    What fails is logged, as this failure, and tried again when the worker starts the process again.
    """
    log_to_stderr()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    database = open_database(Settings.read().database_url, pool_size=1)
    try:
        yield database
    except DatabaseUnavailable as away:
        log.warning("database_away", cause=str(away))
    except Exception:
        log.exception(failure)
    finally:
        database.close()


def steps(step: Callable[[], Done], seconds: float) -> Iterator[Done]:
    """Yield what each step did until one does nothing; none may take longer than `seconds`."""
    kill_after(seconds)
    while done := step():
        kill_after(seconds)
        yield done
