"""`parley migrate`."""

import click

from cli.context import database_away
from cli.local.preflight import ensure_var_writable, keep_files_private
from cli.wrong_use import WrongUse, read_settings
from moderation.storage.database.engine import DatabaseUnavailable, open_database
from moderation.storage.migrate import DatabaseTooNew
from moderation.storage.migrate import migrate as bring_to_newest


@click.command(epilog="Example: PARLEY_DATABASE_URL=postgresql+psycopg://... parley migrate")
def migrate() -> None:
    """Bring the database's tables to what this version needs; running it again is harmless."""
    keep_files_private()
    settings = read_settings()
    if settings.database_url.startswith("sqlite"):
        ensure_var_writable(settings)
    database = open_database(settings.database_url, pool_size=1)
    try:
        click.echo(f"the database is at revision {bring_to_newest(database)}")
    except DatabaseUnavailable as away:
        raise database_away(away, settings) from away
    except DatabaseTooNew as error:
        raise WrongUse(str(error)) from error
    finally:
        database.close()
