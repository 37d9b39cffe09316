"""The real application on a real database and a real Redis."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from moderation.config.settings import Settings
from moderation.sites import Site
from service.app import create_app
from tests.conftest import FakeClock

SECRET = b"a secret of the tests, long enough"
ORIGIN = "https://paper.example"

# No numbers to ask for, though Python takes some for one and refuses to read the last.
NO_NUMBERS = ("", "two", "²", "٣", "-1", "+1", " 1", "1_0", "1.0", "9" * 40, "9" * 5_000)

MakeApp = Callable[..., Flask]


@pytest.fixture
def make_app(database_url: str, redis_url: str, clock: FakeClock) -> Iterator[MakeApp]:
    """Builds the application with some settings changed."""
    settings = replace(Settings.read({}), database_url=database_url, redis_url=redis_url)

    made: list[Flask] = []

    def make(**changed: object) -> Flask:
        made.append(create_app(replace(settings, **changed), SECRET, clock))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for app in made:
        app.extensions["parley"].database.close()


@pytest.fixture
def app(make_app: MakeApp, site: Site) -> Flask:
    """The application, with the site demo whose pages are at https://paper.example."""
    return make_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
