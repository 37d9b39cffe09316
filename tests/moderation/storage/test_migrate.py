"""From nothing to the newest tables, on both databases, and again without harm."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select, text

from moderation.storage.database.engine import Database, open_database
from moderation.storage.migrate import DatabaseTooNew, migrate
from moderation.storage.revisions import SCRIPTS, newest_revision
from moderation.storage.schema.comments import comments
from moderation.storage.schema.metadata import add_postgresql_conditions, metadata
from moderation.storage.schema.sites import daily_rollups, pages
from moderation.storage.schema_version import revision_of
from tests.support.postgresql import new_postgresql_database


def test_newest_revision_is_alembics_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))

    assert newest_revision() == ScriptDirectory.from_config(config).get_current_head()


def test_migrations_make_the_tables_the_code_expects(database: Database) -> None:
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_in_metadata})

        assert compare_metadata(context, metadata) == []


def is_in_metadata(name: str | None, kind: str, _parent: object) -> bool:
    """The search index is a table of another kind on each database: see search_index.py."""
    return kind != "table" or not (name or "").startswith("comment_words")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_indexes_are_as_defined(kind: str, tmp_path: Path, postgresql: str) -> None:
    """With the conditions of the partial ones, which Alembic does not compare."""
    add_postgresql_conditions()
    defined, migrated = (
        open_database(
            f"sqlite:///{tmp_path / name}.db"
            if kind == "sqlite"
            else new_postgresql_database(postgresql, name)
        )
        for name in ("defined", "migrated")
    )
    migrate(migrated)

    with defined.write() as connection:
        metadata.create_all(connection)

    assert indexes(defined) == indexes(migrated)
    assert sum("WHERE" in index for index in indexes(defined)) >= 3
    for database in (defined, migrated):
        database.close()


def indexes(database: Database) -> set[str]:
    """The statements that make the indexes of the tables in `metadata`."""
    queries = {
        "sqlite": "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql <> ''",
        "postgresql": "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    }
    with database.read() as connection:
        rows = connection.exec_driver_sql(queries[connection.dialect.name])
        return {sql for table, sql in rows if table in metadata.tables}


def test_migrating_again_changes_nothing(database: Database) -> None:
    assert migrate(database) == newest_revision()


def test_empty_database_has_no_revision(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'new.db'}")

    with database.read() as connection:
        assert revision_of(connection) is None
    assert migrate(database) == newest_revision()
    database.close()


def test_database_of_a_newer_parley_is_left_alone(database: Database) -> None:
    set_revision(database, "9999")

    with pytest.raises(DatabaseTooNew, match="which only a newer Parley knows"):
        migrate(database)

    set_revision(database, newest_revision())


def test_outbox_is_not_written_by_a_trigger_any_more(postgresql: str, tmp_path: Path) -> None:
    urls = (f"sqlite:///{tmp_path / 'old.db'}", new_postgresql_database(postgresql, "with_trigger"))
    for url in urls:
        database = open_database(url)
        migrate(database, "0006")
        before = triggers_of_decisions(database)

        migrate(database)

        assert (before, triggers_of_decisions(database)) == (["decisions_to_outbox"], [])
        database.close()


def triggers_of_decisions(database: Database) -> list[str]:
    queries = {
        "sqlite": (
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'decisions'"
        ),
        "postgresql": (
            "SELECT tgname FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgrelid = 'decisions'::regclass"
        ),
    }
    with database.read() as connection:
        return list(connection.exec_driver_sql(queries[connection.dialect.name]).scalars())


def set_revision(database: Database, revision: str) -> None:
    with database.write() as connection:
        statement = text("UPDATE alembic_version SET version_num = :revision")
        connection.execute(statement, {"revision": revision})


def test_days_that_were_rolled_up_are_counted_anew(postgresql: str, tmp_path: Path) -> None:
    """They had counted decisions, also those that were undone."""
    urls = (f"sqlite:///{tmp_path / 'old.db'}", new_postgresql_database(postgresql, "old_days"))
    for url in urls:
        database = open_database(url)
        migrate(database, "0006")
        with database.write() as connection:
            connection.exec_driver_sql(
                "INSERT INTO sites (id, name, title, origins, policy, max_text, created_at)"
                " VALUES (1, 'demo', 'Demo', '[]', '{}', 10, 0)"
            )
            connection.exec_driver_sql(
                "INSERT INTO finished_days VALUES"
                " (20000, 1, 5, 1, 3, 2, 4, 6, '[[\"spam\", 2]]', 7, 8)"
            )

        migrate(database)

        with database.read() as connection:
            assert connection.execute(select(daily_rollups)).all() == []
        database.close()


PAGES = {
    1: ("/caf%C3%A9", "https://paper.example/caf%C3%A9?token=s3cret", 2),
    2: ("/caf%c3%a9", None, 1),
    3: ("/caf\u00e9/", None, 0),
    4: ("/caf\u00e9", None, 4),
    5: ("/?p=1", "https://evil.example/", 0),
    6: ("/x?view=3&utm_id=1", None, 0),
    7: ("story-5", "https://paper.example/five?subscriber=alice%40example.org", 0),
}


def add_old_pages(database: Database) -> None:
    with database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO sites (id, name, title, origins, policy, max_text, created_at)"
            """ VALUES (1, 'demo', 'Demo', '["https://paper.example"]', '{}', 10, 0)"""
        )
        for number, (key, url, approved) in PAGES.items():
            row = {"id": number, "key": key, "url": url, "approved": approved}
            connection.execute(
                text("INSERT INTO pages VALUES (:id, 1, :key, :url, 'Spam', :approved, 7)"), row
            )
            connection.execute(
                text(
                    "INSERT INTO comments (id, public_id, site_id, page_id, name, text, status,"
                    " version, submitted_at, attempts, lease_until)"
                    " VALUES (:id, :public_id, 1, :id, 'Ada', 'Hello', 'approved', 1, 0, 0, 0)"
                ),
                {"id": number, "public_id": f"c{number}"},
            )


def test_spellings_of_one_page_become_one(postgresql: str, tmp_path: Path) -> None:
    urls = (f"sqlite:///{tmp_path / 'old.db'}", new_postgresql_database(postgresql, "old_pages"))
    for url in urls:
        database = open_database(url)
        migrate(database, "0012")
        add_old_pages(database)

        migrate(database)

        with database.read() as connection:
            places = connection.execute(select(comments.c.id, comments.c.page_id)).all()
            names = ("id", "key", "moved_to", "url", "title", "claimed_url", "approved", "revision")
            query = select(*(pages.c[name] for name in names)).order_by(pages.c.id)
            rows = [tuple(row) for row in connection.execute(query)]
        cafe = "https://paper.example/caf%C3%A9"
        assert {row.id: row.page_id for row in places} == {1: 4, 2: 4, 3: 4, 4: 4, 5: 5, 6: 6, 7: 7}
        assert rows == [
            (1, "/caf%C3%A9", 4, None, None, None, 0, 8),
            (2, "/caf%c3%a9", 4, None, None, None, 0, 8),
            (3, "/caf\u00e9/", 4, None, None, None, 0, 8),
            (4, "/caf\u00e9", None, cafe, None, None, 7, 31),
            (5, "/?p=1", None, "https://paper.example/?p=1", None, None, 0, 7),
            (6, "/x?view=3", None, "https://paper.example/x?view=3", None, None, 0, 7),
            (7, "story-5", None, None, None, "https://paper.example/five", 0, 7),
        ]
        database.close()
