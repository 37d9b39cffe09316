"""Nobody but its owner reads a database, whatever the folder and the umask allow."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from moderation.storage.database.engine import open_database
from moderation.storage.migrate import migrate


@pytest.fixture(autouse=True)
def _open_to_all(tmp_path: Path) -> Iterator[None]:
    tmp_path.chmod(0o755)
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.parametrize("was", [None, 0o644, 0o666])
def test_files_of_a_database_are_private(tmp_path: Path, was: int | None) -> None:
    path = tmp_path / "parley.db"
    if was is not None:
        path.touch()
        path.chmod(was)
    database = open_database(f"sqlite:///{path}")
    migrate(database)
    with database.read() as connection:
        connection.execute(text("SELECT 1"))
        modes = {file.name: file.stat().st_mode & 0o077 for file in tmp_path.iterdir()}
    database.close()

    assert modes.keys() >= {"parley.db", "parley.db-wal"}
    assert set(modes.values()) == {0}
