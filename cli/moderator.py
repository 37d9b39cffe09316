"""`parley moderator`: the people who may decide about comments."""

import json

import click

from cli.opened import opened_database, read_settings
from moderation.clock import utc_now
from moderation.moderators import (
    InvalidModerator,
    Moderator,
    ModeratorExists,
    ModeratorNotFound,
    moderator_name,
)
from moderation.settings import Settings
from moderation.storage.moderators import Moderators


def _moderator_name(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    try:
        return moderator_name(value)
    except InvalidModerator as error:
        raise click.BadParameter(str(error)) from error


@click.group(epilog="Example: parley moderator list")
def moderator() -> None:
    """People who may decide about comments."""


@moderator.command(epilog="Example: parley moderator add Anna")
@click.argument("name", callback=_moderator_name)
def add(name: str) -> None:
    """Let NAME moderate; prints a sign-in link that works once, within 24 hours."""
    settings = read_settings()
    with opened_database(settings) as database:
        moderators = Moderators(database, utc_now)
        try:
            moderators.add(name)
        except ModeratorExists as error:
            sentence = f"{error}: `parley moderator reset` makes a new sign-in link"
            raise click.ClickException(sentence) from error
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
        click.echo(f"{each.name}  {'has a password' if each.has_password else 'no password yet'}")


@moderator.command(epilog="Example: parley moderator reset Anna")
@click.argument("name", callback=_moderator_name)
def reset(name: str) -> None:
    """Sign NAME out everywhere and forget their password; prints a new sign-in link."""
    settings = read_settings()
    with opened_database(settings) as database:
        try:
            token = Moderators(database, utc_now).reset(name)
        except ModeratorNotFound as error:
            sentence = (
                f"there is no moderator {name}: `parley moderator list` shows those there are"
            )
            raise click.ClickException(sentence) from error
    click.echo(sign_in_link(settings, token))


def sign_in_link(settings: Settings, token: str) -> str:
    """Where a moderator signs in once, without a password."""
    return f"{settings.public_url}/moderate/link/{token}"


def _as_json(each: Moderator) -> dict[str, object]:
    return {"name": each.name, "has_password": each.has_password}
