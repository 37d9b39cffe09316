"""The process that counts the days that are over: `python -m worker.rollup`, a worker's child.

A process of its own, because it may take long, and the sweep would wait for it.
"""

import structlog

from moderation.clock import utc_now
from moderation.storage.statistics.daily_rollups import DailyRollups
from worker.finite_process import finite_process, steps

_DAYS_SECONDS = 600.0  # for the days that are counted at once

log = structlog.get_logger()


def main() -> None:
    """Count until no day is left."""
    with finite_process("rollup_failed") as database:
        for _ in steps(DailyRollups(database, utc_now).roll_up, _DAYS_SECONDS):
            log.info("days_rolled_up")


if __name__ == "__main__":
    main()
