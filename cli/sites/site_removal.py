"""`parley site remove`: a site goes, with all that is stored for it."""

import click

from cli.context import open_checked_database
from cli.refusals import refusals_as_sentences
from cli.wrong_use import read_settings
from moderation.clock import utc_now
from moderation.storage.sites.site_removal import SiteContents, SiteRemoval


@click.command(epilog="Example: parley site remove my-paper")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do it, not only say what would go.")
def remove(name: str, yes: bool) -> None:
    """Remove the site NAME with its comments, pages, decisions, webhooks and statistics.

    Without --yes nothing is changed: it says what would go. Nothing brings it back but a backup.
    """
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        removal = SiteRemoval(database, utc_now)
        contents = removal.contents(name)
        _print(name, contents)
        if not yes:
            click.echo("nothing was changed: add --yes to remove all of it")
            return
        removal.remove(name)
    click.echo(f"removed {name}")


def _print(name: str, contents: SiteContents) -> None:
    click.echo(f"{name} has, beside its settings:")
    for table, number in sorted(contents.rows.items()):
        click.echo(f"  {table.replace('_', ' ')}: {number:,}")
    if not contents.rows:
        click.echo("  nothing")
    if contents.moderators:
        click.echo(f"who may see no other site: {', '.join(contents.moderators)}")
