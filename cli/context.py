"""The settings and the database of a command; what is wrong with them is exit code 2."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from moderation.config.environment import InvalidSettings
from moderation.config.server_secret import server_secret
from moderation.config.settings import Settings
from moderation.storage.database.engine import Database, DatabaseUnavailable, open_database
from moderation.storage.schema_version import newest_revision, revision_of


class WrongUse(click.ClickException):
    """The command cannot work as Parley is set up; nothing was changed. Exit code 2."""

    exit_code = 2


def read_settings() -> Settings:
    """Read the settings; raises WrongUse where one is wrong."""
    try:
        return Settings.read()
    except InvalidSettings as error:
        raise WrongUse(str(error)) from error


@contextmanager
def open_checked_database(settings: Settings) -> Iterator[Database]:
    """Open the database and close it at the end.

    Raises:
        WrongUse: It is not at its newest revision, or does not answer.
    """
    database = open_database(settings.database_url, pool_size=1)
    try:
        current, needed = _revisions(database)
        if current != needed:
            sentence = (
                f"the database is at revision {current}, this Parley needs {needed}: "
                "`parley migrate` brings it there"
            )
            raise WrongUse(sentence)
        yield database
    except DatabaseUnavailable as away:
        raise database_away(away) from away
    finally:
        database.close()


def is_migrated(settings: Settings) -> bool:
    """Whether the database is at its newest revision; raises WrongUse if it does not answer."""
    database = open_database(settings.database_url, pool_size=1)
    try:
        current, needed = _revisions(database)
        return current == needed
    except DatabaseUnavailable as away:
        raise database_away(away) from away
    finally:
        database.close()


def _revisions(database: Database) -> tuple[str | None, str]:
    with database.read() as connection:
        return revision_of(connection), newest_revision()


def check_secret(settings: Settings) -> None:
    """Raise WrongUse where the server's secret can be neither read nor written."""
    try:
        server_secret(settings)
    except InvalidSettings as error:
        raise WrongUse(str(error)) from error


def database_away(away: DatabaseUnavailable) -> WrongUse:
    """Return the error of a command whose database does not answer."""
    return WrongUse(
        f"the database does not answer: {away}. PARLEY_DATABASE_URL names another,"
        " PARLEY_VAR the folder of the default one"
    )
