"""The process that erases rejected texts after a site's days: `python -m worker.old_texts`.

A process of its own, as the rollup is: a long list of them must not keep the sweep waiting.
"""

import structlog

from moderation.clock import utc_now
from moderation.storage.database.overwriting import overwrite_erased
from moderation.storage.decisions.purges import Purges
from worker.finite_process import finite_process, steps

_BATCH_SECONDS = 120.0  # for the comments that are erased at once

log = structlog.get_logger()


def main() -> None:
    """Erase until none is left."""
    with finite_process("purge_failed") as database:
        for number in steps(Purges(database, utc_now).purge, _BATCH_SECONDS):
            log.info("rejected_texts_purged", comments=number)
        overwrite_erased(database, _BATCH_SECONDS / 2)


if __name__ == "__main__":
    main()
