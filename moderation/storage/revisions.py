"""Which revisions of the database there are, and which a SQLite file has: without SQLAlchemy.

Each start asks, and SQLAlchemy takes a tenth of it to load.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote

from moderation.storage.database.sqlite_file import prepare_sqlite

SCRIPTS = Path(__file__).parent / "migrations"
_SQLITE = "sqlite:///"


def newest_revision() -> str:
    """The revision that this version of Parley expects: its migrations are numbered."""
    return max(known_revisions())


def known_revisions() -> set[str]:
    """The revisions that this version of Parley has a migration to."""
    return {path.name.partition("_")[0] for path in SCRIPTS.glob("versions/[0-9]*.py")}


def is_newest_sqlite(url: str) -> bool:
    """Whether the URL is that of a SQLite file at the newest revision; False in any doubt."""
    path = Path(unquote(url.removeprefix(_SQLITE)))
    if not url.startswith(_SQLITE) or not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(path)) as connection:
            prepare_sqlite(connection, path)
            rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except (sqlite3.Error, OSError):
        return False
    return rows == [(newest_revision(),)]
