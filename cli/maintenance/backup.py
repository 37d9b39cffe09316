"""`parley backup`."""

from pathlib import Path

import click

from cli.context import database_away
from cli.refusals import refusals_as_sentences
from cli.wrong_use import WrongUse, read_settings
from moderation.clock import utc_now
from moderation.storage.backups.backup import back_up
from moderation.storage.database.engine import DatabaseUnavailable


@click.command(epilog="Example: parley backup --keep 7 /backups/parley")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--keep",
    type=click.IntRange(1, 1000),
    default=1,
    show_default=True,
    help="How many to have afterwards: the ones before are FILE.1, FILE.2 and so on.",
)
def backup(file: Path, keep: int) -> None:
    """Save the database in FILE, also while Parley runs; FILE is checked, then replaced."""
    settings = read_settings()
    _refuse_own_file(settings.var, file)
    try:
        with refusals_as_sentences():
            back_up(settings.database_url, file, keep=keep, clock=utc_now)
    except DatabaseUnavailable as away:
        raise database_away(away, settings) from away
    click.echo(f"{file} has all that was stored until now, and is whole")
    if settings.secret_key is None:
        click.echo(f"keep {settings.var / 'secret.key'} with it: links and codes are made from it")


def _refuse_own_file(var: Path, file: Path) -> None:
    """What is no backup and has content is refused later; the lock has none."""
    if file.is_file() and file.resolve().parent == var.resolve() and not file.stat().st_size:
        sentence = f"{file} is a file that Parley uses: name another one"
        raise WrongUse(sentence)
