"""A migrated SQLite database that is made once and copied: its migrations took a second each."""

import tempfile
from functools import cache
from pathlib import Path

from moderation.storage.database.engine import open_database
from moderation.storage.migrate import migrate


def write_migrated(path: Path) -> None:
    """Make an empty database at its newest revision, which nobody else may read."""
    path.touch(mode=0o600)
    path.write_bytes(_migrated())


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "parley.db")
        database = open_database(f"sqlite:///{path}")
        migrate(database)
        database.close()
        return path.read_bytes()
