"""What the tests of the web application share."""

import re
from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse
from werkzeug.wrappers import Request

from service.openapi.document import description
from tests.support.openapi import Exchange, differences

TEXT = "text/plain"
SECRET = b"a secret of the tests, long enough"
ORIGIN = "https://paper.example"
# No numbers to ask for, though Python takes some for one and refuses to read the last.
NO_NUMBERS = ("", "two", "²", "٣", "-1", "+1", " 1", "1_0", "1.0", "9" * 40, "9" * 5_000)

MakeApp = Callable[..., Flask]


class DescribedClient(FlaskClient):
    """A client that holds every answer of the API to its OpenAPI description."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request; an answer that is not as described fails the test."""
        response = super().open(*args, **kwargs)
        exchange = _exchange(self.application, response)
        problems = differences(description("https://comments.example"), exchange)
        assert not problems, f"{exchange.method} {response.request.path}: {problems}"
        return response


def _exchange(app: Flask, response: TestResponse) -> Exchange:
    request = response.request
    return Exchange(
        path=_described_path(app, request),
        method=request.method.lower(),
        status=response.status_code,
        content_type=response.mimetype or "",
        body=response.get_data() if response.is_json or response.mimetype == TEXT else b"",
        query=request.args.to_dict(flat=False),
        headers=dict(request.headers),
        sent_type=request.mimetype,
        sent=_sent(request),
    )


def described(rule: str) -> str:
    """The address as OpenAPI writes it: /v1/comments/{comment_id}.

    What programs of other services ask is described once, and can be asked at more addresses.
    """
    path = re.sub(r"<(?:[^:<>]*:)?(\w+)>", r"{\1}", rule)
    path = re.sub(r"^/akismet(/{key})?", "", path)
    path = re.sub(r"^(/{prefix})?/comments:", "/v1alpha1/comments:", path)
    return path.removeprefix("/{prefix}")


def _described_path(app: Flask, request: Request) -> str | None:
    """The address as it is described; None for one that is no address at all."""
    try:
        rule, _ = app.url_map.bind_to_environ(request.environ).match(return_rule=True)
    except HTTPException:
        return None
    return described(rule.rule)


def _sent(request: Request) -> bytes:
    """The body that the application has read already."""
    stream = request.environ["wsgi.input"]
    stream.seek(0)
    body: bytes = stream.read()
    return body
