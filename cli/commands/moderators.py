"""`parley moderator`: who may decide about comments."""

import json

import click

from cli.context import open_checked_database
from cli.local.running_server import public_url_of
from cli.refusals import refusals_as_sentences
from cli.wrong_use import read_settings
from moderation.accounts.email_addresses import InvalidEmailAddress
from moderation.accounts.moderators import (
    InvalidModerator,
    Moderator,
    Role,
    moderator_email,
    moderator_name,
    sign_in_link,
)
from moderation.clock import utc_now
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.roles import Roles

_ROLES = click.Choice([role.value for role in Role])
_SITES = click.option("--site", "sites", multiple=True, help="Only this site; repeatable.")


def _moderator_name(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    try:
        return moderator_name(value)
    except InvalidModerator as error:
        raise click.BadParameter(str(error)) from error


def _moderator_email(
    _context: click.Context, _parameter: click.Parameter, value: str
) -> str | None:
    try:
        return moderator_email(value)
    except InvalidEmailAddress as error:
        raise click.BadParameter(str(error)) from error


@click.group(epilog="Example: parley moderator list")
def moderator() -> None:
    """People who may decide about comments."""


@moderator.command(epilog="Example: parley moderator add Anna --role viewer --site my-paper")
@click.argument("name", callback=_moderator_name)
@click.option("--role", type=_ROLES, help="moderator by default; the first one is an admin.")
@_SITES
@click.option("--email", default="", callback=_moderator_email, help="For sign-in by a provider.")
def add(name: str, role: str | None, sites: tuple[str, ...], email: str | None) -> None:
    """Let NAME moderate; prints a sign-in link that works once, within 24 hours."""
    settings = read_settings()
    with open_checked_database(settings) as database, refusals_as_sentences():
        moderators = Moderators(database, utc_now)
        which = Role(role) if role else None
        moderators.add(name, which, sites=sites or None, email=email)
        token = moderators.new_link(name)
    click.echo(sign_in_link(public_url_of(settings), token))


@moderator.command("list", epilog="Example: parley moderator list --json")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def list_moderators(as_json: bool) -> None:
    """Show every moderator."""
    with open_checked_database(read_settings()) as database:
        moderators = Moderators(database, utc_now).all()
    if as_json:
        rows = [_as_json(moderator) for moderator in moderators]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for moderator in moderators:
        click.echo("  ".join(_columns(moderator)))


@moderator.command(epilog="Example: parley moderator role Anna viewer --site my-paper")
@click.argument("name", callback=_moderator_name)
@click.argument("role", type=_ROLES)
@_SITES
def role(name: str, role: str, sites: tuple[str, ...]) -> None:
    """Let NAME be ROLE: admin, moderator or viewer; on every site, or on those named."""
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        Roles(database, utc_now).set_role(name, Role(role), sites=sites or None)
    click.echo(f"{name} is {role} now, on {', '.join(sites) or 'every site'}")


@moderator.command(epilog="Example: parley moderator deactivate Anna")
@click.argument("name", callback=_moderator_name)
def deactivate(name: str) -> None:
    """Sign NAME out everywhere and let nobody in by that name."""
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        Roles(database, utc_now).deactivate(name)
    click.echo(f"{name} is out; `parley moderator activate` lets them in again")


@moderator.command(epilog="Example: parley moderator activate Anna")
@click.argument("name", callback=_moderator_name)
def activate(name: str) -> None:
    """Let NAME in again who was deactivated; prints a sign-in link."""
    settings = read_settings()
    with open_checked_database(settings) as database, refusals_as_sentences():
        token = Roles(database, utc_now).activate(name)
    click.echo(sign_in_link(public_url_of(settings), token))


@moderator.command(epilog="Example: parley moderator reset Anna")
@click.argument("name", callback=_moderator_name)
def reset(name: str) -> None:
    """Sign NAME out everywhere, forget password, second factor and tokens; prints a new link."""
    settings = read_settings()
    with open_checked_database(settings) as database, refusals_as_sentences():
        token = Moderators(database, utc_now).reset(name)
    click.echo(sign_in_link(public_url_of(settings), token))


def _as_json(moderator: Moderator) -> dict[str, object]:
    return {
        "name": moderator.name,
        "role": moderator.role,
        "sites": None if moderator.sites is None else sorted(moderator.sites),
        "active": moderator.active,
        "has_password": moderator.has_password,
        "has_second_factor": moderator.has_second_factor,
        "email": moderator.email,
    }


def _columns(moderator: Moderator) -> tuple[str, ...]:
    sites = (
        "every site" if moderator.sites is None else ", ".join(sorted(moderator.sites)) or "no site"
    )
    password = "has a password" if moderator.has_password else "no password yet"
    factor = ("second factor",) if moderator.has_second_factor else ()
    state = () if moderator.active else ("deactivated",)
    return (moderator.name, moderator.role, sites, password, *factor, *state)
