"""A form that was refused comes back with what the reader wrote, to a page of the site alone."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from moderation.comments import Comment
from moderation.sites import Site
from moderation.storage.comments.sites import Sites
from tests.support.html_outline import HtmlElement, outline
from tests.support.web_app import ORIGIN, MakeApp

Say = Callable[..., Comment]

OWN = "http://127.0.0.1:8000"  # of the Parley under test
TYPED = '</textarea><script>alert(1)</script> & "more"'
USUAL = {"site": "demo", "page": "/a", "name": "Ada", "text": TYPED}


def sent(client: FlaskClient, origin: str = ORIGIN, query: str = "", **fields: str) -> TestResponse:
    headers = {"Origin": origin, "Accept": "text/html,*/*;q=0.8", "Accept-Language": "en"}
    return client.post(f"/v1/comments{query}", data={**USUAL, **fields}, headers=headers)


def form_of(answer: TestResponse) -> HtmlElement:
    return outline(answer.text).one("form")


def test_what_was_typed_is_there_again_beside_what_is_wrong(
    client: FlaskClient, site: Site
) -> None:
    answer = sent(client, name="A" * 81, url="https://paper.example/a", query="?lang=de")
    form = form_of(answer)

    assert answer.status_code == 422
    assert form.one("textarea").text == "\n" + TYPED
    name = form.one("input", name="name").attributes
    assert (name["value"], name["aria-invalid"]) == ("A" * 81, "true")
    wrong = form.one("p", id=name["aria-describedby"])
    assert wrong.text == "Das sind 81 Zeichen, erlaubt sind höchstens 80."
    hidden = {one.attributes["name"]: one.attributes["value"] for one in form.all("input")}
    assert (
        hidden.items()
        >= {
            "site": "demo",
            "page": "/a",
            "url": "https://paper.example/a",
        }.items()
    )
    assert form.attributes["action"] == "/v1/comments?lang=de"


def test_it_may_load_nothing_and_nobody_keeps_it(client: FlaskClient, site: Site) -> None:
    answer = sent(client, text=" ")

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src")
    assert outline(answer.text).all("script") == []


def test_the_second_try_from_our_own_page_is_taken_and_leads_to_the_authors_page(
    client: FlaskClient, site: Site
) -> None:
    taken = sent(client, OWN, "?lang=de")

    own = client.get(taken.headers["Location"])
    assert (taken.status_code, own.status_code) == (303, 200)
    assert "Nur Sie haben die Adresse dieser Seite." in own.text
    assert outline(own.text).one("html").attributes["lang"] == "de"


def test_who_wrote_too_much_keeps_the_text_too(make_app: MakeApp, site: Site) -> None:
    client = make_app(submit_limit="1 per hour").test_client()
    sent(client, text="first")
    answer = sent(client)

    assert (answer.status_code, answer.headers["Retry-After"] != "") == (429, True)
    assert TYPED in form_of(answer).one("textarea").text
    assert "Too many comments" in outline(answer.text).one("p", role="alert").text


def test_a_comment_without_its_parent_can_be_sent_for_itself(client: FlaskClient, say: Say) -> None:
    answer = sent(client, parent="none")

    assert answer.status_code == 422
    assert form_of(answer).all("input", name="parent") == []
    assert outline(answer.text).one("p", role="alert").text


@pytest.mark.parametrize("origin", ["https://other.example", "null", ""])
def test_what_another_website_sent_is_not_repeated(
    client: FlaskClient, site: Site, origin: str
) -> None:
    for fields in ({}, {"text": " ", "name": TYPED}):
        answer = sent(client, origin, **fields)

        assert answer.status_code in (403, 422)
        assert "alert(1)" not in answer.text
        assert outline(answer.text).all("form") == []


def test_a_site_that_cannot_be_has_no_form(client: FlaskClient, site: Site) -> None:
    answer = sent(client, site="demo\0")

    assert (answer.status_code, outline(answer.text).all("form")) == (422, [])


def test_a_site_without_origins_takes_nothing_from_our_own_pages(
    client: FlaskClient, sites: Sites
) -> None:
    sites.add(Site(0, "servers", "Servers", ()))

    assert sent(client, OWN, site="servers").status_code == 403


def test_a_program_hears_the_same_as_ever(client: FlaskClient, site: Site) -> None:
    answer = client.post("/v1/comments", data={**USUAL, "text": ""}, headers={"Origin": ORIGIN})

    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["field"] == "text"
