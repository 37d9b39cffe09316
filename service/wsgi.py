"""The application as a server loads it: by WSGI, or behind the gateway as `parley serve` does."""

from flask import Flask

from moderation.config.logging_setup import log_to_stderr
from moderation.config.server_secret import server_secret
from moderation.config.settings import Settings
from service.app import create_app
from service.gateway.answer_store import AnswerStore
from service.gateway.gateway import Gateway
from service.monitoring.metrics import count_again
from service.wiring.parts import Parts


def application() -> Flask:
    """Built from the environment's settings; call it in each process, after any fork."""
    log_to_stderr()
    settings = Settings.read()
    return create_app(settings, server_secret(settings))


def gateway(threads: int) -> Gateway:
    """The application for an ASGI server; answers at most so many requests at once."""
    app = application()
    mine: Parts = app.extensions["parley"]
    answers = AnswerStore(mine.commits, count_again)
    return Gateway(app, threads, lambda key: knows_key(mine, key), answers)


def knows_key(mine: Parts, key: str) -> bool:
    """Whether it is the key of a site, or a moderator's token."""
    return mine.site_cache.knows_key(key) or mine.api_tokens.knows(key)
