"""`parley site move`: pages whose article moved."""

from collections.abc import Iterator

import click

from cli.context import open_checked_database
from cli.refusals import refusals_as_sentences
from cli.sites.keys_of_pages import key_on_site
from cli.wrong_use import read_settings
from moderation.clock import utc_now
from moderation.notifications.wording import counted
from moderation.pages.page_claims import PageNotFound
from moderation.sites import Site
from moderation.storage.comments.moved_pages import MovedPages
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database


@click.command(epilog="Example: parley site move '/2024/*' '/archive/2024/*' --site my-paper")
@click.argument("old")
@click.argument("new")
@click.option("--site", "name", help="The site's name; needed where there are several.")
def move(old: str, new: str, name: str | None) -> None:
    """Move the comments of the page OLD to the page NEW.

    Both are paths, addresses or keys; with * at the end of both, all pages that begin so. The old
    path leads to the new page from then on.
    """
    if old.endswith("*") != new.endswith("*"):
        sentence = "a * stands at the end of both OLD and NEW, or of neither"
        raise click.UsageError(sentence)
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        site = _site(database, name)
        pages = MovedPages(database, utc_now)
        for old_key, new_key in list(_keys(pages, site, old, new)):
            number = pages.move(site, old_key, new_key)
            click.echo(f"moved {counted(number, 'comment')} from {old_key} to {new_key}")


def _keys(pages: MovedPages, site: Site, old: str, new: str) -> Iterator[tuple[str, str]]:
    if not old.endswith("*"):
        yield key_on_site(site, old), key_on_site(site, new)
        return
    beginning, new_beginning = _beginning(site, old[:-1]), _beginning(site, new[:-1])
    keys = pages.beginning_with(site, beginning)
    if not keys:
        raise PageNotFound(old)
    for key in keys:
        yield key, key_on_site(site, new_beginning + key[len(beginning) :])


def _beginning(site: Site, value: str) -> str:
    """As keys are spelt, with the slash at its end where it has one."""
    key = key_on_site(site, value or "/")
    return f"{key}/" if value.endswith("/") and not key.endswith("/") else key


def _site(database: Database, name: str | None) -> Site:
    sites = Sites(database, utc_now)
    if name is not None:
        return sites.get(name)
    every = sites.all()
    if len(every) != 1:
        sentence = f"there are {len(every)} sites: say with --site which one, as `parley site list`"
        raise click.UsageError(sentence)
    return every[0]
