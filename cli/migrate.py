"""`parley migrate`."""

import click

from cli.opened import WrongUse, database_away, read_settings
from moderation.settings import Settings
from moderation.storage.engine import DatabaseAway, open_database
from moderation.storage.migrate import DatabaseTooNew
from moderation.storage.migrate import migrate as bring_to_newest


@click.command(epilog="Example: PARLEY_DATABASE_URL=postgresql+psycopg://... parley migrate")
def migrate() -> None:
    """Bring the database's tables to what this version needs; running it again is harmless."""
    settings = read_settings()
    if settings.database_url.startswith("sqlite"):
        make_var(settings)
    click.echo(f"the database is at revision {migrated(settings)}")


def migrated(settings: Settings) -> str:
    """Migrate; returns the revision reached. Exit code 2 where that cannot be done."""
    database = open_database(settings.database_url, pool_size=1)
    try:
        return bring_to_newest(database)
    except DatabaseAway as away:
        raise database_away(away) from away
    except DatabaseTooNew as error:
        raise WrongUse(str(error)) from error
    finally:
        database.close()


def make_var(settings: Settings) -> None:
    """The folder for the database, keys and Redis; exit code 2 where it cannot be written."""
    probe = settings.var / ".writable"
    try:
        settings.var.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe.touch()
        probe.unlink()
    except OSError as error:
        sentence = (
            f"PARLEY_VAR is {str(settings.var)!r}, but that folder cannot be written"
            f" ({error.strerror}): name one that can"
        )
        raise WrongUse(sentence) from error
