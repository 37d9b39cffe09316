"""What grows, and the databases that have grown so far."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bench.queue.databases import DATABASES, Contents
from bench.queue.filled import Say, Size, fill
from moderation.clock import utc_now
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database, open_database
from moderation.storage.migrate import migrate

_FEW_PAGES, _SOME_COMMENTS = 10, 10_000


class Growing(StrEnum):
    """What grows while everything else stays."""

    COMMENTS = "comments"
    PAGES = "pages"
    SITES = "sites"
    MODERATORS = "moderators"


# Of comments a thousand at first: with fewer a page is not full.
FIRST = {Growing.COMMENTS: 1_000, Growing.PAGES: 10, Growing.SITES: 1, Growing.MODERATORS: 1}


@dataclass(frozen=True, slots=True)
class Step:
    """How many there are of what grows."""

    what: Growing
    number: int


@contextmanager
def grown(folder: Path, on: str, step: Step, say: Say) -> Iterator[str]:
    """The URL of a database that has grown; it is kept for the next run, and a copy is used.

    Args:
        folder: Where it is kept.
        on: Which database, a name in DATABASES.
        step: How far it has grown.
        say: Tells who waits what is done.
    """
    contents = Contents(
        f"grown_{step.what}_{step.number}", lambda database: _grow(database, step, say)
    )
    with DATABASES[on](folder, contents) as url:
        database = open_database(url, pool_size=1)
        migrate(database)  # it may be of an earlier version
        database.close()
        yield url


def _grow(database: Database, step: Step, say: Say) -> None:
    what, number = step.what, step.number
    count = number if what is Growing.COMMENTS else _SOME_COMMENTS
    pages = number if what is Growing.PAGES else _FEW_PAGES
    fill(database, Size(count, count // 10, pages), say)
    if what is Growing.SITES:
        for k in range(number - 1):  # besides the one that has the comments
            Sites(database, utc_now).add(Site(0, f"paper-{k}", f"Paper {k}", ()))
    if what is Growing.MODERATORS:
        for k in range(number - 1):  # besides the one who looks
            Moderators(database, utc_now).add(f"Moderator {k}")
