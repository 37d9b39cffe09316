"""What is left out of Flask's work changes no answer."""

from collections.abc import Mapping
from io import BytesIO

import pytest
from flask import Flask, Request, Response, url_for
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.urls import iri_to_uri

from moderation.sites import Site
from service.http.application import _PLAIN_ADDRESS, Answer, Application
from tests.support.web_app import ORIGIN

ADDRESSES = st.from_regex(_PLAIN_ADDRESS, fullmatch=True)
PLAIN: Mapping[str, str] = {"Content-Type": "text/plain; charset=utf-8"}


@given(ADDRESSES)
def test_plain_address_is_sent_as_flask_would_send_it(address: str) -> None:
    assert iri_to_uri(address) == address


@pytest.mark.parametrize("status", [200, 202, 204, 304, 404])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Location": "http://localhost:8000/v1/comments/5b7723a3fceddce2c114d46b"},
        {"Location": "/thread?page=/über uns"},
        {"Content-Location": "/über uns"},
    ],
)
def test_headers_are_those_that_flask_sends(status: int, headers: dict[str, str]) -> None:
    environ = {"REQUEST_METHOD": "GET", "wsgi.input": BytesIO()}
    pair = [kind("body", status, {**PLAIN, **headers}) for kind in (Answer, Response)]

    ours, flasks = (response.get_wsgi_headers(environ) for response in pair)

    assert list(ours) == list(flasks)


@pytest.mark.parametrize("mount", ["", "/a b/"])
@pytest.mark.parametrize("path", ["/v1/comments", "//caf\xc3\xa9/", ""])
@pytest.mark.parametrize(
    "host", ["localhost:80", "B\xfccher.example:8000", "[::1]:8000", "a b", None]
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_routes_are_found_as_flask_finds_them(
    app: Flask, mount: str, path: str, host: str | None, scheme: str
) -> None:
    environ = {
        "HTTP_HOST": host,
        "SERVER_NAME": "::1",
        "SERVER_PORT": "8000",
        "wsgi.url_scheme": scheme,
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": mount,
        "PATH_INFO": path,
        "QUERY_STRING": "q=caf\xc3\xa9",
    }
    request = Request({name: value for name, value in environ.items() if value is not None})

    ours, flasks = (kind.create_url_adapter(app, request) for kind in (Application, Flask))

    url = "one_comment.own", {"comment_id": "5"}
    assert ours is not None
    assert flasks is not None
    assert ours.build(*url, force_external=True) == flasks.build(*url, force_external=True)
    both = (vars(adapter) for adapter in (ours, flasks))
    mine, theirs = ({**own, "path_info": own["path_info"].lstrip("/")} for own in both)
    assert mine == theirs


def test_json_is_compact_and_has_letters_as_they_are(app: Flask) -> None:
    with app.test_request_context():
        one, none = app.json.response(text="ü", numbers=[1, None, True]), app.json.response()

        assert (
            app.make_response(one).get_data() == '{"text":"ü","numbers":[1,null,true]}\n'.encode()
        )
        assert app.make_response(none).get_data() == b"null\n"


def test_json_has_half_a_character_as_it_was_sent(app: Flask) -> None:
    with app.test_request_context():
        answer = app.make_response(app.json.response(clientToken="a\ud83d"))

        assert answer.get_data() == b'{"clientToken":"a\\ud83d"}\n'


@pytest.mark.parametrize("mount", ["", "/comments", "/a b"])
def test_receipt_has_the_addresses_of_its_routes(
    app: Flask, client: FlaskClient, site: Site, mount: str
) -> None:
    fields = {"site": site.name, "page": "/a", "name": "Ann", "text": f"A bridge, {mount}."}
    answer = client.post(
        "/v1/comments",
        json=fields,
        headers={"Origin": ORIGIN},
        environ_overrides={"SCRIPT_NAME": mount},
    ).get_json()

    with app.test_request_context(environ_overrides={"SCRIPT_NAME": mount}):
        own = {"comment_id": answer["id"], "token": answer["author_token"]}
        base = app.extensions["parley"].settings.public_url
        assert answer["author_url"] == base + url_for("own_page.show", **own)
        assert answer["status_url"] == base + url_for("one_comment.own", comment_id=answer["id"])
