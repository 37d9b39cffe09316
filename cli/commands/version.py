"""`parley version`."""

from importlib.metadata import version as installed

import click


@click.command(epilog="Example: parley version")
def version() -> None:
    """Print the version of Parley."""
    click.echo(f"parley {installed('parley')}")
