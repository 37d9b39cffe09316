"""The real application on a real database and a real Redis."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from judging import loaded_model
from models.serving.classifier import ARTEFACT, load
from moderation.accounts import passwords
from moderation.config.settings import Settings
from moderation.sites import Site
from service.app import create_app
from tests.support.clock import FakeClock
from tests.support.url_rules import CompiledOnce
from tests.support.web_app import SECRET, DescribedClient, MakeApp

Flask.url_rule_class = CompiledOnce


@pytest.fixture(scope="session", autouse=True)
def _shipped_model_loaded_once() -> Iterator[None]:
    """Loading it took 0.07 s of each test that shows a comment."""
    shipped = cache(load)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            loaded_model, "load", lambda path: (shipped if path == ARTEFACT else load)(path)
        )
        yield


@pytest.fixture(scope="module", autouse=True)  # not longer: other tests hold the real ones
def _passwords_hashed_by_less_work() -> Iterator[None]:
    """The parameters in use took 0.3 s of the processor for each password that is typed."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", hasher)
        patch.setattr(passwords, "_UNKNOWN_HASH", hasher.hash("nobody's password"))
        yield


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """What the first test compiled: compiling anew took a third of each test of a page."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def make_app(
    database_url: str,
    redis_url: str,
    clock: FakeClock,
    compiled_templates: FileSystemBytecodeCache,
) -> Iterator[MakeApp]:
    """Builds the application with some settings changed."""
    settings = replace(Settings.read({}), database_url=database_url, redis_url=redis_url)

    made: list[Flask] = []

    def make(**changed: Any) -> Flask:
        made.append(create_app(replace(settings, **changed), SECRET, clock))
        made[-1].test_client_class = DescribedClient
        made[-1].jinja_env.bytecode_cache = compiled_templates
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
