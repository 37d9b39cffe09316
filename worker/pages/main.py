"""The process that reads the sites' own pages: `python -m worker.pages.main`, the sweep's child.

A process of its own: sites may be slow, and neither scoring nor webhooks wait for them.
"""

import time

import structlog

from moderation.clock import utc_now
from moderation.config.logging_setup import log_to_stderr
from moderation.config.settings import Settings
from moderation.storage.comments.page_checks import PageChecks
from moderation.storage.database.engine import DatabaseUnavailable, open_database
from worker.pages.confirmation import PageChecker
from worker.pages.fetch import SECONDS
from worker.stop_request import StopRequest
from worker.time_limit import kill_after

_PAUSE_SECONDS = 1.0  # between two pages: a site must not notice that it is read
_IDLE_SECONDS = 30.0  # then the process ends, and the sweep starts it again when it is needed
_PAGE_SECONDS = SECONDS + 50.0  # with two writes to a locked SQLite file

log = structlog.get_logger()


def main() -> None:
    """Check pages until none has waited for a while."""
    log_to_stderr()
    stop = StopRequest()
    stop.listen()
    settings = Settings.read()
    database = open_database(settings.database_url, pool_size=1)
    checker = PageChecker(PageChecks(database, utc_now), agent(settings.public_url))
    try:
        _check_all(checker, stop)
    except DatabaseUnavailable as away:
        log.warning("database_away", cause=str(away))
    finally:
        database.close()


def agent(public_url: str) -> str:
    """What servers are told of who reads their pages, and where to ask why."""
    return f"Parley (reads the titles of commented pages; +{public_url})"


def _check_all(checker: PageChecker, stop: StopRequest) -> None:
    idle_since = time.monotonic()
    while time.monotonic() - idle_since < _IDLE_SECONDS:
        kill_after(_PAGE_SECONDS)
        if checker.check_next():
            idle_since = time.monotonic()
        if stop.wait(_PAUSE_SECONDS):
            return


if __name__ == "__main__":
    main()
