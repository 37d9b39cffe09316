"""The database of a command; what is wrong with it is exit code 2."""

from collections.abc import Iterator
from contextlib import contextmanager

from cli.wrong_use import WrongUse
from moderation.config.settings import Settings
from moderation.storage.database.engine import Database, DatabaseUnavailable, open_database
from moderation.storage.schema_version import revision_problem


@contextmanager
def open_checked_database(settings: Settings) -> Iterator[Database]:
    """Open the database and close it at the end.

    Raises:
        WrongUse: It is not at its newest revision, or cannot be used.
    """
    database = open_database(settings.database_url, pool_size=1)
    try:
        with database.read() as connection:
            problem = revision_problem(connection)
        if problem:
            raise WrongUse(problem)
        yield database
    except DatabaseUnavailable as away:
        raise database_away(away, settings) from away
    finally:
        database.close()


def is_migrated(settings: Settings) -> bool:
    """Whether the database is at its newest revision; raises WrongUse if it cannot be used."""
    database = open_database(settings.database_url, pool_size=1)
    try:
        with database.read() as connection:
            return revision_problem(connection) is None
    except DatabaseUnavailable as away:
        raise database_away(away, settings) from away
    finally:
        database.close()


def database_away(away: DatabaseUnavailable, settings: Settings) -> WrongUse:
    """Return the error of a command whose database cannot be used."""
    return WrongUse(
        f"the database cannot be used: {away}. PARLEY_DATABASE_URL names another, PARLEY_VAR the"
        f" folder of the default one, {settings.var} now; `parley doctor` says what to do"
    )
