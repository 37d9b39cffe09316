"""A SQLite file that was restored, damaged or locked."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from moderation.storage.database.engine import DatabaseUnavailable, open_database
from moderation.storage.migrate import migrate
from moderation.storage.revisions import newest_revision
from moderation.storage.schema_version import revision_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "parley.db"
    database = open_database(f"sqlite:///{path}")
    migrate(database)
    database.close()
    return path


def revision(path: Path) -> str | None:
    database = open_database(f"sqlite:///{path}")
    try:
        with database.read() as connection:
            return revision_of(connection)
    finally:
        database.close()


def journal_mode(path: Path) -> object:
    with sqlite3.connect(path) as connection:
        return connection.execute("PRAGMA journal_mode").fetchone()[0]


def vacuumed_into(file: Path, path: Path) -> Path:
    with sqlite3.connect(file) as connection:
        connection.execute("VACUUM INTO ?", [str(path)])
    return path


def test_file_without_a_write_ahead_log_gets_one_whoever_opens_it(
    file: Path, tmp_path: Path
) -> None:
    restored = vacuumed_into(file, tmp_path / "restored.db")
    assert journal_mode(restored) == "delete"

    assert revision(restored) == newest_revision()

    assert journal_mode(restored) == "wal"


def test_log_of_another_database_is_named_and_nothing_is_damaged(
    file: Path, tmp_path: Path
) -> None:
    backup = vacuumed_into(file, tmp_path / "backup.db")
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE later (x)")
        connection.commit()
        shutil.copy(f"{file}-wal", tmp_path / "old-wal")
    shutil.copy(backup, file)
    shutil.copy(tmp_path / "old-wal", f"{file}-wal")

    with pytest.raises(DatabaseUnavailable, match=r"parley restore"):
        revision(file)

    assert file.read_bytes() == backup.read_bytes()


def test_damaged_file_is_unavailable_however_it_is_damaged(file: Path) -> None:
    file.write_bytes(b"\x00" * 100 + file.read_bytes()[100:])
    with pytest.raises(DatabaseUnavailable):
        revision(file)

    file.write_bytes(b"no database at all " * 400)
    with pytest.raises(DatabaseUnavailable, match="not a database"):
        revision(file)


def test_file_that_another_program_holds_can_be_opened_and_read(file: Path) -> None:
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")

        assert revision(file) == newest_revision()


def test_each_commit_to_a_file_syncs_it_unless_it_need_not_be_durable(file: Path) -> None:
    database = open_database(f"sqlite:///{file}", pool_size=1)
    levels = []

    for durable in (True, False, True):
        with database.write(durable=durable) as connection:
            levels.append(connection.execute(text("PRAGMA synchronous")).scalar())
    database.close()

    assert levels == [2, 1, 2]
