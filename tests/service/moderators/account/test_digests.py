"""Choosing a digest, and stopping it without signing in."""

from email.headerregistry import Address

import pytest
from flask import Flask
from flask.testing import FlaskClient

from moderation.accounts.moderators import Role
from moderation.config.mail_server import MailServer
from moderation.notifications.digest_confirmation import confirm_token
from moderation.notifications.digests import Digest, DigestFrequency, stop_token
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.database.engine import Database
from moderation.storage.notifications.digest_preferences import DigestPreferences
from moderation.storage.notifications.due_digests import DueDigests
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import FakeClock
from tests.support.moderator_browser import Browser, signed_in
from tests.support.web_app import SECRET, MakeApp

SERVER = MailServer("smtp", "localhost", 25, Address("", "parley", "example.org"))
ACCOUNT = "/moderate/account"
TO = "anna@example.org"


@pytest.fixture
def app(make_app: MakeApp, site: Site) -> Flask:
    return make_app(mail=SERVER)


@pytest.fixture
def digests(database: Database, clock: FakeClock) -> DigestPreferences:
    return DigestPreferences(database, clock)


def choose(browser: Browser, every: str, address: str = TO) -> str:
    answer = browser.send("/moderate/digest", every=every, address=address)
    return browser.page(answer.location) if answer.status_code == 303 else answer.text


def test_a_moderator_chooses_and_chooses_again(anna: Browser, digests: DigestPreferences) -> None:
    answers = [choose(anna, "hourly")]
    hourly = digests.get(1)
    answers.append(choose(anna, "daily", "other@example.org"))
    daily = digests.get(1)
    choose(anna, "off")

    assert (hourly, daily, digests.get(1)) == (
        Digest(DigestFrequency.HOURLY, TO, None),
        Digest(DigestFrequency.DAILY, "other@example.org", None),
        None,
    )
    assert all("Saved. A new address first gets a mail" in answer for answer in answers)
    assert '<option value="hourly" selected>' in answers[0]
    assert 'value="other@example.org"' in answers[1]


@pytest.mark.parametrize(
    ("every", "address", "sentence"),
    [
        ("weekly", TO, "Every must be one of off, hourly, daily"),
        ("", TO, "Every must be one of off, hourly, daily"),
        ("daily", "", "An e-mail address is name@host"),
        ("daily", "anna@example.org\r\nBcc: all@example.org", "An e-mail address is name@host"),
        ("daily", "<script>@example.org", "An e-mail address is name@host"),
        ("daily", "a\0b@example.org", "An e-mail address is name@host"),
    ],
)
def test_what_cannot_be_chosen_is_said(
    anna: Browser, digests: DigestPreferences, every: str, address: str, sentence: str
) -> None:
    assert sentence in choose(anna, every, address)
    assert digests.get(1) is None


def test_the_address_of_the_provider_is_proposed(app: Flask, moderators: Moderators) -> None:
    moderators.add("First")
    moderators.add("Bea", Role.VIEWER, email="bea@example.org")
    browser = Browser(app.test_client())
    browser.client.post(f"/moderate/link/{moderators.new_link('Bea')}")

    assert 'value="bea@example.org"' in browser.page(ACCOUNT)


def test_without_a_mail_server_there_is_nothing_to_choose(
    make_app: MakeApp, moderators: Moderators, site: Site
) -> None:
    browser = signed_in(make_app(), moderators, "Anna")

    page = browser.page(ACCOUNT)

    assert "the operator has not set a mail server" in page
    assert 'name="every"' not in page


def test_a_mail_program_stops_it_with_one_click(
    anna: Browser, client: FlaskClient, digests: DigestPreferences
) -> None:
    choose(anna, "hourly")
    path = f"/moderate/digest/stop/{stop_token(SECRET, 1, TO)}"

    looked = client.get(path, headers={"Accept": "text/html"})
    still = digests.get(1)
    stopped = client.post(path, data={"List-Unsubscribe": "One-Click"})

    assert (looked.status_code, stopped.status_code) == (200, 200)
    assert "Stop the digest?" in looked.text
    assert still
    assert digests.get(1) is None
    assert client.post(path).status_code == 200


def test_no_other_address_stops_it(
    anna: Browser, client: FlaskClient, digests: DigestPreferences
) -> None:
    choose(anna, "hourly")
    right = stop_token(SECRET, 1, TO)
    cut = [right[:-1], "1-", "1-é", "-1-" + right[2:], "no-such", "٣-" + right[2:], "9" * 40 + "-a"]
    wrong = [
        stop_token(SECRET, 1, "other@example.org"),
        stop_token(SECRET, 2, TO).replace("2-", "1-"),
        stop_token(b"another secret of nobody's, too long", 1, TO),
        confirm_token(SECRET, 1, TO),
    ]

    codes = {client.post(f"/moderate/digest/stop/{token}").status_code for token in cut}
    answers = {client.post(f"/moderate/digest/stop/{token}").status_code for token in wrong}

    assert (codes, answers) == ({404}, {200})
    assert digests.get(1)


def test_links_that_are_guessed_tell_nothing_of_who_has_a_digest(
    anna: Browser, client: FlaskClient
) -> None:
    choose(anna, "hourly")

    for what in ("stop", "confirm"):
        for method in ("GET", "POST"):
            answers = [
                client.open(f"/moderate/digest/{what}/{number}-{'0' * 64}", method=method)
                for number in (1, 2, 999)
            ]

            assert len({(answer.status_code, answer.data) for answer in answers}) == 1


def test_an_address_is_confirmed_by_its_own_link_alone(
    anna: Browser, client: FlaskClient, digests: DigestPreferences, database: Database
) -> None:
    page = choose(anna, "hourly")
    wrong = [
        confirm_token(SECRET, 1, "other@example.org"),
        stop_token(SECRET, 1, TO),
        confirm_token(SECRET, 2, TO).replace("2-", "1-"),
    ]

    refused = {client.post(f"/moderate/digest/confirm/{token}").status_code for token in wrong}
    link = f"/moderate/digest/confirm/{confirm_token(SECRET, 1, TO)}"
    looked_at = client.get(link)
    before = digests.get(1)
    confirmed = client.post(link)

    assert "No digest is sent before somebody opens the link" in page
    assert refused == {404}
    assert "Confirm this address?" in looked_at.text
    assert before == Digest(DigestFrequency.HOURLY, TO, None)
    assert "This address is confirmed." in confirmed.text
    assert digests.get(1) == Digest(DigestFrequency.HOURLY, TO, None, is_confirmed=True)
    newest = AuditLog(database).newest(1)[0]
    assert (newest.action, newest.subject) == ("digest_changed", "moderator Anna")


def test_another_address_is_confirmed_anew_and_the_same_is_not(
    anna: Browser, digests: DigestPreferences
) -> None:
    choose(anna, "hourly")
    digests.confirm(1, TO)
    choose(anna, "daily")
    same = digests.get(1)
    choose(anna, "daily", "new@example.org")

    assert same == Digest(DigestFrequency.DAILY, TO, None, is_confirmed=True)
    assert digests.get(1) == Digest(DigestFrequency.DAILY, "new@example.org", None)


def test_nobody_mails_strangers_by_choosing_again_and_again(anna: Browser) -> None:
    answers = [
        anna.send("/moderate/digest", every="daily", address=f"a{number}@example.org").status_code
        for number in range(11)
    ]

    assert answers == [303] * 10 + [429]


def test_a_problem_is_shown(anna: Browser, database: Database, clock: FakeClock) -> None:
    choose(anna, "hourly")
    DigestPreferences(database, clock).confirm(1, TO)
    clock.advance(3600)
    digests = DueDigests(database, clock)
    [claimed] = digests.claim()
    digests.note_refused(claimed, "the mail server refused it with code 550")

    page = anna.page(ACCOUNT)

    assert "The last digest could not be sent: the mail server refused it with code 550." in page
