"""What grows, and the databases that have grown so far."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from bench.queue.filled import Say, Size, fill
from moderation.clock import utc_now
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database, open_database
from moderation.storage.migrate import migrate

_FEW_PAGES, _SOME_COMMENTS = 10, 10_000
# KiB. With as little as Parley has, SQLite reads most pages of its indexes again and again.
_HURRY = "PRAGMA cache_size = -500000"


class Growing(StrEnum):
    """What grows while everything else stays."""

    COMMENTS = "comments"
    PAGES = "pages"
    SITES = "sites"
    MODERATORS = "moderators"


# Of comments a thousand at first: with fewer a page is not full.
FIRST = {Growing.COMMENTS: 1_000, Growing.PAGES: 10, Growing.SITES: 1, Growing.MODERATORS: 1}


@contextmanager
def grown(folder: Path, what: Growing, number: int, say: Say) -> Iterator[str]:
    """The URL of a database with so many; it is kept for the next run, and a copy is used."""
    filled = folder / f"grown-{what}-{number}.db"
    if not filled.exists():
        half = filled.with_suffix(".half")
        half.unlink(missing_ok=True)
        database = open_database(f"sqlite:///{half}", pool_size=1)
        with database.read() as connection:  # the one there is
            connection.exec_driver_sql(_HURRY)
        _grow(database, what, number, say)
        database.close()
        half.rename(filled)
    copy = folder / "copy.db"
    shutil.copy(filled, copy)
    try:
        database = open_database(f"sqlite:///{copy}", pool_size=1)
        migrate(database)  # it may be of an earlier version
        database.close()
        yield f"sqlite:///{copy}"
    finally:
        for file in folder.glob("copy.db*"):
            file.unlink()


def _grow(database: Database, what: Growing, number: int, say: Say) -> None:
    count = number if what is Growing.COMMENTS else _SOME_COMMENTS
    pages = number if what is Growing.PAGES else _FEW_PAGES
    fill(database, Size(count, count // 10, pages), say)
    if what is Growing.SITES:
        for k in range(number - 1):  # besides the one that has the comments
            Sites(database, utc_now).add(Site(0, f"paper-{k}", f"Paper {k}", ()))
    if what is Growing.MODERATORS:
        for k in range(number - 1):  # besides the one who looks
            Moderators(database, utc_now).add(f"Moderator {k}")
