"""A body is read in one way, whatever it is sent to: what could mean two things is refused."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from moderation.comments import Comment
from tests.support.moderator_browser import Browser
from tests.support.moderator_routes import filled, routes
from tests.support.web_app import ORIGIN

FORM = "application/x-www-form-urlencoded"
_TWICE = "a field twice"
_NOT_UTF8 = "not UTF-8"


def public_addresses(comment: Comment) -> list[str]:
    return ["/v1/comments", f"/v1/comments/{comment.id}/reports"]


@pytest.mark.parametrize(
    ("content_type", "body", "sentence"),
    [
        ("application/json", b'{"site": "demo", "site": "other"}', _TWICE),
        ("application/json", b'{"site": "demo", "more": {"a": 1, "a": 1}}', _TWICE),
        ("application/json", b'{"site": "demo", "s\\u0069te": "demo"}', _TWICE),
        ("application/json", b'{"site": "\xff"}', _NOT_UTF8),
        (FORM, b"site=demo&site=demo", _TWICE),
        (FORM, b"site=demo&s%69te=", _TWICE),
        (FORM, b"site=%ff", _NOT_UTF8),
        (FORM, b"%ff=demo", _NOT_UTF8),
        (FORM, b"site=\xff", _NOT_UTF8),
        (FORM, b"site=%ed%a0%80", _NOT_UTF8),
    ],
)
def test_public_bodies_are_refused_alike(
    client: FlaskClient, flagged: Comment, content_type: str, body: bytes, sentence: str
) -> None:
    for address in public_addresses(flagged):
        answer = client.post(
            address, data=body, content_type=content_type, headers={"Origin": ORIGIN}
        )

        assert answer.status_code == 400, address
        assert sentence in (answer.json or {})["detail"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [(b"name=%ff", _NOT_UTF8), (b"%c3=x", _NOT_UTF8), (b"name=a&name=b", _TWICE)],
)
def test_moderators_forms_are_refused_alike(
    app: Flask, anna: Browser, flagged: Comment, body: bytes, sentence: str
) -> None:
    form = body + b"&form_token=" + anna.token().encode()
    for rule in routes(app, "POST"):
        address = filled(rule, flagged)

        answer = anna.client.post(
            address, data=form, content_type=FORM, headers={"Accept": "application/json"}
        )

        assert answer.status_code == 400, address
        assert sentence in (answer.get_json(force=True))["detail"], address


def test_the_moderation_api_is_as_strict(anna: Browser, client: FlaskClient) -> None:
    shown = anna.send("/moderate/tokens", name="A program").text
    token = shown.partition("parley_moderator_")[2].partition("<")[0]
    headers = {"Authorization": f"Bearer parley_moderator_{token}"}
    body = json.dumps({"status": "approved"})[:-1] + ', "status": "rejected"}'

    answer = client.post(
        "/v1/moderation/comments/x/decision",
        data=body,
        headers=headers,
        content_type="application/json",
    )

    assert answer.status_code == 400
    assert _TWICE in (answer.json or {})["detail"]


def test_a_form_in_parts_is_read_too(anna: Browser) -> None:
    """Mail programs may send the button of a mail so (RFC 8058)."""
    address = f"/moderate/digest/stop/1-{'0' * 64}"

    answer = anna.client.post(address, data={"x": "1"}, content_type="multipart/form-data")

    assert answer.status_code == 200
