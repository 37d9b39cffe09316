"""Whether a SQLite file may be served as it is, asked before SQLAlchemy is loaded."""

import shutil
import sqlite3
from pathlib import Path
from urllib.parse import quote

import pytest

from moderation.storage.revisions import is_newest_sqlite
from tests.support.migrated_file import write_migrated


def url_of(path: Path) -> str:
    return f"sqlite:///{quote(str(path))}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "50 % #1" / "parley.db"
    path.parent.mkdir()
    write_migrated(path)
    return path


def test_migrated_file_is_known_whatever_its_folder_is_called(file: Path) -> None:
    assert is_newest_sqlite(url_of(file))


@pytest.mark.parametrize(
    "statement",
    ["UPDATE alembic_version SET version_num = '0001'", "DELETE FROM alembic_version"],
)
def test_file_at_another_revision_is_left_to_a_closer_look(file: Path, statement: str) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute(statement)

    assert not is_newest_sqlite(url_of(file))


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0 and nothing else"])
def test_file_without_tables_is_left_to_a_closer_look(file: Path, content: bytes) -> None:
    file.write_bytes(content)

    assert not is_newest_sqlite(url_of(file))


def test_log_of_another_database_is_not_played_into_a_file(file: Path, tmp_path: Path) -> None:
    backup, log = tmp_path / "backup.db", tmp_path / "backup.db-wal"
    with sqlite3.connect(file) as connection:
        connection.execute("VACUUM INTO ?", [str(backup)])
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE other (id)")
    shutil.copy(f"{file}-wal", log)
    before = backup.read_bytes(), log.read_bytes()

    assert not is_newest_sqlite(url_of(backup))

    assert (backup.read_bytes(), log.read_bytes()) == before


def test_nothing_is_made_where_no_file_is(tmp_path: Path) -> None:
    assert not is_newest_sqlite(url_of(tmp_path / "parley.db"))
    assert not list(tmp_path.iterdir())


def test_other_databases_are_left_to_a_closer_look() -> None:
    assert not is_newest_sqlite("postgresql+psycopg://127.0.0.1/parley")
