"""A key of the site demo, and forms as Akismet's programs send them."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from moderation.sites import KeyScope, Site
from moderation.storage.sites.site_keys import SiteKeys

Ask = Callable[..., TestResponse]
BASE = {"blog": "https://paper.example", "user_ip": "192.0.2.1", "comment_author": "Ada"}


@pytest.fixture
def key(site: Site, site_keys: SiteKeys) -> str:
    return site_keys.make(site.name, scope=KeyScope.SCORE)


@pytest.fixture
def ask(client: FlaskClient, key: str) -> Ask:
    """Asks an operation about a text, with more parameters."""

    def ask(operation: str, text: str = "", **more: str) -> TestResponse:
        form = {"api_key": key, **BASE, "comment_content": text, **more}
        return client.post(f"/1.1/{operation}", data=form)

    return ask
