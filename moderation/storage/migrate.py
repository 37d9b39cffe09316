"""Bring a database's tables to what this version expects."""

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from moderation.storage.database.engine import Database
from moderation.storage.database.postgresql import patiently
from moderation.storage.revisions import SCRIPTS
from moderation.storage.schema_version import revision_of, revision_problem

_LOCK = 7_240_711  # any number: the name of our advisory lock on PostgreSQL


class DatabaseTooNew(RuntimeError):
    """The database was migrated by a newer Parley than this one."""


def migrate(database: Database, to: str = "head") -> str:
    """Run the migrations up to `to` that are missing, in one transaction; returns the one reached.

    Two that start at once wait for each other: SQLite has one writer, PostgreSQL an advisory lock.
    """
    with database.write() as connection, patiently(connection):
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        return upgrade(connection, to)


def upgrade(connection: Connection, to: str = "head") -> str:
    """Run the migrations within a transaction that holds the lock; returns the revision reached.

    Raises:
        DatabaseTooNew: A newer Parley has migrated it.
    """
    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except CommandError as error:  # the only one there is: a revision without a script
        raise DatabaseTooNew(revision_problem(connection)) from error
    return revision_of(connection) or ""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))  # of a ConfigParser
    return config
