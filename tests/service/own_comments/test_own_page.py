"""The author's page shows a comment and erases it, to nobody without its secret address."""

from html import escape
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from tests.support.web_app import ORIGIN

TEXT = "<script>alert(1)</script> & more"


@pytest.fixture
def address(client: FlaskClient, site: Site) -> str:
    sent = {"site": site.name, "page": "/a", "name": "Ada", "text": TEXT}
    taken = client.post("/v1/comments", json=sent, headers={"Origin": ORIGIN}).get_json()
    return str(urlsplit(taken["author_url"]).path)


def test_the_address_of_a_submission_shows_it_and_keeps_itself_secret(
    client: FlaskClient, address: str
) -> None:
    page = client.get(address)

    assert page.status_code == 200
    assert escape(TEXT) in page.text
    assert TEXT not in page.text
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == (
        "no-referrer",
        "no-store",
    )


def test_its_button_erases_the_comment(
    client: FlaskClient, address: str, comments: Comments
) -> None:
    erased, again = client.post(address), client.get(address)

    assert "It is erased" in erased.text
    assert "It is erased" in again.text
    assert "<button>" not in again.text
    assert comments.get(address.split("/")[2]).text == ""


def test_another_address_shows_and_erases_nothing(
    client: FlaskClient, address: str, comments: Comments
) -> None:
    wrong = address[:-1] + ("0" if address[-1] != "0" else "1")

    answers = [client.get(wrong), client.post(wrong), client.get("/own/x/y")]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert comments.get(address.split("/")[2]).text == TEXT
