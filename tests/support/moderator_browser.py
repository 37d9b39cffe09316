"""A moderator's browser."""

import re
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from moderation.comments import Comment
from moderation.storage.accounts.moderators import Moderators

_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]{64})"')


PASSWORD = "four words do well"  # noqa: S105 a password of nobody's


@dataclass
class Browser:
    """A moderator's browser: it sends each form with the token of the page it stands on."""

    client: FlaskClient

    def get(self, path: str = "/moderate") -> TestResponse:
        return self.client.get(path, headers={"Accept": "text/html"})

    def page(self, path: str = "/moderate") -> str:
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def token(self) -> str:
        match = _TOKEN.search(self.page())
        assert match
        return match[1]

    def send(self, path: str, *, accept: str = "text/html", **fields: object) -> TestResponse:
        form = {"form_token": self.token(), **fields}
        return self.client.post(path, data=form, headers={"Accept": accept})

    def decide(self, comment: Comment, action: str, *, accept: str = "text/html") -> TestResponse:
        path = f"/moderate/comments/{comment.id}/{action}"
        return self.send(path, accept=accept, version=comment.version)


def signed_in(app: Flask, moderators: Moderators, name: str) -> Browser:
    """A browser of its own for a moderator of this name, who has no password yet."""
    moderators.add(name)
    browser = Browser(app.test_client())
    answer = browser.client.post(f"/moderate/link/{moderators.new_link(name)}")
    assert answer.location == "/moderate"
    return browser
