"""Signing in, and everything that ends a session."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from moderation.storage.accounts.acting_moderator import LIFE
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.sign_in_links import LINK_LIFE
from moderation.storage.database.engine import Database
from moderation.storage.schema.accounts import sessions
from tests.support.clock import FakeClock
from tests.support.moderator_browser import PASSWORD, Browser, signed_in
from tests.support.web_app import MakeApp

HTML = {"Accept": "text/html"}


@pytest.mark.parametrize("path", ["/moderate", "/moderate/", "/moderate/password"])
def test_who_is_signed_out_is_asked_to_sign_in(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.location) == (303, "/moderate/sign-in")


def test_looking_at_a_link_does_not_use_it(client: FlaskClient, moderators: Moderators) -> None:
    moderators.add("Anna <b>")
    link = f"/moderate/link/{moderators.new_link('Anna <b>')}"

    pages = [client.get(link), client.get(link), client.head(link)]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert "Sign in as Anna &lt;b&gt;" in pages[0].text
    assert "Set-Cookie" not in pages[0].headers
    assert client.post(link).status_code == 303


def test_a_link_opens_the_queue_once(client: FlaskClient, moderators: Moderators) -> None:
    moderators.add("Anna")
    link = f"/moderate/link/{moderators.new_link('Anna')}"

    first, again, looked_at = client.post(link), client.post(link, headers=HTML), client.get(link)

    assert (first.status_code, first.location) == (303, "/moderate")
    assert (again.status_code, looked_at.status_code) == (410, 410)
    assert "<code>parley moderator reset</code> with your name" in again.text


def test_a_link_ends_after_a_day(
    client: FlaskClient, moderators: Moderators, clock: FakeClock
) -> None:
    moderators.add("Anna")
    link = f"/moderate/link/{moderators.new_link('Anna')}"

    clock.advance(LINK_LIFE.total_seconds())

    assert client.post(link).status_code == 410


@pytest.mark.parametrize(
    ("public_url", "name", "path"),
    [
        ("https://comments.example", "__Host-parley_moderator", "/"),
        ("https://comments.example:8443/", "__Host-parley_moderator_8443", "/"),
        ("https://comments.example/parley", "parley_moderator", "/parley/moderate"),
        ("http://127.0.0.1:8001", "parley_moderator_8001", "/moderate"),
    ],
)
def test_the_cookie_is_for_this_server_and_no_script(
    make_app: MakeApp, moderators: Moderators, public_url: str, name: str, path: str
) -> None:
    moderators.add("Anna")
    link = f"/moderate/link/{moderators.new_link('Anna')}"

    answer = make_app(public_url=public_url).test_client().post(link)

    cookies = [cookie for cookie in answer.headers.getlist("Set-Cookie") if name in cookie]
    assert cookies[0].startswith(f"{name}=")
    assert f"; Path={path};" in f"{cookies[0]};"
    for part in ("HttpOnly", "SameSite=Lax", "Max-Age=43200"):
        assert f"; {part}" in cookies[0]
    assert ("; Secure" in cookies[0]) is public_url.startswith("https")


def test_two_parleys_on_one_host_do_not_sign_each_other_out(
    anna: Browser, make_app: MakeApp, moderators: Moderators
) -> None:
    cookie = anna.client.get_cookie("parley_moderator_8000", path="/moderate")
    assert cookie
    other = make_app(public_url="http://127.0.0.1:8001").test_client()
    other.set_cookie(cookie.key, cookie.value, path="/moderate")

    other.post(f"/moderate/link/{moderators.new_link('Anna')}")

    kept = other.get_cookie(cookie.key, path="/moderate")
    assert kept is not None
    assert kept.value == cookie.value
    assert other.get_cookie("parley_moderator_8001", path="/moderate") is not None


@pytest.mark.parametrize("foreign", ["", "x" * 43, "%00", "é"])
def test_a_cookie_of_the_same_name_from_elsewhere_signs_nobody_out(
    anna: Browser, app: Flask, foreign: str
) -> None:
    client = app.test_client(use_cookies=False)
    cookie = anna.client.get_cookie("parley_moderator_8000", path="/moderate")
    assert cookie
    for values in ((foreign, cookie.value), (cookie.value, foreign)):
        header = "; ".join(f"{cookie.key}={value}" for value in values)

        assert client.get("/moderate", headers={"Cookie": header}).status_code == 200


@pytest.mark.parametrize("name", ["anna", "ＡＮＮＡ", " ANNA "])
def test_a_name_is_the_same_however_it_is_typed(
    anna: Browser, client: FlaskClient, name: str
) -> None:
    anna.send("/moderate/password", new=PASSWORD)

    answer = client.post("/moderate/sign-in", data={"name": name, "password": PASSWORD})

    assert answer.status_code == 303


def test_right_passwords_lock_nobody_out(anna: Browser, client: FlaskClient) -> None:
    anna.send("/moderate/password", new=PASSWORD)
    form = {"name": "Anna", "password": PASSWORD}

    answers = [client.post("/moderate/sign-in", data=form).status_code for _ in range(12)]

    assert set(answers) == {303}


def test_a_device_of_one_name_is_no_device_of_another(
    app: Flask, moderators: Moderators, anna: Browser
) -> None:
    """Neither by a colon in the name, which once parted mark and name."""
    mallory = signed_in(app, moderators, "x:Anna")
    cookie = mallory.client.get_cookie("parley_device_8000", path="/moderate")
    assert cookie
    mark, _, proof = cookie.value.partition(".")
    for number in range(11):
        attempt(app.test_client(), name="Anna", address=f"10.0.0.{number}")

    mallory.client.set_cookie("parley_device_8000", f"{mark}:x.{proof}", path="/moderate")

    assert attempt(mallory.client, name="Anna", address="10.0.0.99").status_code == 429


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://127.0.0.1:8000", 303),
        ("http://localhost:8000", 303),
        ("http://localhost:8001", 403),
        ("http://evil.example", 403),
        ("http://evil.example:8000", 403),
        ("null", 403),
        ("http://[", 403),
        ("http://127.0.0.1:99999", 403),
    ],
)
def test_the_host_header_makes_no_origin_ours(
    client: FlaskClient, moderators: Moderators, origin: str, status: int
) -> None:
    moderators.add("Anna")
    host = origin.partition("//")[2]
    headers = {"Origin": origin, "Host": host if host.isprintable() and host != "[" else "x"}

    answer = client.post(f"/moderate/link/{moderators.new_link('Anna')}", headers=headers)

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("public_url", "secure"),
    [
        ("http://127.0.0.1:8000", False),
        ("http://localhost:8000", False),
        ("http://[::1]:8000", False),
        ("http://127.0.0.2:8000", False),
        ("http://parley.localhost:8000", False),
        ("http://10.0.0.1:8000", True),
        ("http://localhost.example", True),
        ("https://localhost", True),
    ],
)
def test_the_cookie_is_secure_unless_it_stays_on_this_machine(
    make_app: MakeApp, moderators: Moderators, public_url: str, secure: bool
) -> None:
    moderators.add("Anna")
    link = f"/moderate/link/{moderators.new_link('Anna')}"

    answer = make_app(public_url=public_url).test_client().post(link)

    assert ("; Secure" in answer.headers["Set-Cookie"]) is secure


def test_plain_http_from_elsewhere_is_told_instead_of_tried(
    make_app: MakeApp, moderators: Moderators
) -> None:
    moderators.add("Anna")
    client = make_app(public_url="http://10.0.0.1:8000").test_client()

    pages = [
        client.get("/moderate/sign-in"),
        client.get(f"/moderate/link/{moderators.new_link('Anna')}"),
    ]

    for page in pages:
        assert "PARLEY_PUBLIC_URL" in page.text
        assert "<button" not in page.text


def test_a_password_opens_the_queue(anna: Browser, client: FlaskClient) -> None:
    anna.send("/moderate/password", new=PASSWORD)

    answer = client.post("/moderate/sign-in", data={"name": " Anna ", "password": PASSWORD})

    assert (answer.status_code, answer.location) == (303, "/moderate")
    assert "Set a password" not in client.get("/moderate").text


def test_a_wrong_password_and_a_wrong_name_are_answered_alike(
    anna: Browser, bea: Browser, client: FlaskClient
) -> None:
    anna.send("/moderate/password", new=PASSWORD)
    tries = [
        ("Anna", "four other words"),
        ("Nobody", PASSWORD),
        ("Bea", ""),
        ("nul\0", "x"),
        ("", ""),
    ]

    answers = [
        client.post("/moderate/sign-in", data={"name": name, "password": word}, headers=HTML)
        for name, word in tries
    ]

    assert {(answer.status_code, answer.text) for answer in answers} == {
        (403, answers[0].text),
    }
    assert "This name and this password do not belong together." in answers[0].text
    assert 'name="password"' in answers[0].text
    assert not any("Set-Cookie" in answer.headers for answer in answers)


def test_ten_tries_from_an_address_are_enough(client: FlaskClient) -> None:
    answers = [attempt(client, name=f"Name {number}") for number in range(11)]

    assert [answer.status_code for answer in answers] == [403] * 10 + [429]
    assert 0 < int(answers[10].headers["Retry-After"]) <= 900
    assert "try again in" in answers[10].text


def test_ten_tries_at_a_name_are_enough_wherever_they_come_from(client: FlaskClient) -> None:
    answers = [
        attempt(client, name="Anna" + " " * number, address=f"10.0.0.{number}")
        for number in range(11)
    ]

    assert [answer.status_code for answer in answers] == [403] * 10 + [429]
    assert attempt(client, name="Bea", address="10.0.0.99").status_code == 403


def test_a_stranger_who_fails_on_purpose_does_not_lock_out_a_known_browser(
    anna: Browser, client: FlaskClient
) -> None:
    anna.send("/moderate/password", new=PASSWORD)
    anna.send("/moderate/sign-out")
    for number in range(11):
        attempt(client, name="Anna", address=f"10.0.0.{number}")
        attempt(client, name=f"Name {number}", address="127.0.0.1")

    form = {"name": "Anna", "password": PASSWORD}
    strangers = attempt(client, name="Anna", address="10.0.0.99").status_code
    annas = anna.client.post("/moderate/sign-in", data=form)

    assert (strangers, annas.location) == (429, "/moderate")


def test_a_known_browser_has_ten_tries_and_is_known_for_one_name_only(
    anna: Browser, client: FlaskClient
) -> None:
    anna.send("/moderate/sign-out")
    for number in range(10):
        attempt(client, name="Bea", address=f"10.0.0.{number}")

    of_bea = attempt(anna.client, name="Bea", address="10.0.0.99").status_code
    of_anna = [attempt(anna.client, name="Anna").status_code for _ in range(11)]

    assert of_bea == 429
    assert of_anna == [403] * 10 + [429]


@pytest.mark.parametrize("cookie", ["", ".", "a.b", "é.é", "0" * 24 + "." + "0" * 64])
def test_a_made_up_device_is_not_known(client: FlaskClient, cookie: str) -> None:
    client.set_cookie("parley_device_8000", cookie, path="/moderate")

    answers = [attempt(client, name=f"Name {number}") for number in range(11)]

    assert answers[10].status_code == 429


def test_sessions_are_listed_and_closed_from_another(
    anna: Browser, app: Flask, moderators: Moderators
) -> None:
    telephone = Browser(app.test_client())
    agent = {"User-Agent": "A telephone <b>"}
    telephone.client.post(f"/moderate/link/{moderators.new_link('Anna')}", headers=agent)
    page = anna.page("/moderate/account")

    close = re.findall(r'action="(/moderate/account/sessions/\w+/close)"', page)
    closed = anna.send(close[0])

    assert "A telephone &lt;b&gt;" in page
    assert page.count(">this session<") == 1
    assert (len(close), closed.location) == (1, "/moderate/account?done=closed")
    assert telephone.get().location == "/moderate/sign-in"
    assert anna.get().status_code == 200


def test_nobody_closes_anothers_session(anna: Browser, bea: Browser, database: Database) -> None:
    with database.read() as connection:
        hashes = connection.execute(select(sessions.c.token_hash)).scalars().all()

    for handle in [*(token_hash[:16] for token_hash in hashes), "%", "_", ""]:
        bea.client.post(
            f"/moderate/account/sessions/{handle}/close", data={"form_token": bea.token()}
        )
        if bea.get().status_code != 200:
            break

    assert anna.get().status_code == 200


def test_a_session_ends_after_twelve_hours(anna: Browser, clock: FakeClock) -> None:
    clock.advance(LIFE.total_seconds())

    assert anna.get().location == "/moderate/sign-in"


def test_signing_in_again_gives_another_session_and_ends_the_first(
    anna: Browser, moderators: Moderators
) -> None:
    first = anna.client.get_cookie("parley_moderator_8000", path="/moderate")
    anna.client.post(f"/moderate/link/{moderators.new_link('Anna')}")
    second = anna.client.get_cookie("parley_moderator_8000", path="/moderate")

    assert first
    assert second
    assert first.value != second.value
    assert anna.get().status_code == 200
    anna.client.set_cookie("parley_moderator_8000", first.value, path="/moderate")
    assert anna.get().location == "/moderate/sign-in"


def test_signing_out_ends_the_session_and_forgets_the_cookie(anna: Browser) -> None:
    cookie = anna.client.get_cookie("parley_moderator_8000", path="/moderate")

    answer = anna.send("/moderate/sign-out")

    assert (answer.status_code, answer.location) == (303, "/moderate/sign-in")
    assert anna.client.get_cookie("parley_moderator_8000", path="/moderate") is None
    assert cookie
    anna.client.set_cookie("parley_moderator_8000", cookie.value, path="/moderate")
    assert anna.get().location == "/moderate/sign-in"


def test_a_reset_signs_out_at_once(anna: Browser, moderators: Moderators) -> None:
    moderators.reset("Anna")

    assert anna.get().location == "/moderate/sign-in"


def test_who_has_no_password_is_asked_to_set_one(anna: Browser) -> None:
    assert "You have no password yet" in anna.page()

    answer = anna.send("/moderate/password", new=PASSWORD)

    assert answer.location == "/moderate?done=password"
    assert "You have no password yet" not in anna.page(answer.location)
    assert "Your password is set." in anna.page(answer.location)


def test_a_short_password_is_refused_with_the_form_again(anna: Browser) -> None:
    answer = anna.send("/moderate/password", new="eleven char")

    assert answer.status_code == 422
    assert "A password has at least 12 characters" in answer.text
    assert 'name="new"' in answer.text


def test_a_password_is_changed_only_by_who_knows_it(anna: Browser, client: FlaskClient) -> None:
    anna.send("/moderate/password", new=PASSWORD)

    refused = anna.send("/moderate/password", current="another one, sorry", new="of somebody else")
    changed = anna.send("/moderate/password", current=PASSWORD, new="four new words then")

    assert (refused.status_code, changed.status_code) == (403, 303)
    assert 'name="current"' in refused.text
    data = {"name": "Anna", "password": "four new words then"}
    assert client.post("/moderate/sign-in", data=data).status_code == 303


def attempt(client: FlaskClient, *, name: str, address: str = "10.0.0.1") -> TestResponse:
    return client.post(
        "/moderate/sign-in",
        data={"name": name, "password": "x"},
        headers=HTML,
        environ_base={"REMOTE_ADDR": address},
    )
