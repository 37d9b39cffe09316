"""A site's rules for programs: an admin's token reads, tries, changes and takes back."""

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from moderation.accounts.moderators import Role
from moderation.rules.document import document_of
from moderation.rules.site_rules import NO_RULES
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.roles import Roles
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.system.audit_log import AuditLog
from service.gateway.answer_store import AnswerStore
from service.gateway.gateway import Gateway
from service.monitoring.metrics import count_again
from service.wiring.parts import Parts
from service.wsgi import knows_key
from tests.support.asgi import Answered, Asked, ask_at_once
from tests.support.clock import FakeClock
from tests.support.flagged_comments import GOOD, add_scored
from tests.support.moderator_browser import Browser, signed_in

URL = "/v1/moderation/sites/demo/policy"
_TOKEN = re.compile(r'id="token">([\w-]+)<')


class Program:
    """A program with a moderator's token."""

    def __init__(self, app: Flask, browser: Browser) -> None:
        shown = browser.send("/moderate/tokens", name="a bot")
        token = _TOKEN.search(shown.text)
        assert token, shown.text
        self._headers = {"Authorization": f"Bearer {token[1]}"}
        self._client: FlaskClient = app.test_client()
        self._app = app

    def get(self, path: str = URL) -> TestResponse:
        return self._client.get(path, headers=self._headers)

    def put(self, **fields: object) -> TestResponse:
        return self._client.put(URL, json=fields, headers=self._headers)

    def put_to_server(self, **fields: object) -> Answered:
        """As the web server takes it, which lets few send so much."""
        mine: Parts = self._app.extensions["parley"]
        answers = AnswerStore(mine.commits, count_again)
        gateway = Gateway(self._app, 1, lambda key: knows_key(mine, key), answers)
        body = json.dumps(fields).encode()
        framing = {"Content-Type": "application/json", "Content-Length": str(len(body))}
        return ask_at_once(gateway, Asked(URL, self._headers | framing, "PUT", body))[0]

    def back(self, query: str = "") -> TestResponse:
        return self._client.post(f"{URL}/back{query}", headers=self._headers)


@pytest.fixture
def bot(app: Flask, database: Database, clock: FakeClock, site: Site) -> Program:
    return Program(app, signed_in(app, Moderators(database, clock), "Anna"))


def test_rules_are_read_changed_and_taken_back(
    bot: Program, sites: Sites, database: Database
) -> None:
    assert bot.get().json == {
        "site": "demo",
        "page": None,
        "rules": document_of(NO_RULES),
        "changed_at": None,
        "changed_by": None,
    }
    changed = bot.put(rules={"repeats": 3}).get_json()
    assert (changed["rules"]["repeats"], changed["changed_by"]) == (3, "moderator Anna")
    assert sites.get("demo").rules.repeats == 3
    assert AuditLog(database).newest(1)[0].action == "rules_changed"

    assert bot.back().get_json()["rules"]["repeats"] is None


def test_a_page_has_its_own(bot: Program, sites: Sites) -> None:
    assert bot.put(rules={"publish": "nothing"}, page="/live?utm_source=x#top").status_code == 200

    assert bot.get(f"{URL}?page=/live").get_json()["rules"] == {"publish": "nothing"}
    assert bot.get().get_json()["rules"] == document_of(NO_RULES)
    assert bot.back("?page=/live").get_json()["rules"] == {}


def test_a_trial_changes_nothing_and_names_what_would_differ(
    bot: Program, sites: Sites, database: Database, clock: FakeClock
) -> None:
    casino = add_scored(database, clock, GOOD, text="Thank you, the casino was lovely to see.")
    add_scored(database, clock, GOOD, text="Thank you, the harbour was lovely to see.")

    answer = bot.put(rules={"banned_words": {"words": ["casino"]}}, dry_run=True).get_json()

    assert (answer["tried"], answer["differing"]) == (2, 1)
    (differing,) = answer["differences"]
    assert differing["id"] == casino.id
    assert (differing["now"], differing["then"]) == ("approved", "rejected")
    assert [reason["rule"] for reason in differing["reasons"]] == ["banned_word"]
    assert sites.get("demo").rules == NO_RULES


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"rules": {"repeat": 3}}, "repeat", "did you mean repeats?"),
        ({"rules": {"repeats": 1}}, "repeats", "from 2 to 100, or null"),
        ({"rules": []}, "rules", "must be an object"),
        ({}, "rules", "must be an object"),
        ({"rules": {}, "page": ""}, "page", "the key of a page"),
        ({"rules": {}, "page": 1}, "page", "the key of a page"),
        ({"rules": {}, "dry_run": "yes"}, "dry_run", "true, to try it"),
    ],
)
def test_what_is_wrong_is_named(
    bot: Program, fields: dict[str, object], field: str, words: str
) -> None:
    answer = bot.put(**fields)

    assert (answer.status_code, answer.get_json()["field"]) == (422, field)
    assert words in answer.get_json()["detail"]


def test_as_many_words_as_there_may_be_are_taken(bot: Program) -> None:
    words = [f"{number:05}{'ä' * 70}" for number in range(10_000)]

    answer = bot.put_to_server(rules={"banned_words": {"words": words}})

    assert json.loads(answer.body)["rules"]["banned_words"]["words"] == words


def test_there_is_nothing_to_take_back_before_the_first_change(bot: Program) -> None:
    answer = bot.back()

    assert (answer.status_code, "never changed" in answer.get_json()["detail"]) == (409, True)


def test_only_an_admin_of_the_site_gets_in(
    bot: Program, app: Flask, database: Database, clock: FakeClock
) -> None:
    mia = signed_in(app, Moderators(database, clock), "Mia")
    Roles(database, clock).set_role("Mia", Role.MODERATOR)

    assert Program(app, mia).get().status_code == 403
    assert bot.get("/v1/moderation/sites/other/policy").status_code == 404
    assert app.test_client().put(URL, json={"rules": {}}).status_code == 401
