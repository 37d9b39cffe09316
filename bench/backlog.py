"""How fast workers decide what waits: filled while they are away, timed until nothing is left."""

import time

from bench.memory import Peak
from bench.parley import SITE, Parley
from bench.problem import NotMeasured
from bench.rates import WRITTEN
from bench.texts import NAMES, texts
from moderation.clock import utc_now
from moderation.comments import Submission
from moderation.storage.comments.insert import insert_comments
from moderation.storage.comments.new_comments import Submitter, prepared
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database, open_database

_AT_ONCE = 2_000  # comments in one transaction
_DRAIN_SECONDS = 600.0
_LOOK = 0.05


def drained(parley: Parley, number: int, workers: int, worker: Peak) -> float:
    """Comments a second of one backlog. The workers' peak of memory goes to `worker`."""
    parley.rest()
    database = open_database(parley.database_url, pool_size=1)
    _fill(database, number)
    database.close()
    full = parley.pending()
    for _ in range(workers):
        parley.start_work()
    with worker.watch(parley.worker_memory):
        return full / _seconds(parley, full)


def _fill(database: Database, number: int) -> None:
    site = Sites(database, utc_now).get(SITE)
    written = texts(number)
    for first in range(0, number, _AT_ONCE):
        batch = [
            prepared(site, _submission(k, text), Submitter(), utc_now())
            for k, text in enumerate(written[first : first + _AT_ONCE])
        ]
        with database.write() as connection:
            insert_comments(connection, batch)


def _submission(k: int, text: str) -> Submission:
    return Submission(site=SITE, page=WRITTEN, name=NAMES[k % len(NAMES)], text=text)


def _seconds(parley: Parley, full: int) -> float:
    """From the last look that found all of it until the first that finds none."""
    began = time.monotonic()
    while left := parley.pending():
        now = time.monotonic()
        if left == full:
            began = now
        if now - began > _DRAIN_SECONDS:
            sentence = f"{left} comments were not decided within {_DRAIN_SECONDS:.0f} seconds"
            raise NotMeasured(sentence)
        time.sleep(_LOOK)
    return time.monotonic() - began
