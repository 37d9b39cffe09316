"""From nothing to the newest tables, on both databases, and again without harm."""

from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select, text

from moderation.storage.database.engine import Database, open_database
from moderation.storage.migrate import DatabaseTooNew, migrate
from moderation.storage.schema.metadata import add_postgresql_conditions, metadata
from moderation.storage.schema.sites import daily_rollups
from moderation.storage.schema_version import SCRIPTS, newest_revision, revision_of
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


def test_rolled_up_days_keep_their_rows_under_plain_names(postgresql: str, tmp_path: Path) -> None:
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
            days = connection.execute(select(daily_rollups)).mappings().all()
        assert [dict(day) for day in days] == [
            {
                "day": 20000,
                "site_id": 1,
                "submitted": 5,
                "approved": 1,
                "flagged": 3,
                "rejected": 2,
                "by_moderator": 4,
                "by_policy": 6,
                "reasons": [["spam", 2]],
                "p50": timedelta(microseconds=7),
                "p90": timedelta(microseconds=8),
            }
        ]
        database.close()
