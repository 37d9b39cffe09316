"""Whether anything was committed since: cheap enough to be asked for each request."""

import sqlite3
import time
from pathlib import Path

_GLANCE_SECONDS = 0.001  # between two readings of the number, each of which takes 3 us


class CommitNumber:
    """Another number after each commit: of any process in SQLite, of this one in PostgreSQL.

    For SQLite to be read in one thread alone.
    """

    def __init__(self, path: Path | None) -> None:
        """Open nothing yet; `path` is of SQLite's file, None for PostgreSQL."""
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._openings = 0
        self._own = 0

    def add(self) -> None:
        """Count a commit of this process."""
        self._own += 1

    def read(self) -> tuple[int, int] | None:
        """The number by now; None where the database does not say, and anything may be new."""
        if self._path is None:
            return self._own, 0
        try:
            if self._connection is None:
                self._connection = _connected(self._path)
                self._openings += 1
            ((number,),) = self._connection.execute("PRAGMA data_version").fetchall()
        except sqlite3.Error:
            self.close()
            return None
        return number, self._openings  # a connection that was opened anew counts anew

    def wait(self, last: tuple[int, int] | None, seconds: float) -> bool:
        """Wait until the number is another than the last one, or the seconds are over.

        Returns:
            Whether anything was committed; another process's commit to PostgreSQL is not noticed.
        """
        until = time.monotonic() + seconds
        while self.read() == last:
            if time.monotonic() > until:
                return False
            time.sleep(_GLANCE_SECONDS)
        return True

    def close(self) -> None:
        """Close the connection, if there is one; the next read opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _connected(path: Path) -> sqlite3.Connection:
    """A connection for nothing else: SQLite's number leaves out what its own connection does."""
    address = f"{path.absolute().as_uri()}?mode=rw"  # a file that is not there is not made
    return sqlite3.connect(address, timeout=0, uri=True, check_same_thread=False)
