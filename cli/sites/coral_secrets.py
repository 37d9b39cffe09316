"""`parley site coral`: the secrets by which a site's Coral signs what it asks."""

import click

from cli.context import open_checked_database
from cli.refusals import refusals_as_sentences
from cli.row_number import ROW_NUMBER
from cli.secret_input import secret_input
from cli.wrong_use import read_settings
from moderation.clock import utc_now
from moderation.site_fields import InvalidSite, coral_secret
from moderation.storage.comments.sites import Sites
from moderation.storage.sites.coral_secrets import CoralSecrets


@click.command(epilog="Example: parley site coral my-paper --add")
@click.argument("name")
@click.option("--add", is_flag=True, help="Ask for one more secret, or read it from a pipe.")
@click.option(
    "--remove", "removed", type=ROW_NUMBER, metavar="NUMBER", help="Take this one no more."
)
def coral(name: str, add: bool, removed: int | None) -> None:
    """Show, add or remove the signing secrets of the Coral that asks for the site NAME.

    Coral shows the secret on the page of its external moderation phase. While one replaces
    another, both are taken.
    """
    if add and removed is not None:
        sentence = "add a secret or remove one: not both at once"
        raise click.UsageError(sentence)
    secret = _asked_for() if add else None
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        stored, site = CoralSecrets(database, utc_now), Sites(database, utc_now).get(name)
        if secret is not None:
            click.echo(f"added secret {stored.add(name, secret)} of {name}")
        elif removed is not None:
            stored.remove(name, removed)
            click.echo(f"the secret {removed} of {name} is taken no more")
        else:
            for kept in stored.of(site):
                click.echo(f"{kept.id}  added {kept.created_at:%Y-%m-%d}")
            click.echo(f"Coral asks at PARLEY_PUBLIC_URL/coral/{name}")


def _asked_for() -> str:
    """The secret, from a person who does not see it, or from a pipe: not from the history."""
    try:
        return coral_secret(secret_input("Signing secret"))
    except InvalidSite as error:
        raise click.UsageError(str(error)) from error
