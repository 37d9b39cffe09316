"""The second factor: set with the password, asked for after it, each code once."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyotp import TOTP
from sqlalchemy import select
from werkzeug.test import TestResponse

from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.sessions import HALF_LIFE
from moderation.storage.database.engine import Database
from moderation.storage.schema.accounts import moderators as table
from moderation.storage.schema.accounts import recovery_codes
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import FakeClock
from tests.support.moderator_browser import PASSWORD, Browser

_LETTERS = re.compile(r'<code class="monospace">([A-Z2-7]{32})</code>')
_CODES = re.compile(r"<li><code>([A-Z2-7-]{19})</code></li>")
_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]{64})"')


def secret_in(answer: TestResponse) -> str:
    secret = _LETTERS.search(answer.text)
    assert secret, answer.text
    return secret[1]


class Authenticator:
    """What a moderator's telephone does."""

    def __init__(self, secret: str, clock: FakeClock) -> None:
        self.totp = TOTP(secret)
        self._clock = clock

    def code(self) -> str:
        return self.totp.at(self._clock.now)


class Anna:
    """Anna, with a password and an authenticator; and the codes she keeps in a drawer."""

    def __init__(self, browser: Browser, clock: FakeClock) -> None:
        browser.send("/moderate/password", new=PASSWORD)
        begun = browser.send("/moderate/second-factor", current=PASSWORD)
        self.browser = browser
        self.telephone = Authenticator(secret_in(begun), clock)
        shown = browser.send("/moderate/second-factor/prove", code=self.telephone.code())
        self.drawer = _CODES.findall(shown.text)


@pytest.fixture
def proven(anna: Browser, clock: FakeClock) -> Anna:
    return Anna(anna, clock)


def by_password(client: FlaskClient, address: str = "10.0.0.7") -> TestResponse:
    return client.post(
        "/moderate/sign-in",
        data={"name": "Anna", "password": PASSWORD},
        environ_base={"REMOTE_ADDR": address},
    )


def send_code(client: FlaskClient, code: str) -> TestResponse:
    token = _TOKEN.search(client.get("/moderate/sign-in/code").text)
    assert token
    data = {"form_token": token[1], "code": code}
    return client.post("/moderate/sign-in/code", data=data, headers={"Accept": "text/html"})


def test_it_is_set_with_the_password_and_a_code(
    proven: Anna, moderators: Moderators, database: Database
) -> None:
    assert moderators.get("Anna").has_second_factor
    assert len(proven.drawer) == 10
    assert "On. 10 recovery codes left" in proven.browser.page("/moderate/account")
    assert AuditLog(database).newest(1)[0].action == "second_factor_set"


def test_it_is_asked_for_after_the_password(
    proven: Anna, client: FlaskClient, clock: FakeClock
) -> None:
    half = by_password(client)
    looked_at = [
        client.get(path) for path in ("/moderate", "/moderate/account", "/moderate/people")
    ]
    clock.advance(30)
    whole = send_code(client, proven.telephone.code())

    assert half.location == "/moderate/sign-in/code"
    assert {answer.location for answer in looked_at} == {"/moderate/sign-in/code"}
    assert whole.location == "/moderate/people"  # the page that was asked for last
    assert client.get("/moderate").status_code == 200


def test_half_a_session_changes_nothing(proven: Anna, client: FlaskClient) -> None:
    by_password(client)
    token = _TOKEN.search(client.get("/moderate/sign-in/code").text)
    assert token

    for path in ("/moderate/password", "/moderate/second-factor/remove", "/moderate/people/reset"):
        data = {"form_token": token[1], "current": PASSWORD, "new": "x" * 12, "name": "Anna"}
        assert client.post(path, data=data).json["type"] == "urn:parley:code-needed"  # type: ignore[index]  # it is JSON


def test_half_a_session_ends_soon(proven: Anna, client: FlaskClient, clock: FakeClock) -> None:
    by_password(client)

    clock.advance(HALF_LIFE.total_seconds())

    assert client.get("/moderate").location == "/moderate/sign-in"
    assert send_code(client, proven.telephone.code()).status_code == 403


def test_a_code_is_taken_once(proven: Anna, app: Flask, clock: FakeClock) -> None:
    clock.advance(30)
    first, second = app.test_client(), app.test_client()
    by_password(first)
    by_password(second)

    taken = send_code(first, proven.telephone.code())
    again = send_code(second, proven.telephone.code())

    assert (taken.status_code, again.status_code) == (303, 403)
    assert "This code is wrong, too old, or was used already" in again.text
    assert 'name="code"' in again.text
    assert second.get("/moderate").location == "/moderate/sign-in/code"


def test_the_code_that_set_it_signs_nobody_in(proven: Anna, client: FlaskClient) -> None:
    by_password(client)

    assert send_code(client, proven.telephone.code()).status_code == 403


def test_a_recovery_code_is_taken_once(proven: Anna, app: Flask) -> None:
    answers = []
    for _ in range(2):
        client = app.test_client()
        by_password(client)
        answers.append(send_code(client, proven.drawer[3].lower().replace("-", " ")))

    assert [answer.status_code for answer in answers] == [303, 403]
    assert "9 recovery codes left" in proven.browser.page("/moderate/account")


def test_codes_cannot_be_guessed_at_length(proven: Anna, client: FlaskClient) -> None:
    by_password(client)

    answers = [send_code(client, f"{number:06}") for number in range(6)]

    assert {answer.status_code for answer in answers[:5]} == {403}
    assert answers[5].status_code == 429


def test_right_codes_are_not_counted(proven: Anna, client: FlaskClient, clock: FakeClock) -> None:
    for _ in range(12):
        clock.advance(30)
        by_password(client)
        answer = send_code(client, proven.telephone.code())

        assert answer.status_code == 303


def test_who_knows_the_password_locks_neither_the_owner_nor_a_recovery_code_out(
    proven: Anna, app: Flask, client: FlaskClient, clock: FakeClock
) -> None:
    by_password(client)
    for number in range(7):
        send_code(client, f"{number:06}")
    proven.browser.send("/moderate/sign-out")
    clock.advance(30)

    by_password(proven.browser.client)
    by_authenticator = send_code(proven.browser.client, proven.telephone.code())
    elsewhere = app.test_client()
    by_password(elsewhere)

    assert by_authenticator.status_code == 303
    assert send_code(elsewhere, proven.drawer[0]).status_code == 303


def test_a_link_stands_for_the_password_only(
    proven: Anna, client: FlaskClient, moderators: Moderators, clock: FakeClock
) -> None:
    half = client.post(f"/moderate/link/{moderators.new_link('Anna')}")
    clock.advance(30)

    assert half.location == "/moderate/sign-in/code"
    assert client.get("/moderate").location == "/moderate/sign-in/code"
    assert send_code(client, proven.telephone.code()).location == "/moderate"


def test_a_reset_takes_the_second_factor_away_too(
    proven: Anna, client: FlaskClient, moderators: Moderators
) -> None:
    link = moderators.reset("Anna")

    assert not moderators.get("Anna").has_second_factor
    assert client.post(f"/moderate/link/{link}").location == "/moderate"


@pytest.mark.parametrize("path", ["", "/remove"])
def test_nothing_is_set_or_removed_without_the_password(proven: Anna, path: str) -> None:
    refused = proven.browser.send(f"/moderate/second-factor{path}", current="four other words")

    assert refused.status_code == 403
    assert "This is not your password; nothing was changed." in refused.text
    assert "On. 10 recovery codes left" in proven.browser.page("/moderate/account")


def test_it_is_removed_with_the_password(proven: Anna, client: FlaskClient) -> None:
    removed = proven.browser.send("/moderate/second-factor/remove", current=PASSWORD)

    assert removed.location == "/moderate/account?done=removed"
    assert by_password(client).location == "/moderate"


def test_it_is_not_replaced_while_it_is_set(proven: Anna, moderators: Moderators) -> None:
    refused = proven.browser.send("/moderate/second-factor", current=PASSWORD)

    assert refused.status_code == 403
    assert "remove it first" in refused.text


def test_a_wrong_code_at_setting_it_shows_the_picture_again(anna: Browser) -> None:
    anna.send("/moderate/password", new=PASSWORD)
    begun = anna.send("/moderate/second-factor", current=PASSWORD)

    again = anna.send("/moderate/second-factor/prove", code="000000")

    assert again.status_code == 422
    assert secret_in(again) == secret_in(begun)
    assert "<svg" in again.text
    assert "Off: your password alone signs you in." in anna.page("/moderate/account")


def test_who_has_no_password_sets_one_first(anna: Browser) -> None:
    refused = anna.send("/moderate/second-factor", current="")

    assert refused.status_code == 422
    assert "Set a password first" in refused.text


def test_neither_secret_nor_codes_are_kept_as_they_are(proven: Anna, database: Database) -> None:
    with database.read() as connection:
        kept = repr(
            [*connection.execute(select(table)), *connection.execute(select(recovery_codes))]
        )

    assert not any(code in kept for code in proven.drawer)
    assert proven.telephone.totp.secret not in kept
    assert proven.telephone.totp.byte_secret().hex() not in kept
