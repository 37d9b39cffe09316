"""A command that cannot work as Parley is set up: one sentence, exit code 2."""

import click

from moderation.config.environment import InvalidSettings
from moderation.config.server_secret import server_secret
from moderation.config.settings import Settings


class WrongUse(click.ClickException):
    """The command cannot work as Parley is set up; nothing was changed. Exit code 2."""

    exit_code = 2


def read_settings() -> Settings:
    """Read the settings; raises WrongUse where one is wrong."""
    try:
        return Settings.read()
    except InvalidSettings as error:
        raise WrongUse(str(error)) from error


def check_secret(settings: Settings) -> None:
    """Raise WrongUse where the server's secret can be neither read nor written."""
    try:
        server_secret(settings)
    except InvalidSettings as error:
        raise WrongUse(str(error)) from error
