"""A picture that a command writes to a file."""

from pathlib import Path

import click


def write_picture(path: Path, picture: str) -> None:
    """Raises click.ClickException where the file cannot be written."""
    try:
        path.write_text(picture, encoding="utf-8")
    except OSError as error:
        sentence = f"{path} cannot be written: {error.strerror}"
        raise click.ClickException(sentence) from error
