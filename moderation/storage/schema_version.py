"""How far a database is migrated, without Alembic: each start asks, and Alembic loads slowly."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

SCRIPTS = Path(__file__).parent / "migrations"


def newest_revision() -> str:
    """The revision that this version of Parley expects: its migrations are numbered."""
    return max(path.name.partition("_")[0] for path in SCRIPTS.glob("versions/[0-9]*.py"))


def revision_of(connection: Connection) -> str | None:
    """The revision the database is at; None where nothing was migrated yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if revision is None else str(revision)
