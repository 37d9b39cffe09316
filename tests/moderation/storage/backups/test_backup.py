"""A database is saved while it is used, and comes back as it was."""

import json
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from moderation.comments import Comment
from moderation.sites import Site
from moderation.storage.backups.backup import back_up, last_backup, restore
from moderation.storage.backups.backup_file import BackupRefused
from moderation.storage.backups.sqlite_backup import check_sqlite
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.database.engine import Database, open_database
from moderation.storage.migrate import migrate
from moderation.storage.revisions import newest_revision
from moderation.storage.schema.metadata import metadata
from moderation.storage.system.incarnation import incarnation_of
from tests.support.clock import FakeClock
from tests.support.factories import submission
from tests.support.flagged_comments import add_scored
from tests.support.postgresql import new_postgresql_database


def now() -> datetime:
    return datetime(2026, 1, 31, tzinfo=UTC)


save = partial(back_up, clock=now)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = open_database(url, pool_size=1)
    yield database
    database.close()


@pytest.fixture
def database_url(database_url: str, request: pytest.FixtureRequest) -> str:
    """Nobody else is connected to it, since a restore refuses then."""
    if not database_url.startswith("sqlite"):
        request.getfixturevalue("migrated_postgresql").disconnect()
    return database_url


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups" / "parley"


@pytest.fixture
def aside(tmp_path: Path) -> Path:
    return tmp_path / "aside"


def rows(database: Database) -> dict[str, list[str]]:
    """All that is stored, except what a restore renews."""
    # SQLite's index of words shows what it has only in its own table.
    words = "comment_words_data" if database.write_lock else "comment_words"
    names = [name for name in (*metadata.tables, words) if name != "database_identity"]
    with database.read() as connection:
        return {name: rows_of(connection, name) for name in names}


def rows_of(connection: Connection, name: str) -> list[str]:
    return sorted(map(str, connection.execute(text(f"SELECT * FROM {name}"))))  # noqa: S608 ours


def test_what_was_saved_comes_back_and_nothing_else(
    database: Database, database_url: str, backup: Path, aside: Path, clock: FakeClock, site: Site
) -> None:
    add_scored(database, clock)
    saved, incarnation = rows(database), incarnation_of(database)

    save(database_url, backup, keep=1)
    Comments(database, clock).add(site, submission(text="later"), Submitter())
    database.close()
    revision = restore(database_url, backup, aside)

    assert revision == newest_revision()
    assert rows(database) == saved
    assert incarnation_of(database) != incarnation
    assert last_backup(database) is None
    again = Comments(database, clock).add(site, submission(text="again"), Submitter())
    assert again.text == "again"


def test_backup_is_dated_and_nobody_elses_to_read(
    database: Database, database_url: str, backup: Path, site: Site
) -> None:
    save(database_url, backup, keep=1)

    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert last_backup(database) == now()


def test_nightly_backups_are_kept_by_number(
    database: Database,
    database_url: str,
    backup: Path,
    aside: Path,
    comments: Comments,
    site: Site,
) -> None:
    for number in range(5):
        comments.add(site, submission(text=f"{number}"), Submitter())
        save(database_url, backup, keep=3)

    names = sorted(path.name for path in backup.parent.iterdir())
    assert names == ["parley", "parley.1", "parley.2"]
    database.close()
    restore(database_url, backup.with_name("parley.2"), aside)
    assert len(rows(database)["comments"]) == 3


def test_what_was_replaced_is_kept(
    database: Database, database_url: str, backup: Path, aside: Path, pending: Comment
) -> None:
    save(database_url, backup, keep=1)
    saved = rows(database)
    with database.write() as connection:
        connection.execute(text("UPDATE comments SET name = 'later'"))
    later = rows(database)
    database.close()

    restore(database_url, backup, aside)

    assert rows(database) == saved
    database.close()
    restore(database_url, aside, backup.parent / "other")
    assert rows(database) == later


def test_database_in_use_is_not_replaced(
    database: Database, database_url: str, backup: Path, aside: Path, pending: Comment
) -> None:
    save(database_url, backup, keep=1)

    database.close()
    in_use = pytest.raises(BackupRefused, match="in use: stop web servers and workers")
    with used_elsewhere(database_url), in_use:
        restore(database_url, backup, aside)

    assert len(rows(database)["comments"]) == 1


USER = """
import sys
from moderation.storage.database.engine import open_database
database = open_database(sys.argv[1])
with database.read() as connection:
    connection.exec_driver_sql("SELECT 1 FROM comments").all()
print("open", flush=True)
sys.stdin.read()
"""


@contextmanager
def used_elsewhere(url: str) -> Iterator[None]:
    """In another process, which keeps a connection as a web server does."""
    command = [sys.executable, "-c", USER, url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdin
        assert process.stdout.readline() == b"open\n"
        yield
        process.stdin.close()


@pytest.mark.parametrize("place", [0.3, 0.6, 0.9])
def test_damaged_backup_is_refused_and_nothing_changed(
    database: Database,
    database_url: str,
    backup: Path,
    aside: Path,
    pending: Comment,
    place: float,
) -> None:
    save(database_url, backup, keep=1)
    saved = rows(database)
    database.close()
    damage(backup, place)

    with pytest.raises(BackupRefused, match=r"damaged|cannot be used"):
        restore(database_url, backup, aside)

    assert rows(database) == saved


def damage(path: Path, place: float) -> None:
    content = bytearray(path.read_bytes())
    start = int(len(content) * place)
    content[start : start + 9000] = b"\xff" * len(content[start : start + 9000])
    path.write_bytes(content)


@pytest.mark.parametrize("content", ["a letter", ""])
def test_what_is_no_backup_is_not_restored(
    database_url: str, backup: Path, aside: Path, content: str
) -> None:
    backup.write_text(content)

    with pytest.raises(BackupRefused, match="is no backup of a"):
        restore(database_url, backup, aside)
    with pytest.raises(BackupRefused, match="there is no backup"):
        restore(database_url, backup.with_name("other"), aside)


def test_nothing_but_a_backup_is_written_over(database_url: str, backup: Path) -> None:
    backup.write_text("a letter")

    with pytest.raises(BackupRefused, match="is no backup of Parley"):
        save(database_url, backup, keep=1)
    with pytest.raises(BackupRefused, match="is not a file"):
        save(database_url, backup.parent, keep=1)
    with pytest.raises(BackupRefused, match="cannot be written: No such file"):
        save(database_url, backup.parent / "none" / "parley", keep=1)

    assert [path.name for path in backup.parent.iterdir()] == ["parley"]
    assert backup.read_text() == "a letter"


def test_database_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "parley.db"

    with pytest.raises(BackupRefused, match="is the database itself"):
        save(f"sqlite:///{path}", path, keep=1)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_backup_of_an_old_revision_comes_back_and_is_migrated(
    kind: str, tmp_path: Path, postgresql: str, backup: Path, aside: Path
) -> None:
    old, new = two_databases(kind, tmp_path, postgresql)
    with opened(old) as database:
        migrate(database, "0006")
        add_row_that_a_trigger_follows(database)
    save(old, backup, keep=1)
    with opened(new) as database:
        migrate(database)

    assert restore(new, backup, aside) == "0006"

    with opened(new) as database:
        assert migrate(database) == newest_revision()
        restored = rows(database)
        assert (len(restored["decisions"]), len(restored["outbox"])) == (1, 0)


def two_databases(kind: str, folder: Path, postgresql: str) -> tuple[str, str]:
    if kind == "sqlite":
        return f"sqlite:///{folder / 'old.db'}", f"sqlite:///{folder / 'new.db'}"
    names = ("backup_old", "backup_new")
    old, new = (new_postgresql_database(postgresql, name) for name in names)
    return old, new


def add_row_that_a_trigger_follows(database: Database) -> None:
    """A decision of revision 0006, whose webhook was told since."""
    with database.write() as connection:
        for statement in (
            "INSERT INTO sites (id, name, title, origins, policy, max_text, created_at)"
            " VALUES (1, 'demo', 'Demo', '[]', '{}', 10, 0)",
            "INSERT INTO pages (id, site_id, key, approved, revision) VALUES (1, 1, '/', 0, 0)",
            "INSERT INTO comments (id, public_id, site_id, page_id, name, text, status, version,"
            " submitted_at, attempts, lease_until)"
            " VALUES (1, 'x', 1, 1, 'Ada', 'Hello', 'pending', 1, 0, 0, 0)",
            "INSERT INTO webhooks (id, url, events, salt, secret_hash, created_at, active,"
            " failures, resting_until, lease_until)"
            " VALUES (1, 'https://x.example', '[]', '', '', 0, true, 0, 0, 0)",
            "INSERT INTO decisions (comment_id, version, who, from_status, to_status, reasons,"
            " decided_at) VALUES (1, 2, 'policy', 'pending', 'flagged', '[]', 0)",
        ):
            connection.execute(text(statement))
        assert connection.execute(text("DELETE FROM outbox")).rowcount == 1


def test_foreign_log_beside_a_restored_file_is_gone(
    tmp_path: Path, backup: Path, aside: Path
) -> None:
    path = tmp_path / "parley.db"
    url = f"sqlite:///{path}"
    with opened(url) as database:
        migrate(database)
    save(url, backup, keep=1)
    for name in ("-wal", "-shm", "-journal"):
        Path(f"{path}{name}").write_bytes(b"of another database" * 1000)

    restore(url, backup, aside)

    assert not Path(f"{path}-journal").exists()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_damaged_database_is_replaced(tmp_path: Path, backup: Path, aside: Path) -> None:
    path = tmp_path / "parley.db"
    url = f"sqlite:///{path}"
    with opened(url) as database:
        migrate(database)
        saved = rows(database)
    save(url, backup, keep=1)
    path.write_bytes(b"noise" * 10_000)

    restore(url, backup, aside)

    with opened(url) as database:
        assert rows(database) == saved


def test_database_that_cannot_be_written_is_backed_up(tmp_path: Path, backup: Path) -> None:
    path = tmp_path / "parley.db"
    url = f"sqlite:///{path}"
    with opened(url) as database:
        migrate(database)
        with database.write() as connection:
            refuse = "CREATE TRIGGER full BEFORE UPDATE ON database_identity BEGIN SELECT no(); END"
            connection.execute(text(refuse))

    save(url, backup, keep=1)

    assert check_sqlite(backup) == newest_revision()


def test_what_only_the_log_has_is_set_aside_too(tmp_path: Path, backup: Path, aside: Path) -> None:
    path = tmp_path / "parley.db"
    url = f"sqlite:///{path}"
    with opened(url) as database:
        migrate(database)
    save(url, backup, keep=1)
    code = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
        " c.execute('CREATE TABLE later (made)'); c.commit(); os._exit(0)"  # as a kill would
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    assert Path(f"{path}-wal").stat().st_size

    restore(url, backup, aside)

    with sqlite3.connect(aside) as replaced:
        assert replaced.execute("SELECT count(*) FROM later").fetchone() == (0,)
    assert not Path(f"{path}-wal").exists()


def test_backup_of_a_newer_parley_is_refused(tmp_path: Path, backup: Path, aside: Path) -> None:
    url = f"sqlite:///{tmp_path / 'parley.db'}"
    with opened(url) as database:
        migrate(database)
        with database.write() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    save(url, backup, keep=1)

    with pytest.raises(BackupRefused, match="is of revision 9999, which only a newer Parley"):
        restore(url, backup, aside)


MISSHAPEN = {
    "a list": [1],
    "a text": "x",
    "nothing in it": {"format": "parley-postgresql-1"},
    "a table of other fields": {"tables": {"sites": {"x": 1}}},
    "columns that are no list": {"tables": {"sites": {"columns": 5, "rows": 1}}},
    "rows that are no number": {"tables": {"sites": {"columns": [], "rows": "x"}}},
    "sequences that are a list": {"tables": {}, "sequences": [1]},
    "a table without its file": {"tables": {"sites": {"columns": [], "rows": 0}}},
    "no revision that is known": {"revision": None, "tables": {}},
}


@pytest.mark.parametrize("kind", MISSHAPEN)
def test_archive_of_another_shape_is_refused(kind: str, backup: Path, aside: Path) -> None:
    manifest = MISSHAPEN[kind]
    whole = {"format": "parley-postgresql-1", "revision": "0006", "sequences": {}}
    write_archive(backup, json.dumps(whole | manifest if isinstance(manifest, dict) else manifest))

    with pytest.raises(BackupRefused):
        restore("postgresql+psycopg://nobody@127.0.0.1:1/none", backup, aside)


def test_archive_that_nests_too_deeply_is_refused(backup: Path, aside: Path) -> None:
    write_archive(backup, "[" * 200_000)

    with pytest.raises(BackupRefused, match="is damaged, or no backup"):
        restore("postgresql+psycopg://nobody@127.0.0.1:1/none", backup, aside)


def write_archive(path: Path, manifest: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", manifest)


def test_backup_that_lacks_a_table_is_refused_and_nothing_changed(
    database: Database, database_url: str, backup: Path, aside: Path, pending: Comment
) -> None:
    save(database_url, backup, keep=1)
    saved = rows(database)
    database.close()
    remove_table(backup, "decisions")

    with pytest.raises(BackupRefused, match="is not whole: it lacks decisions"):
        restore(database_url, backup, aside)

    assert rows(database) == saved


def remove_table(backup: Path, table: str) -> None:
    if not zipfile.is_zipfile(backup):
        with sqlite3.connect(backup) as connection:
            connection.execute(f"DROP TABLE {table}")
        return
    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    del manifest["tables"][table]
    with zipfile.ZipFile(backup, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.writestr("manifest.json", json.dumps(manifest))


@pytest.mark.parametrize("revisions", [[], ["0001", "0002"], [None], [5]])
def test_database_without_one_revision_is_no_backup(
    revisions: list[str | None], tmp_path: Path, backup: Path, aside: Path
) -> None:
    with sqlite3.connect(backup) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num)")
        for revision in revisions:
            connection.execute("INSERT INTO alembic_version VALUES (?)", [revision])

    with pytest.raises(BackupRefused, match="its revision is not one word"):
        restore(f"sqlite:///{tmp_path / 'parley.db'}", backup, aside)


@pytest.mark.parametrize("kind", ["database", "archive", "numbered"])
def test_files_of_other_programs_are_not_written_over(
    kind: str, database: Database, database_url: str, backup: Path
) -> None:
    other = backup.with_name("parley.2") if kind == "numbered" else backup
    if kind == "database":
        with sqlite3.connect(other) as connection:
            connection.execute("CREATE TABLE bookmarks (address)")
    else:
        with zipfile.ZipFile(other, "w") as archive:
            archive.writestr("letter.xml", "a letter")
    content = other.read_bytes()

    with pytest.raises(BackupRefused, match="is no backup of Parley: name another file"):
        save(database_url, backup, keep=3)

    assert other.read_bytes() == content


def test_damaged_backup_is_written_over(
    database: Database, database_url: str, backup: Path, aside: Path
) -> None:
    save(database_url, backup, keep=1)
    backup.write_bytes(backup.read_bytes()[:3_000])

    save(database_url, backup, keep=1)

    database.close()
    assert restore(database_url, backup, aside) == newest_revision()


def test_backup_goes_where_a_link_leads(
    database: Database, database_url: str, backup: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    backup.symlink_to(elsewhere)

    save(database_url, backup, keep=1)

    assert backup.is_symlink()
    assert elsewhere.stat().st_size > 0


@pytest.mark.parametrize("name", ["a b#c?d%41&e'\"", "x\ny", "\u3042\u00a0"])
def test_any_name_will_do(
    name: str, database: Database, database_url: str, backup: Path, aside: Path
) -> None:
    save(database_url, backup.with_name(name), keep=2)
    save(database_url, backup.with_name(name), keep=2)

    database.close()
    restore(database_url, backup.with_name(f"{name}.1"), aside)


def test_name_that_is_not_utf_8_is_refused(database_url: str, backup: Path) -> None:
    with pytest.raises(BackupRefused, match="is not UTF-8: name another file"):
        save(database_url, backup.with_name("a\udcff"), keep=1)
