"""One running Parley for many tests, each of which finds in it what the first one found."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.support.program import Program

# The web server keeps answers by the revision of their page: none may come again with others.
_NEW_REVISIONS = "UPDATE pages SET revision = revision + 1000"


class Snapshot:
    """What a Parley's SQLite database has now."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._file = Path(program.environment["PARLEY_VAR"], "parley.db")
        self._kept = sqlite3.connect(":memory:")
        with closing(sqlite3.connect(self._file)) as database:
            database.backup(self._kept)

    def restored(self) -> Program:
        """The Parley, whose database is again as it was."""
        with self._kept:
            self._kept.execute(_NEW_REVISIONS)
        with closing(sqlite3.connect(self._file, timeout=60)) as database:
            self._kept.backup(database)
        return self._program
