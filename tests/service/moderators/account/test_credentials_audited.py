"""Whatever lets somebody in is noted: who made it, for whom, and who failed without it."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pyotp import TOTP
from werkzeug.test import TestResponse

from moderation.accounts.moderators import AlreadyActive
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.roles import Roles
from moderation.storage.database.engine import Database
from moderation.storage.sites.site_keys import SiteKeys
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import FakeClock
from tests.support.moderator_browser import PASSWORD, Browser

_ROOT = Path(__file__).parents[4]
# Every module that draws something secret, and what the log has for it.
_CREDENTIALS = {
    "sign_in_links": "sign_in_link_made",
    "api_tokens": "token_made",
    "feeds": "feed_made",
    "second_factors": "second_factor_begun",
    "totp": "second_factor_set",
    "sessions": "signed_in",
    "site_keys": "site_key_made",
    "webhooks": "webhook_added",
    "known_device": "device_remembered",
}
# What these draw opens nothing for a person: ids, leases, marks and keys of the server.
_OTHERS = {
    "0008_incarnation",
    "address_keys",
    "bulk_records",
    "claims",
    "delivery_log",
    "delivery_queue",
    "incarnation",
    "insert",
    "mail_queue",
    "main",
    "new_rows",
    "openai_moderations",
    "server_secret",
    "sweep_process",
    "time_tokens",
    "write_trial",
}


def entries(database: Database) -> list[tuple[str, str, str]]:
    """Who did what to whom, the oldest first."""
    rows = AuditLog(database).newest(100)
    return [(row.actor, row.action, row.subject) for row in reversed(rows)]


def is_drawing(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node).startswith("secrets.")


def drawing_modules() -> Iterator[str]:
    for package in ("moderation", "service", "cli", "worker"):
        for path in (_ROOT / package).rglob("*.py"):
            if any(map(is_drawing, ast.walk(ast.parse(path.read_text())))):
                yield path.stem


def test_every_place_that_draws_a_secret_is_known_here() -> None:
    unknown = set(drawing_modules()) - _CREDENTIALS.keys() - _OTHERS

    assert not unknown, "say above what the audit log has for it, or that it opens nothing"
    assert _CREDENTIALS.keys() <= set(drawing_modules())


def test_each_of_them_is_noted_with_who_made_it_and_for_whom(
    anna: Browser, client: FlaskClient, database: Database, site_keys: SiteKeys, clock: FakeClock
) -> None:
    make_everything(anna, clock)
    client.post("/moderate/sign-in", data={"name": "Anna", "password": PASSWORD})
    site_keys.make("demo")

    noted = entries(database)

    own = (
        "signed_in",
        "device_remembered",
        "token_made",
        "feed_made",
        "second_factor_begun",
        "second_factor_set",
        "password_set",
    )
    assert {("moderator Anna", action, "moderator Anna") for action in own} <= set(noted)
    assert ("moderator Anna", "sign_in_link_made", "moderator Bea") in noted
    assert ("moderator Anna", "webhook_added", "webhook 1") in noted
    assert ("operator", "site_key_made", "site demo") in noted
    assert set(_CREDENTIALS.values()) <= {action for _, action, _ in noted}


def make_everything(anna: Browser, clock: FakeClock) -> None:
    anna.send("/moderate/password", new=PASSWORD)
    anna.send("/moderate/people/invite", name="Bea", role="moderator", reach="every")
    anna.send("/moderate/tokens", name="A program", current=PASSWORD)
    anna.send("/moderate/feed", current=PASSWORD)
    anna.send(
        "/moderate/webhooks",
        url="https://hooks.example/x",
        events="comment.flagged",
        current=PASSWORD,
    )
    begun = anna.send("/moderate/second-factor", current=PASSWORD)
    letters = re.search(r">([A-Z2-7]{32})<", begun.text)
    assert letters
    anna.send("/moderate/second-factor/prove", code=TOTP(letters[1]).at(clock.now))


def test_failures_are_noted_without_what_was_typed(
    anna: Browser, client: FlaskClient, database: Database
) -> None:
    for name in ("Anna", "a secret typed into the wrong field"):
        client.post("/moderate/sign-in", data={"name": name, "password": "x"})
    client.post("/moderate/link/no-such-link")

    failed = [entry for entry in entries(database) if entry[1] == "sign_in_failed"]

    assert failed == [
        ("nobody known", "sign_in_failed", "moderator Anna"),
        ("nobody known", "sign_in_failed", "nobody known"),
        ("nobody known", "sign_in_failed", "nobody known"),
    ]


def test_strangers_do_not_fill_the_log(client: FlaskClient, database: Database) -> None:
    for number in range(40):
        client.post(
            "/moderate/sign-in",
            data={"name": f"Name {number}", "password": "x"},
            environ_base={"REMOTE_ADDR": f"10.0.0.{number}"},
        )

    failed = [action for _, action, _ in entries(database) if action == "sign_in_failed"]
    assert len(failed) == 30


def test_nobody_gets_a_link_of_somebody_active(
    anna: Browser, bea: Browser, database: Database
) -> None:
    before = entries(database)

    for path in ("activate", "invite"):
        answer = anna.send(f"/moderate/people/{path}", name="Bea", role="admin", reach="every")

        assert answer.status_code == 409
        assert "/moderate/link/" not in answer.text
    assert entries(database) == before
    assert bea.get().status_code == 200


def test_the_command_line_makes_none_either(
    moderators: Moderators, database: Database, clock: FakeClock
) -> None:
    moderators.add("Anna")

    with pytest.raises(AlreadyActive, match="a reset makes one, and signs the account out"):
        Roles(database, clock).activate("Anna")


@pytest.mark.parametrize(("keep", "status"), [({}, 404), ({"keep_access": "yes"}, 200)])
def test_a_changed_password_ends_tokens_and_feed_unless_they_shall_stay(
    anna: Browser, client: FlaskClient, keep: dict[str, str], status: int
) -> None:
    anna.send("/moderate/password", new=PASSWORD)
    feed = anna.send("/moderate/feed", current=PASSWORD)
    address = re.search(r"/moderate/feed/[\w-]+\.atom", feed.text)
    assert address

    anna.send("/moderate/password", current=PASSWORD, new="four other words do", **keep)

    assert client.get(address[0]).status_code == status


@pytest.mark.parametrize("kind", ["token", "feed", "site_key"])
def test_the_first_use_a_day_from_an_address_is_noted(
    anna: Browser,
    client: FlaskClient,
    database: Database,
    site_keys: SiteKeys,
    clock: FakeClock,
    kind: str,
) -> None:
    use = users(anna, client, site_keys)[kind]

    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        use(address)
    clock.advance(24 * 3600)
    use("192.0.2.1")

    whose = "site demo" if kind == "site_key" else "moderator Anna"
    noted = [entry for entry in entries(database) if entry[1].endswith("_used")]
    assert noted == [(whose, f"{kind}_used", whose)] * 3


def secret_in(answer: TestResponse, place: str) -> str:
    shown = re.search(rf'id="{place}">([^<]+)<', answer.text)
    assert shown, answer.text
    return shown[1]


def users(
    anna: Browser, client: FlaskClient, site_keys: SiteKeys
) -> dict[str, Callable[[str], None]]:
    """How each credential is used, from an address."""
    token = secret_in(anna.send("/moderate/tokens", name="a bot", current=PASSWORD), "token")
    feed = secret_in(anna.send("/moderate/feed", current=PASSWORD), "feed")
    key = site_keys.make("demo")
    comment = {"site": "demo", "page": "/a", "name": "Ada", "text": "Well argued."}

    def ask(path: str, secret: str, address: str, **sent: Any) -> None:
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        environ = {"REMOTE_ADDR": address}
        method = "POST" if sent else "GET"
        answer = client.open(path, method=method, headers=headers, environ_base=environ, **sent)
        assert answer.status_code < 300, answer.text

    return {
        "token": partial(ask, "/v1/moderation/queue", token),
        "feed": partial(ask, feed.removeprefix("http://127.0.0.1:8000"), ""),
        "site_key": partial(ask, "/v1/comments", key, json=comment),
    }
