"""`parley webhook`: addresses of your own that Parley sends decisions to."""

import json

import click

from cli.context import open_checked_database
from cli.refusals import refusals_as_sentences
from cli.row_number import ROW_NUMBER
from cli.wrong_use import WrongUse, read_settings
from moderation.clock import utc_now
from moderation.config.environment import InvalidSettings
from moderation.config.server_secret import server_secret
from moderation.config.settings import Settings
from moderation.notifications.allowed_targets import NotReachable, check_literal
from moderation.notifications.webhooks import (
    TEST,
    Event,
    InvalidWebhook,
    Webhook,
    webhook_events,
    webhook_url,
)
from moderation.storage.database.engine import Database
from moderation.storage.notifications.delivery_log import new_message_id
from moderation.storage.notifications.delivery_queue import DueDelivery
from moderation.storage.notifications.webhooks import Webhooks
from worker.notifications.checked_connection import ConnectionPolicy
from worker.notifications.http_post import post
from worker.notifications.webhook_sender import signed_request

_EVENTS = [event.value for event in Event]


@click.group(epilog="Example: parley webhook list")
def webhook() -> None:
    """Addresses of your own that are told what becomes of comments, texts and names included."""


@webhook.command(epilog="Example: parley webhook add https://example.org/hook --site my-paper")
@click.argument("url")
@click.option("--site", help="Only of this site; of every one by default.")
@click.option(
    "--event", "events", multiple=True, type=click.Choice(_EVENTS), help="Repeatable; all of them."
)
def add(url: str, site: str | None, events: tuple[str, ...]) -> None:
    """Tell URL from now on; prints the secret to verify signatures with, this once.

    It is sent names and texts of comments: give an address of your own.
    """
    settings = read_settings()
    address = _address(url, settings)
    with open_checked_database(settings) as database, refusals_as_sentences():
        webhooks = _webhooks(settings, database)
        number, secret = webhooks.add(address, webhook_events(events or _EVENTS), site=site)
    click.echo(secret)
    click.echo(f"added webhook {number}; `parley webhook test {number}` sends it a test", err=True)


@webhook.command("list", epilog="Example: parley webhook list --json")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def list_webhooks(as_json: bool) -> None:
    """Show every webhook."""
    settings = read_settings()
    with open_checked_database(settings) as database:
        webhooks = _webhooks(settings, database).all()
    if as_json:
        click.echo(json.dumps([_as_json(webhook) for webhook in webhooks]))
        return
    for webhook in webhooks:
        click.echo("  ".join(_columns(webhook)))


@webhook.command(epilog="Example: parley webhook remove 1")
@click.argument("number", type=ROW_NUMBER)
def remove(number: int) -> None:
    """Tell webhook NUMBER nothing more, and forget it."""
    settings = read_settings()
    with open_checked_database(settings) as database, refusals_as_sentences():
        _webhooks(settings, database).remove(number)
    click.echo(f"removed webhook {number}")


@webhook.command(epilog="Example: parley webhook on 1")
@click.argument("number", type=ROW_NUMBER)
def on(number: int) -> None:
    """Switch webhook NUMBER on again, after it was switched off for failing."""
    settings = read_settings()
    with open_checked_database(settings) as database, refusals_as_sentences():
        _webhooks(settings, database).switch(number, on=True)
    click.echo(f"webhook {number} is on; what was decided meanwhile is not sent")


@webhook.command(epilog="Example: parley webhook test 1")
@click.argument("number", type=ROW_NUMBER)
def test(number: int) -> None:
    """Send webhook NUMBER a signed test from here, now; exit code 1 when it does not arrive."""
    settings = read_settings()
    with open_checked_database(settings) as database, refusals_as_sentences():
        webhooks = _webhooks(settings, database)
        webhook, secret = webhooks.get(number), webhooks.secret(number)
    delivery = DueDelivery(0, TEST, new_message_id(), utc_now(), None)
    request = signed_request(webhook.url, secret, delivery, utc_now())
    outcome = post(request, ConnectionPolicy(settings.webhook_private))
    if outcome.problem is not None:
        sentence = f"the test did not arrive: {outcome.problem}"
        raise click.ClickException(sentence)
    click.echo(f"the test arrived, it answered {outcome.status}")


def _address(url: str, settings: Settings) -> str:
    try:
        address = webhook_url(url)
        check_literal(address, settings.webhook_private)
    except (InvalidWebhook, NotReachable) as error:
        raise click.UsageError(str(error)) from error
    return address


def _webhooks(settings: Settings, database: Database) -> Webhooks:
    try:
        return Webhooks(database, utc_now, server_secret(settings))
    except InvalidSettings as error:
        raise WrongUse(str(error)) from error


def _columns(webhook: Webhook) -> tuple[str, ...]:
    state = "on" if webhook.active else "off"
    problem = (webhook.problem,) if webhook.problem else ()
    site, events = webhook.site or "every site", ",".join(webhook.events)
    return (str(webhook.id), webhook.url, site, events, state, *problem)


def _as_json(webhook: Webhook) -> dict[str, object]:
    return {
        "number": webhook.id,
        "url": webhook.url,
        "site": webhook.site,
        "events": webhook.events,
        "on": webhook.active,
        "problem": webhook.problem,
    }
