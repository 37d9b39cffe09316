"""Choosing a digest, and stopping it without signing in."""

from email.headerregistry import Address

import pytest
from flask import Flask
from flask.testing import FlaskClient

from moderation.accounts.moderators import Role
from moderation.config.mail_server import MailServer
from moderation.notifications.digests import Digest, DigestFrequency, stop_token
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.database.engine import Database
from moderation.storage.notifications.digest_preferences import DigestPreferences
from moderation.storage.notifications.due_digests import DueDigests
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
    assert all("Saved, from the next hour or day on." in answer for answer in answers)
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
    wrong = [
        right[:-1],
        stop_token(SECRET, 1, "other@example.org"),
        stop_token(SECRET, 2, TO).replace("2-", "1-"),
        stop_token(b"another secret of nobody's, too long", 1, TO),
        "1-",
        "1-é",
        "-1-" + right[2:],
        "no-such",
        "٣-" + right[2:],
        "9" * 40 + "-a",
    ]

    codes = {client.post(f"/moderate/digest/stop/{token}").status_code for token in wrong}

    assert codes == {404}
    assert digests.get(1)


def test_a_link_of_an_earlier_address_stops_nothing(
    anna: Browser, client: FlaskClient, digests: DigestPreferences
) -> None:
    choose(anna, "hourly")
    earlier = stop_token(SECRET, 1, TO)
    choose(anna, "hourly", "new@example.org")

    assert client.post(f"/moderate/digest/stop/{earlier}").status_code == 404
    assert digests.get(1)


def test_a_problem_is_shown(anna: Browser, database: Database, clock: FakeClock) -> None:
    choose(anna, "hourly")
    clock.advance(3600)
    digests = DueDigests(database, clock)
    [claimed] = digests.claim()
    digests.note_refused(claimed, "the mail server refused it with code 550")

    page = anna.page(ACCOUNT)

    assert "The last digest could not be sent: the mail server refused it with code 550." in page
