"""Whoever opens a link to a page without a session is there after signing in, by every way."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from moderation.storage.accounts.moderators import Moderators
from service.moderators.request.deep_link import own_address
from tests.support.moderator_browser import PASSWORD, Browser

SEARCH = "/moderate/comments?text=%C3%A9tranger&status=flagged&name=A%26B"
HTML = {"Accept": "text/html"}


@pytest.fixture
def with_password(anna: Browser) -> Browser:
    anna.send("/moderate/password", new=PASSWORD)
    return anna


def by_password(client: FlaskClient) -> str | None:
    form = {"name": "Anna", "password": PASSWORD}
    return client.post("/moderate/sign-in", data=form).location


@pytest.mark.parametrize(
    "address",
    [
        SEARCH,
        "/moderate?after=abc_-1",
        "/moderate/bulk?to=approved&status=flagged&attribute=toxicity",
        "/moderate/pages/2",
        "/moderate/numbers.csv",
    ],
)
def test_a_password_leads_to_the_page_that_was_asked_for(
    with_password: Browser, client: FlaskClient, address: str
) -> None:
    asked = client.get(address, headers=HTML)

    assert asked.location == "/moderate/sign-in"
    assert by_password(client) == address
    assert by_password(client) == "/moderate"


def test_a_link_leads_there_too(client: FlaskClient, moderators: Moderators) -> None:
    moderators.add("Anna")
    client.get(SEARCH, headers=HTML)

    answer = client.post(f"/moderate/link/{moderators.new_link('Anna')}")

    assert answer.location == SEARCH


@pytest.mark.parametrize(
    "headers",
    [{"Accept": "application/json"}, {"Accept": "*/*", "Sec-Fetch-Mode": "cors"}],
)
def test_what_a_script_asks_for_is_no_page_to_come_back_to(
    with_password: Browser, client: FlaskClient, headers: dict[str, str]
) -> None:
    client.get("/moderate/arrivals?since=0", headers=headers)

    assert by_password(client) == "/moderate"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/moderate",
        "//evil.example/moderate",
        "/\\evil.example",
        "/moderate\n/x",
        "/moderated",
        "/",
        "javascript:alert(1)",
        "http://[",
        "",
    ],
)
def test_no_address_but_our_own_is_gone_to(
    app: Flask, with_password: Browser, client: FlaskClient, address: str
) -> None:
    client.set_cookie("parley_wanted_page_8000", address, path="/moderate")

    with app.test_request_context():
        assert own_address(address) is None
    assert by_password(client) == "/moderate"
