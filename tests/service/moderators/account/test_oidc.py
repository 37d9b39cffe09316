"""Sign-in by OpenID Connect, at a real provider over HTTP."""

import os
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from moderation.accounts.moderators import Role
from moderation.config.settings import Provider as Settings
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.roles import Roles
from moderation.storage.database.engine import Database
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import FakeClock
from tests.support.moderator_browser import PASSWORD, Browser
from tests.support.openid_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    Provider,
    asked,
    running_provider,
)
from tests.support.web_app import MakeApp

# Our own server speaks plain HTTP on this machine, which Authlib's refuses otherwise.
HTTP_HERE = {"AUTHLIB_INSECURE_TRANSPORT": "1"}
BACK = "/moderate/sign-in/provider/back"
HTML = {"Accept": "text/html"}
EMAIL = {"email": "Anna@Paper.example", "email_verified": True}


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    os.environ.update(HTTP_HERE)
    with running_provider() as provider:
        yield provider
    del os.environ["AUTHLIB_INSECURE_TRANSPORT"]


@pytest.fixture
def provider(running: Provider) -> Provider:
    running.claims, running.wrong, running.foreign_key = dict(EMAIL), {}, False
    return running


@pytest.fixture
def app(make_app: MakeApp, provider: Provider, site: Site) -> Flask:
    return make_app(provider=Settings(provider.url, CLIENT_ID, CLIENT_SECRET))


@pytest.fixture(autouse=True)
def anna_by_mail(moderators: Moderators) -> None:
    moderators.add("Anna", email="anna@paper.example")


@pytest.mark.parametrize(
    ("public_url", "secure"),
    [
        ("http://127.0.0.2:8000", False),
        ("http://parley.localhost:8000", False),
        ("http://10.0.0.1:8000", True),
        ("https://comments.example", True),
    ],
)
def test_the_providers_cookie_is_secure_unless_it_stays_on_this_machine(
    make_app: MakeApp, provider: Provider, public_url: str, secure: bool
) -> None:
    settings = Settings(provider.url, CLIENT_ID, CLIENT_SECRET)

    app = make_app(provider=settings, public_url=public_url)

    assert app.config["SESSION_COOKIE_SECURE"] is secure


def sign_in(client: FlaskClient, provider: Provider) -> TestResponse:
    """All of the way, as a browser goes it."""
    there = client.get("/moderate/sign-in/provider")
    assert there.status_code == 302, there.text
    return client.get(way_back(provider, there), headers=HTML)


def way_back(provider: Provider, there: TestResponse) -> str:
    return provider.authorize(there.location).removeprefix("http://127.0.0.1:8000")


def test_a_verified_address_opens_the_queue(
    client: FlaskClient, provider: Provider, database: Database
) -> None:
    answer = sign_in(client, provider)

    assert (answer.status_code, answer.location) == (303, "/moderate")
    assert "Anna" in client.get("/moderate").text
    row = AuditLog(database).newest(2)[1]
    assert (row.actor, row.action, row.after) == (
        "moderator Anna",
        "signed_in",
        '{"by":"provider"}',
    )


def test_state_nonce_and_challenge_are_sent_and_the_way_back_is_ours(client: FlaskClient) -> None:
    first, second = (asked(client.get("/moderate/sign-in/provider").location) for _ in range(2))

    assert first["redirect_uri"] == f"http://127.0.0.1:8000{BACK}"
    assert (first["code_challenge_method"], first["scope"]) == ("S256", "openid email")
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 20
        assert first[name] != second[name]


def test_a_moderator_may_be_named_by_their_address(
    client: FlaskClient, provider: Provider, moderators: Moderators
) -> None:
    moderators.add("bea@paper.example")
    provider.claims["email"] = "bea@paper.example"

    assert sign_in(client, provider).location == "/moderate"


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": "eve@paper.example"},
        {"email": ""},
        {"email": "anna@paper.example\0"},
        {"email": None},
    ],
)
def test_who_is_not_known_by_a_verified_address_stays_out(
    client: FlaskClient, provider: Provider, claims: dict[str, object]
) -> None:
    provider.claims |= claims

    answer = sign_in(client, provider)

    assert answer.status_code == 403
    assert "Nobody here is known by a verified e-mail address of yours" in answer.text
    assert client.get("/moderate").location == "/moderate/sign-in"


def test_who_was_deactivated_stays_out(
    client: FlaskClient,
    provider: Provider,
    moderators: Moderators,
    database: Database,
    clock: FakeClock,
) -> None:
    moderators.add("Bea", Role.ADMIN)
    Roles(database, clock).deactivate("Anna")

    assert sign_in(client, provider).status_code == 403


def test_an_answer_to_another_browser_is_refused(app: Flask, provider: Provider) -> None:
    there = app.test_client().get("/moderate/sign-in/provider")
    other = app.test_client()

    answer = other.get(way_back(provider, there), headers=HTML)

    assert answer.status_code == 403
    assert "Your provider did not sign you in" in answer.text
    assert other.get("/moderate").location == "/moderate/sign-in"


def test_an_answer_is_taken_once(client: FlaskClient, provider: Provider) -> None:
    there = client.get("/moderate/sign-in/provider")
    back = way_back(provider, there)

    answers = [client.get(back).status_code for _ in range(2)]

    assert answers == [303, 403]


def test_a_code_of_another_browser_does_not_fit(app: Flask, provider: Provider) -> None:
    annas, eves = app.test_client(), app.test_client()
    stolen = asked(provider.authorize(annas.get("/moderate/sign-in/provider").location))
    own = asked(eves.get("/moderate/sign-in/provider").location)

    answer = eves.get(f"{BACK}?code={stolen['code']}&state={own['state']}")

    assert answer.status_code == 403  # the verifier is another one


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://evil.example"},
        {"aud": ["another"]},
        {"nonce": "another"},
        {"exp": 1},
    ],
)
def test_a_token_that_is_not_for_us_is_refused(
    client: FlaskClient, provider: Provider, wrong: dict[str, object]
) -> None:
    provider.wrong = wrong

    assert sign_in(client, provider).status_code == 403
    assert client.get("/moderate").location == "/moderate/sign-in"


def test_a_token_signed_by_another_key_is_refused(client: FlaskClient, provider: Provider) -> None:
    provider.foreign_key = True

    assert sign_in(client, provider).status_code == 403


@pytest.mark.parametrize(
    "query", ["", "?error=access_denied", "?code=x", "?state=x&code=y", "?code=x&state=%00"]
)
def test_what_is_no_answer_is_refused(client: FlaskClient, query: str) -> None:
    answer = client.get(BACK + query)

    assert answer.status_code in (403, 404)
    assert "Set-Cookie" not in answer.headers or "parley_moderator_8000" not in str(answer.headers)


def test_nobody_is_sent_on_to_another_address(client: FlaskClient, provider: Provider) -> None:
    there = client.get("/moderate/sign-in/provider?next=https://evil.example&redirect_uri=x")
    back = way_back(provider, there)

    answer = client.get(f"{back}&next=https://evil.example")

    assert asked(there.location)["redirect_uri"] == f"http://127.0.0.1:8000{BACK}"
    assert answer.location == "/moderate"


def test_who_has_a_second_factor_is_asked_for_it_here_too(
    client: FlaskClient, provider: Provider, app: Flask, moderators: Moderators
) -> None:
    anna = Browser(app.test_client())
    anna.client.post(f"/moderate/link/{moderators.new_link('Anna')}")
    anna.send("/moderate/password", new=PASSWORD)
    parts = app.extensions["parley"]
    cookie = anna.client.get_cookie("parley_moderator_8000", path="/moderate")
    assert cookie
    salt = parts.second_factors.begin(cookie.value)
    parts.second_factors.confirm(cookie.value, salt, 1, ["A"])

    assert sign_in(client, provider).location == "/moderate/sign-in/code"


def test_a_provider_that_is_away_is_told(make_app: MakeApp, site: Site) -> None:
    client = make_app(provider=Settings("http://127.0.0.1:9", "x", "y")).test_client()

    answer = client.get("/moderate/sign-in/provider", headers=HTML)

    assert answer.status_code == 503
    assert "Your provider does not answer" in answer.text
    assert 'name="password"' in answer.text


def test_without_a_provider_there_is_no_such_way(make_app: MakeApp, site: Site) -> None:
    client = make_app().test_client()

    for path in ("/moderate/sign-in/provider", f"{BACK}?code=x&state=y"):
        assert client.get(path).status_code == 404
    assert "organisation" not in client.get("/moderate/sign-in").text


def test_the_sign_in_page_offers_the_provider(client: FlaskClient) -> None:
    assert (
        'href="http://127.0.0.1:8000/moderate/sign-in/provider"'
        in client.get("/moderate/sign-in").text
    )
