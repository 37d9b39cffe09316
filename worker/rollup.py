"""The process that counts the days that are over: `python -m worker.rollup`, a worker's child.

A process of its own, because it may take long, and the sweep would wait for it.
"""

import signal

import structlog

from moderation.clock import utc_now
from moderation.config.logging_setup import log_to_stderr
from moderation.config.settings import Settings
from moderation.storage.database.engine import DatabaseUnavailable, open_database
from moderation.storage.statistics.daily_rollups import DailyRollups
from worker.time_limit import kill_after

_DAYS_SECONDS = 600.0  # for the days that are counted at once

log = structlog.get_logger()


def main() -> None:
    """Count until no day is left; what fails is tried again when the worker starts it again."""
    log_to_stderr()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    database = open_database(Settings.read().database_url, pool_size=1)
    finished = DailyRollups(database, utc_now)
    try:
        kill_after(_DAYS_SECONDS)
        while finished.roll_up():
            kill_after(_DAYS_SECONDS)
            log.info("days_rolled_up")
    except DatabaseUnavailable as away:
        log.warning("database_away", cause=str(away))
    except Exception:
        log.exception("rollup_failed")
    finally:
        database.close()


if __name__ == "__main__":
    main()
