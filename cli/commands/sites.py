"""`parley site`: the websites that take comments here, and their keys."""

import json

import click

from cli.context import open_checked_database
from cli.refusals import refusals_as_sentences
from cli.score_option import Score
from cli.sites.coral_secrets import coral
from cli.sites.page_moves import move
from cli.sites.site_keys import key, keys, rename_key, revoke_key
from cli.sites.site_labels import labels
from cli.sites.site_removal import remove
from cli.sites.site_settings import change, show, site_as_json
from cli.sites.site_suspects import suspects
from cli.wrong_use import read_settings
from moderation.clock import utc_now
from moderation.comments import MAX_TEXT
from moderation.policy import SitePolicy
from moderation.site_fields import InvalidSite, site_name, site_origins, site_title
from moderation.sites import Site
from moderation.storage.comments.sites import Sites

_SHARE = Score()


@click.group(epilog="Example: parley site list")
def site() -> None:
    """Websites that take comments here."""


for command in (
    show,
    change,
    suspects,
    key,
    keys,
    rename_key,
    revoke_key,
    labels,
    coral,
    move,
    remove,
):
    site.add_command(command)


@site.command(epilog="Example: parley site add my-paper --origin https://my-paper.example")
@click.argument("name")
@click.option("--origin", "origins", multiple=True, required=True, help="https://host; repeatable.")
@click.option("--title", default="", help="What people call it; its name by default.")
@click.option("--reject", type=_SHARE, help="Reject unseen from this toxicity up; else nothing is.")
@click.option("--flag", type=_SHARE, help="Hold from this toxicity up, not the model's own.")
@click.option("--max-text", type=click.IntRange(1, MAX_TEXT), default=MAX_TEXT, show_default=True)
def add(
    name: str,
    origins: tuple[str, ...],
    title: str,
    reject: float | None,
    flag: float | None,
    max_text: int,
) -> None:
    """Let the website NAME take comments."""
    policy = SitePolicy({} if reject is None else {"toxicity": reject}, flag)
    try:
        new = Site(
            0, site_name(name), site_title(title or name), site_origins(origins), policy, max_text
        )
    except InvalidSite as error:
        raise click.UsageError(str(error)) from error
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        Sites(database, utc_now).add(new)
    click.echo(f"added {name}; `parley site key {name}` makes the key its servers need")


@site.command("list", epilog="Example: parley site list --json")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def list_sites(as_json: bool) -> None:
    """Show every site."""
    with open_checked_database(read_settings()) as database:
        sites = Sites(database, utc_now).all()
    if as_json:
        click.echo(json.dumps([site_as_json(site) for site in sites], ensure_ascii=False))
        return
    for site in sites:
        key = "has a key" if site.keys else "no key"
        click.echo(f"{site.name}  {site.title}  {' '.join(site.origins)}  {key}")
