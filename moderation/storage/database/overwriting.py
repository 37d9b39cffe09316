"""Overwrite on the disk what was erased: SQLite leaves it in its index of words and in its log."""

import time

from sqlalchemy import Connection

from moderation.storage.database.engine import Database

_SECONDS = 1.0  # that an answer may wait for it; what is left the next erasure does
_PAGES = 200  # of the index that one transaction writes anew
_MERGE = "INSERT INTO comment_words (comment_words, rank) VALUES ('merge', {})"


def overwrite_erased(database: Database, seconds: float = _SECONDS) -> bool:
    """Write the index of words anew, then empty the log; PostgreSQL's vacuum does it there.

    Args:
        database: Where comments were erased.
        seconds: When to stop, since a large index takes long.

    Returns:
        Whether nothing of it is left in SQLite's files.
    """
    if database.write_lock is None:
        return True
    until = time.monotonic() + seconds
    is_whole = _merge_index(database, until)
    return database.empty_log() and is_whole


def _merge_index(database: Database, until: float) -> bool:
    pages = -_PAGES  # less than 0: all of the index, not only its small parts
    while time.monotonic() < until:
        with database.write() as connection:
            if not _merge(connection, pages):
                return True
        pages = _PAGES
    return False


def _merge(connection: Connection, pages: int) -> bool:
    """Whether there may be more to do: SQLite says so by how many rows it has changed."""
    driver = connection.connection.driver_connection
    before = driver.total_changes  # type: ignore[union-attr]
    connection.exec_driver_sql(_MERGE.format(pages))
    return bool(driver.total_changes - before > 1)  # type: ignore[union-attr]
