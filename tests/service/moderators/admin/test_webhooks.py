"""The page of webhooks: for admins, with the secret shown once."""

import re
from ipaddress import ip_network
from typing import Any

import pytest
from flask import Flask

from moderation.accounts.moderators import Role
from moderation.accounts.passwords import hash_password
from moderation.notifications.deliveries import DeliveryOutcome
from moderation.notifications.webhooks import Event
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.roles import Roles
from moderation.storage.database.engine import Database
from moderation.storage.notifications.delivery_queue import DeliveryQueue
from moderation.storage.notifications.outbox import Outbox
from moderation.storage.notifications.webhooks import Webhooks
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import FakeClock
from tests.support.flagged_comments import add_scored
from tests.support.moderator_browser import PASSWORD, Browser, signed_in
from tests.support.web_app import SECRET, MakeApp

URL = "https://hooks.example/very-secret-path"
PAGE = "/moderate/webhooks"


@pytest.fixture
def webhooks(database: Database, clock: FakeClock, site: Site) -> Webhooks:
    return Webhooks(database, clock, SECRET)


def add(browser: Browser, **fields: object) -> str:
    form: dict[str, Any] = {"url": URL, "events": list(Event), "site": "", **fields}
    return browser.send(PAGE, **form).text


@pytest.mark.parametrize("event", Event)
def test_every_event_is_offered_and_explained(
    event: Event, anna: Browser, webhooks: Webhooks
) -> None:
    webhooks.add(URL, [event])

    assert re.search(rf'value="{event}" checked> \w', anna.page(PAGE))
    assert re.search(rf"<li>\w.+ \(<code>{event}</code>\)</li>", anna.page(f"{PAGE}/1"))


def test_the_secret_is_shown_once_and_the_log_holds_no_path(
    anna: Browser, webhooks: Webhooks, database: Database
) -> None:
    shown = re.search(r'id="secret">(whsec_[\w+/=]+)<', add(anna, site="demo"))

    assert shown
    assert shown[1] == webhooks.secret(1)
    assert shown[1] not in anna.page(PAGE) + anna.page(f"{PAGE}/1")
    assert URL in anna.page(PAGE)
    newest = AuditLog(database).newest(1)[0]
    assert (newest.actor, newest.action, newest.subject) == (
        "moderator Anna",
        "webhook_added",
        "webhook 1",
    )
    assert newest.after == (
        '{"active":true,"address":"https://hooks.example","events":["comment.published",'
        '"comment.flagged","comment.rejected","comment.edited","comment.appealed","comment.erased","comment.decided"],"site":"demo"}'
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"url": "http://hooks.example/"}, "Give an https address"),
        ({"url": "https://a\0b.example/"}, "must have no NUL character"),
        ({"url": "https://10.0.0.1/"}, "It leads to 10.0.0.1, which is not public"),
        ({"url": "http://localhost:8000/"}, "It leads to 127.0.0.1, which is not public"),
        ({"events": []}, "A webhook is told at least one of comment.published"),
        ({"events": ["<script>"]}, "A webhook is told at least one of comment.published"),
        ({"site": "nowhere"}, "No site has this name"),
    ],
)
def test_what_cannot_be_told_is_refused(
    anna: Browser, webhooks: Webhooks, fields: dict[str, object], sentence: str
) -> None:
    assert sentence in add(anna, **fields)
    assert webhooks.all() == []


def test_who_has_a_password_proves_to_be_there(
    anna: Browser, app: Flask, webhooks: Webhooks
) -> None:
    cookie = anna.client.get_cookie("parley_moderator_8000", path="/moderate")
    assert cookie
    app.extensions["parley"].sessions.set_password(cookie.value, hash_password(PASSWORD))

    refused = add(anna)
    assert "This is not your password" in refused
    assert webhooks.all() == []
    assert "whsec_" in add(anna, current=PASSWORD)


def test_only_admins_look_and_change(
    app: Flask, anna: Browser, moderators: Moderators, database: Database, clock: FakeClock
) -> None:
    vera = signed_in(app, moderators, "Vera")
    Roles(database, clock).set_role("Vera", Role.MODERATOR)
    add(anna)

    for path in (PAGE, f"{PAGE}/1"):
        assert vera.get(path).status_code == 403
    for path in (PAGE, f"{PAGE}/1/test", f"{PAGE}/1/off", f"{PAGE}/1/remove"):
        assert vera.send(path).status_code == 403
    assert "Webhooks" not in vera.page()
    assert "On." in anna.page(PAGE)


def test_a_delivery_is_shown_and_sent_again(
    anna: Browser, webhooks: Webhooks, database: Database, clock: FakeClock
) -> None:
    add(anna)
    comment = add_scored(database, clock)
    Outbox(database, clock).fan_out()
    deliveries = DeliveryQueue(database, clock, SECRET, jitter=lambda: 1.0)
    [webhook] = deliveries.lease(1)
    due = deliveries.next_due(webhook)
    assert due
    deliveries.settle(webhook, due, DeliveryOutcome(500, "it answered 500"))
    deliveries.release(webhook)

    page = anna.page(f"{PAGE}/1")
    answer = anna.send(f"{PAGE}/1/deliveries/{due.id}/again")

    assert f"comment {comment.id}" in page
    assert "failed</strong> after 1 attempt: it answered 500" in page
    assert "in 5 s" in page
    assert "Failing</strong> for" in page
    assert answer.location == f"{PAGE}/1?done=again"
    assert len(deliveries.lease(1)) == 1


def test_a_webhook_is_tested_switched_and_removed(
    anna: Browser, webhooks: Webhooks, database: Database
) -> None:
    add(anna)

    for action in ("test", "off", "on", "remove"):
        assert anna.send(f"{PAGE}/1/{action}").status_code == 303

    assert webhooks.all() == []
    assert [row.action for row in AuditLog(database).newest(3)] == [
        "webhook_removed",
        "webhook_changed",
        "webhook_changed",
    ]


@pytest.mark.parametrize("number", ["2", "0", "999999999", "9" * 30, "-1", "x"])
def test_no_such_webhook(anna: Browser, webhooks: Webhooks, number: str) -> None:
    add(anna)

    for path in (f"{PAGE}/{number}", f"{PAGE}/1/deliveries/{number}/again"):
        answer = anna.get(path) if path.endswith(number) else anna.send(path)
        assert answer.status_code == 404, path
    for action in ("test", "off", "on", "remove"):
        assert anna.send(f"{PAGE}/{number}/{action}").status_code == 404


def test_a_private_address_is_added_where_the_setting_allows(
    make_app: MakeApp, moderators: Moderators, site: Site
) -> None:
    app = make_app(webhook_private=(ip_network("127.0.0.1"),))
    browser = signed_in(app, moderators, "Anna")

    assert "whsec_" in add(browser, url="http://localhost:9000/")
