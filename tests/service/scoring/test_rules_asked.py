"""The rules of a site and its pages hold for comments of other systems, as for submitted ones."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from moderation.clock import utc_now
from moderation.sites import Site
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.database.engine import Database
from moderation.storage.sites.coral_secrets import CoralSecrets
from moderation.storage.sites.rule_versions import RuleVersions
from moderation.storage.sites.site_keys import SiteKeys
from service.wiring.parts import Parts
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.web_app import MakeApp

CIVIL = "Thank you for this article."
ADDRESS = "192.0.2.7"
NIGHT = {"zone": "UTC", "begin": "00:00", "end": "23:59"}


@pytest.fixture
def rules(database: Database, clock: FakeClock, site: Site) -> RuleVersions:
    return RuleVersions(database, clock)


@pytest.fixture
def key(site: Site, site_keys: SiteKeys) -> str:
    return site_keys.make(site.name)


def ask(client: FlaskClient, key: str, store: bool = False, **fields: object) -> TestResponse:
    body = {"comments": [{"name": "Ada", "text": CIVIL, **fields}], "store": store}
    return client.post("/v1/checks", json=body, headers={"Authorization": f"Bearer {key}"})


def checked(client: FlaskClient, key: str, **fields: object) -> tuple[str, list[str]]:
    (check,) = (ask(client, key, store=False, **fields).json or {})["checks"]
    return check["status"], [reason["rule"] for reason in check["reasons"]]


@pytest.mark.parametrize(
    ("document", "text", "expected"),
    [
        ({"quiet_hours": NIGHT}, CIVIL, ("flagged", ["quiet_hours"])),
        ({"publish": "nothing"}, CIVIL, ("flagged", ["premoderated"])),
        ({"first_comments": 1}, CIVIL, ("flagged", ["first_comment"])),
        ({"links": {"most": 0}}, "See https://a.example/b.", ("flagged", ["too_many_links"])),
        ({"banned_words": {"words": ["artic*"]}}, CIVIL, ("rejected", ["banned_word"])),
    ],
)
def test_each_rule_holds_on_its_page_alone(
    client: FlaskClient,
    key: str,
    rules: RuleVersions,
    database: Database,
    clock: FakeClock,
    document: Mapping[str, Any],
    text: str,
    expected: object,
) -> None:
    add_scored(database, clock, page="/ruled", name="Zoë", text="Another text, of another author.")
    rules.change("demo", document, "/ruled")

    assert checked(client, key, text=text, page="/ruled") == expected
    assert checked(client, key, text=text, page="/free") == ("approved", [])
    assert checked(client, key, text=text) == ("approved", [])


def test_an_author_is_known_by_name_and_address(
    client: FlaskClient, key: str, rules: RuleVersions, database: Database, clock: FakeClock
) -> None:
    parts = client.application.extensions["parley"]
    assert isinstance(parts, Parts)
    sender = Submitter(parts.addresses.hash(ADDRESS, clock()))
    add_scored(database, clock, GOOD, sender=sender, name="Ada")
    rules.change("demo", {"first_comments": 1})

    assert checked(client, key, address=ADDRESS) == ("approved", [])
    assert checked(client, key, address="192.0.2.8") == ("flagged", ["first_comment"])
    assert checked(client, key, address=ADDRESS, name="Eve") == ("flagged", ["first_comment"])
    assert checked(client, key, address=ADDRESS, name="") == ("approved", [])


def test_what_was_said_too_often_waits(
    client: FlaskClient, key: str, rules: RuleVersions, database: Database, clock: FakeClock
) -> None:
    add_scored(database, clock, GOOD, text="Buy the finest carpets today")
    rules.change("demo", {"repeats": 2})

    assert checked(client, key, text="buy the FINEST carpets, today!") == ("flagged", ["repeated"])


def go_away(database: Database) -> None:
    def refuse(*_about: object) -> None:
        statement = "connect"
        raise OperationalError(statement, None, ConnectionRefusedError())

    event.listen(database.engine, "checkout", refuse)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"quiet_hours": NIGHT}, ("flagged", ["quiet_hours"])),
        ({"publish": "nothing"}, ("flagged", ["premoderated"])),
        ({"first_comments": 1}, ("flagged", ["first_comment"])),
        ({"banned_words": {"words": ["artic*"]}}, ("rejected", ["banned_word"])),
    ],
)
def test_while_the_database_is_away_a_sites_last_rules_hold_and_every_author_is_new(
    client: FlaskClient,
    key: str,
    rules: RuleVersions,
    database: Database,
    clock: FakeClock,
    document: Mapping[str, Any],
    expected: object,
) -> None:
    add_scored(database, clock, GOOD, name="Ada")
    rules.change("demo", document)
    checked(client, key)  # so that the site has been read
    parts: Parts = client.application.extensions["parley"]

    go_away(parts.database)
    parts.site_cache._expires_at = 0.0
    clock.advance(61)
    parts.key_uses._written.clear()  # the use of the key is to be noted again after a minute

    assert checked(client, key) == expected


def test_while_the_database_is_away_nobody_passes_a_site_that_was_never_read(
    make_app: MakeApp, key: str
) -> None:
    app = make_app()
    go_away(app.extensions["parley"].database)

    assert ask(app.test_client(), key).status_code == 503


def test_a_closed_page_takes_nothing_to_be_stored(
    client: FlaskClient, key: str, rules: RuleVersions
) -> None:
    rules.change("demo", {"closing": {"closed": True}})

    refused = ask(client, key, store=True, page="/a", text="You are a stupid idiot.")

    assert (refused.status_code, refused.get_json()["type"]) == (403, "urn:parley:page-closed")
    closed = "comment 1: the comments of this page are closed"
    assert refused.get_json()["detail"].startswith(closed)
    assert ask(client, key, page="/a").status_code == 200


def test_coral_hears_of_the_rules_of_its_storys_page(
    client: FlaskClient, rules: RuleVersions, database: Database, clock: FakeClock, site: Site
) -> None:
    CoralSecrets(database, utc_now).add(site.name, "a secret of Coral")
    add_scored(database, clock, page="/ruled")
    rules.change("demo", {"quiet_hours": NIGHT}, "/ruled")

    assert coral(client, "https://paper.example/ruled") == {"status": "PREMOD"}
    assert coral(client, "https://paper.example/free") == {}


def coral(client: FlaskClient, url: str) -> object:
    body = json.dumps({"comment": {"body": CIVIL}, "story": {"id": "2", "url": url}}).encode()
    digest = hmac.new(b"a secret of Coral", body, hashlib.sha256).hexdigest()
    headers = {"X-Coral-Signature": f"sha256={digest}"}
    answer = client.post("/coral/demo", data=body, headers=headers, content_type="application/json")
    return answer.json


@pytest.mark.parametrize(
    ("document", "answers"),
    [
        ({"banned_words": {"words": ["artic*"], "action": "wait"}}, ("true", None)),
        ({"banned_words": {"words": ["artic*"]}}, ("true", "discard")),
        ({"first_comments": 1}, ("false", None)),
        ({"quiet_hours": NIGHT}, ("false", None)),
        ({"publish": "nothing"}, ("false", None)),
    ],
)
def test_akismets_programs_hear_of_rules_that_are_about_spam(
    client: FlaskClient,
    key: str,
    rules: RuleVersions,
    database: Database,
    clock: FakeClock,
    document: Mapping[str, Any],
    answers: tuple[str, str | None],
) -> None:
    add_scored(database, clock, page="/ruled")
    rules.change("demo", document, "/ruled")

    assert akismet(client, key, "https://paper.example/ruled") == answers
    assert akismet(client, key, "https://paper.example/free") == ("false", None)


def akismet(client: FlaskClient, key: str, permalink: str) -> tuple[str, str | None]:
    who = {"api_key": key, "blog": "https://paper.example", "user_ip": ADDRESS}
    form = {**who, "comment_author": "Ada", "comment_content": CIVIL, "permalink": permalink}
    answer = client.post("/1.1/comment-check", data=form)
    return answer.text, answer.headers.get("X-akismet-pro-tip")
