"""`parley site key`, `keys`, `rename-key` and `revoke-key`: what a site's servers submit by."""

import json

import click

from cli.context import open_checked_database
from cli.refusals import refusals_as_sentences
from cli.wrong_use import read_settings
from moderation.clock import utc_now
from moderation.site_fields import InvalidSite, site_key_name
from moderation.sites import DEFAULT_KEY, KeyScope, SiteKey
from moderation.storage.comments.sites import Sites
from moderation.storage.sites.site_keys import SiteKeys


def _key_name(
    _context: click.Context, _parameter: click.Parameter, value: str | None
) -> str | None:
    try:
        return None if value is None else site_key_name(value)
    except InvalidSite as error:
        raise click.BadParameter(str(error)) from error


@click.command(epilog="Example: parley site key my-paper --name newsletter")
@click.argument("site_name", metavar="NAME")
@click.option("--name", "key_name", callback=_key_name, help="What you call the key.")
@click.option(
    "--scope",
    type=click.Choice([scope.value for scope in KeyScope]),
    default=KeyScope.SUBMIT.value,
    show_default=True,
    help="What its holder may do; docs/operators.md says what each means.",
)
def key(site_name: str, key_name: str | None, scope: str) -> None:
    """Make a key for the servers of the site NAME, beside those that it has.

    It is shown once: only its hash is kept. Without --name it is the key `default`, or has the name
    of another --scope, and an earlier one of this name stops working.
    """
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        keys = SiteKeys(database, utc_now)
        click.echo(keys.make(site_name, name=key_name, scope=KeyScope(scope)))


@click.command(epilog="Example: parley site keys my-paper")
@click.argument("site_name", metavar="NAME")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def keys(site_name: str, as_json: bool) -> None:
    """Show the keys of the site NAME: since when, and when each was used last."""
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        site = Sites(database, utc_now).get(site_name)
    if as_json:
        click.echo(json.dumps([key_as_json(key) for key in site.keys], ensure_ascii=False))
        return
    for key in site.keys:
        click.echo(key_line(key))
    if not site.keys:
        click.echo(f"{site_name} has no key: `parley site key {site_name}` makes one")


@click.command("rename-key", epilog=f"Example: parley site rename-key my-paper {DEFAULT_KEY} shop")
@click.argument("site_name", metavar="NAME")
@click.argument("old")
@click.argument("new", callback=_key_name)
def rename_key(site_name: str, old: str, new: str) -> None:
    """Call the key OLD of the site NAME from now on NEW; it keeps working."""
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        SiteKeys(database, utc_now).rename(site_name, old, new)
    click.echo(f"the key {old} of {site_name} is called {new} now")


@click.command("revoke-key", epilog="Example: parley site revoke-key my-paper newsletter")
@click.argument("site_name", metavar="NAME")
@click.argument("key_name", metavar="KEY")
def revoke_key(site_name: str, key_name: str) -> None:
    """Let nobody submit to the site NAME by its key KEY any more."""
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        SiteKeys(database, utc_now).revoke(site_name, key_name)
    click.echo(f"the key {key_name} of {site_name} works no more")


def key_line(key: SiteKey) -> str:
    """A key in one line: name, when it was made and when it was used last."""
    used = f"used last {key.last_used_at:%Y-%m-%d %H:%M} UTC" if key.last_used_at else "never used"
    return f"{key.name}  {key.scope}  made {key.created_at:%Y-%m-%d}  {used}"


def key_as_json(key: SiteKey) -> dict[str, object]:
    """A key as a program reads it, without its hash."""
    return {
        "name": key.name,
        "scope": key.scope,
        "created_at": key.created_at.isoformat(),
        "last_used_at": key.last_used_at and key.last_used_at.isoformat(),
    }
