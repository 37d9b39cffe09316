"""Settings and database for a command; what is wrong with them is one sentence and exit code 2."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from moderation.config.environment import InvalidSettings
from moderation.config.server_secret import server_secret
from moderation.config.settings import Settings
from moderation.storage.database.engine import Database, DatabaseAway, open_database
from moderation.storage.schema_version import newest_revision, revision_of


class WrongUse(click.ClickException):
    """The command cannot work as it is set up; nothing was changed."""

    exit_code = 2


def read_settings() -> Settings:
    """The settings, or exit code 2 with what is wrong with them."""
    try:
        return Settings.read()
    except InvalidSettings as error:
        raise WrongUse(str(error)) from error


@contextmanager
def open_checked_database(settings: Settings) -> Iterator[Database]:
    """The database at its newest revision; exit code 2 where it is not, or does not answer."""
    database = open_database(settings.database_url, pool_size=1)
    try:
        found, needed = _revisions(database)
        if found != needed:
            sentence = (
                f"the database is at revision {found}, this Parley needs {needed}: "
                "`parley migrate` brings it there"
            )
            raise WrongUse(sentence)
        yield database
    except DatabaseAway as away:
        raise database_away(away) from away
    finally:
        database.close()


def is_migrated(settings: Settings) -> bool:
    """Whether the database is at its newest revision; exit code 2 where it does not answer."""
    database = open_database(settings.database_url, pool_size=1)
    try:
        found, needed = _revisions(database)
        return found == needed
    except DatabaseAway as away:
        raise database_away(away) from away
    finally:
        database.close()


def _revisions(database: Database) -> tuple[str | None, str]:
    with database.read() as connection:
        return revision_of(connection), newest_revision()


def check_secret(settings: Settings) -> None:
    """Exit code 2 where the server's secret can be neither read nor written."""
    try:
        server_secret(settings)
    except InvalidSettings as error:
        raise WrongUse(str(error)) from error


def database_away(away: DatabaseAway) -> WrongUse:
    """What to say when the database does not answer a command."""
    return WrongUse(
        f"the database does not answer: {away}. PARLEY_DATABASE_URL names another,"
        " PARLEY_VAR the folder of the default one"
    )
