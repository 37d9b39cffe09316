"""`parley` and its commands."""

import click

from cli.root_group import RootGroup

_MODULES = {
    "up": "cli.commands.up",
    "serve": "cli.commands.serve",
    "work": "cli.commands.work",
    "migrate": "cli.commands.migrate",
    "backup": "cli.maintenance.backup",
    "restore": "cli.maintenance.restore",
    "doctor": "cli.maintenance.doctor",
    "site": "cli.commands.sites",
    "import": "cli.moving.import_comments:import_comments",
    "export": "cli.moving.export_site:export_site",
    "forget": "cli.maintenance.forget",
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


@click.group(cls=RootGroup, modules=_MODULES, epilog="Example: parley up")
@click.help_option("-h", "--help")
def parley() -> None:
    """Comments under articles: no accounts, and scoring sends nothing anywhere."""
