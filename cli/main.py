"""`parley` and its commands, each loaded only when it is asked for."""

import importlib
from typing import cast

import click

# Command to module: `parley serve` must not wait for what only `parley train` imports.
_COMMANDS = {
    "up": "cli.commands.up",
    "serve": "cli.commands.serve",
    "work": "cli.commands.work",
    "migrate": "cli.commands.migrate",
    "site": "cli.commands.sites",
    "moderator": "cli.commands.moderators",
    "audit": "cli.commands.audit",
    "webhook": "cli.commands.webhooks",
    "train": "cli.commands.train",
    "evaluate": "cli.commands.evaluate",
    "score": "cli.commands.score",
    "policy": "cli.commands.policy",
    "model": "cli.commands.models",
    "version": "cli.commands.version",
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(_COMMANDS[cmd_name])
        return cast("click.Command", getattr(module, cmd_name))


@click.group(cls=_Lazy, epilog="Example: parley up")
@click.help_option("-h", "--help")
def parley() -> None:
    """Comments under articles: no accounts, and nothing a reader writes leaves your machines."""
