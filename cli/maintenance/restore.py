"""`parley restore`."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import click

from cli.context import database_away
from cli.local.listening_socket import check_port
from cli.local.preflight import ensure_var_writable, lock_var
from cli.refusals import refusals_as_sentences
from cli.wrong_use import read_settings
from moderation.config.settings import Settings
from moderation.storage.backups.backup import restore as put_in_place
from moderation.storage.backups.backup import sqlite_path
from moderation.storage.database.engine import DatabaseUnavailable
from moderation.storage.revisions import newest_revision

_ASIDE = "replaced.backup"


@click.command(epilog="Example: parley restore /backups/parley")
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put the backup FILE in the database's place. Web servers and workers must be stopped."""
    settings = read_settings()
    path = sqlite_path(settings.database_url)
    aside = _free_name(Path(f"{path}.replaced") if path else settings.var / _ASIDE)
    try:
        with _alone(settings), refusals_as_sentences():
            revision = put_in_place(settings.database_url, file, aside)
    except DatabaseUnavailable as away:
        raise database_away(away, settings) from away
    click.echo(f"{file} is restored")
    click.echo(f"what was there before is kept as {aside}")
    if revision != newest_revision():
        click.echo(f"it is of revision {revision}: `parley migrate` brings it to this version's")


def _free_name(path: Path) -> Path:
    """The path, or with a number behind it: what an earlier restore kept may be the only copy."""
    numbered = (path.with_name(f"{path.name}.{number}") for number in count(2))
    return path if not path.exists() else next(name for name in numbered if not name.exists())


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """With no `parley up` or `parley serve` of this folder and port; exit code 2 otherwise."""
    ensure_var_writable(settings)
    with lock_var(settings):
        check_port(settings)
        yield
