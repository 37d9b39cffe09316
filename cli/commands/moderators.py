"""`parley moderator`: the people who may decide about comments."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click

from cli.context import opened_database, read_settings
from moderation.accounts.email_addresses import InvalidEmailAddress
from moderation.accounts.moderators import (
    InvalidModerator,
    LastAdmin,
    Moderator,
    ModeratorExists,
    ModeratorNotFound,
    Role,
    moderator_email,
    moderator_name,
)
from moderation.clock import utc_now
from moderation.config.settings import Settings
from moderation.sites import SiteNotFound
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.roles import People

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
    with opened_database(settings) as database, _told():
        moderators = Moderators(database, utc_now)
        which = Role(role) if role else None
        moderators.add(name, which, sites=sites or None, email=email)
        token = moderators.new_link(name)
    click.echo(sign_in_link(settings, token))


@moderator.command("list", epilog="Example: parley moderator list --json")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def list_moderators(as_json: bool) -> None:
    """Show every moderator."""
    with opened_database(read_settings()) as database:
        moderators = Moderators(database, utc_now).all()
    if as_json:
        click.echo(json.dumps([_as_json(each) for each in moderators], ensure_ascii=False))
        return
    for each in moderators:
        click.echo("  ".join((each.name, *_about(each))))


@moderator.command(epilog="Example: parley moderator role Anna viewer --site my-paper")
@click.argument("name", callback=_moderator_name)
@click.argument("role", type=_ROLES)
@_SITES
def role(name: str, role: str, sites: tuple[str, ...]) -> None:
    """Let NAME be ROLE: admin, moderator or viewer; on every site, or on those named."""
    with opened_database(read_settings()) as database, _told():
        People(database, utc_now).set_role(name, Role(role), sites=sites or None)
    click.echo(f"{name} is {role} now, on {', '.join(sites) or 'every site'}")


@moderator.command(epilog="Example: parley moderator deactivate Anna")
@click.argument("name", callback=_moderator_name)
def deactivate(name: str) -> None:
    """Sign NAME out everywhere and let nobody in by that name."""
    with opened_database(read_settings()) as database, _told():
        People(database, utc_now).set_active(name, False)
    click.echo(f"{name} is out; `parley moderator activate` lets them in again")


@moderator.command(epilog="Example: parley moderator activate Anna")
@click.argument("name", callback=_moderator_name)
def activate(name: str) -> None:
    """Let NAME in again; prints a sign-in link."""
    settings = read_settings()
    with opened_database(settings) as database, _told():
        People(database, utc_now).set_active(name, True)
        token = Moderators(database, utc_now).new_link(name)
    click.echo(sign_in_link(settings, token))


@moderator.command(epilog="Example: parley moderator reset Anna")
@click.argument("name", callback=_moderator_name)
def reset(name: str) -> None:
    """Sign NAME out everywhere, forget password, second factor and tokens; prints a new link."""
    settings = read_settings()
    with opened_database(settings) as database, _told():
        token = Moderators(database, utc_now).reset(name)
    click.echo(sign_in_link(settings, token))


def sign_in_link(settings: Settings, token: str) -> str:
    """Where a moderator signs in once, without a password."""
    return f"{settings.public_url}/moderate/link/{token}"


def _as_json(each: Moderator) -> dict[str, object]:
    return {
        "name": each.name,
        "role": each.role,
        "sites": None if each.sites is None else sorted(each.sites),
        "active": each.active,
        "has_password": each.has_password,
        "has_second_factor": each.has_second_factor,
        "email": each.email,
    }


def _about(each: Moderator) -> tuple[str, ...]:
    sites = "every site" if each.sites is None else ", ".join(sorted(each.sites)) or "no site"
    password = "has a password" if each.has_password else "no password yet"
    factor = ("second factor",) if each.has_second_factor else ()
    out = () if each.active else ("deactivated",)
    return (each.role, sites, password, *factor, *out)


@contextmanager
def _told() -> Iterator[None]:
    """What cannot be done as one sentence and exit code 1."""
    try:
        yield
    except ModeratorNotFound as error:
        sentence = (
            "there is no moderator of this name: `parley moderator list` shows those there are"
        )
        raise click.ClickException(sentence) from error
    except SiteNotFound as error:
        sentence = f"there is no site {error}: `parley site list` shows those there are"
        raise click.ClickException(sentence) from error
    except ModeratorExists as error:
        sentence = f"{error}: `parley moderator reset` makes a new sign-in link"
        raise click.ClickException(sentence) from error
    except LastAdmin as error:
        raise click.ClickException(str(error)) from error
