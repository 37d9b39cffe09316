"""`parley page`: pages whose article moved."""

import click

from cli.context import open_checked_database
from cli.refusals import refusals_as_sentences
from cli.wrong_use import read_settings
from moderation.clock import utc_now
from moderation.notifications.wording import counted
from moderation.pages.page_keys import key_of_address, own_parameters, page_key
from moderation.sites import Site
from moderation.storage.comments.moved_pages import MovedPages
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database


@click.group(epilog="Example: parley page move /2024/old-name /2024/new-name")
def page() -> None:
    """Pages that comments stand under."""


@page.command(epilog="Example: parley page move /2024/old-name /2024/new-name --site my-paper")
@click.argument("old")
@click.argument("new")
@click.option("--site", "name", help="The site's name; needed where there are several.")
def move(old: str, new: str, name: str | None) -> None:
    """Move the comments of the page OLD to the page NEW.

    Both are paths, addresses or keys. The old path leads to the new page from then on.
    """
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        site = _site(database, name)
        keys = _key(site, old), _key(site, new)
        number = MovedPages(database, utc_now).move(site, *keys)
    click.echo(f"moved {counted(number, 'comment')} from {keys[0]} to {keys[1]}")


def _site(database: Database, name: str | None) -> Site:
    sites = Sites(database, utc_now)
    if name is not None:
        return sites.get(name)
    every = sites.all()
    if len(every) != 1:
        sentence = f"there are {len(every)} sites: say with --site which one, as `parley site list`"
        raise click.UsageError(sentence)
    return every[0]


def _key(site: Site, value: str) -> str:
    own = own_parameters(value)
    key = key_of_address(value, own) if site.owns(value) else None
    return page_key(value, own) if key is None else key
