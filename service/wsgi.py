"""The application as a WSGI server loads it: `service.wsgi:application()`."""

from flask import Flask

from moderation.config.logging_setup import log_to_stderr
from moderation.config.server_secret import server_secret
from moderation.config.settings import Settings
from service.app import create_app


def application() -> Flask:
    """Built from the environment's settings; call it in each process, after any fork."""
    log_to_stderr()
    settings = Settings.read()
    return create_app(settings, server_secret(settings))
