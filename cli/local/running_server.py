"""Where the running web server says its address to the commands beside it, whatever their shell."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from moderation.config.settings import Settings

_FILE = "address"


@contextmanager
def address_written(settings: Settings) -> Iterator[int | None]:
    """Keep the public address in the folder, locked as long as this process lives.

    Where the folder cannot be written, commands go by their own settings.

    Yields:
        The file descriptor that holds the lock; None where there is none.
    """
    try:
        descriptor = os.open(settings.var / _FILE, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        yield None
        return
    with os.fdopen(descriptor, "r+") as file:
        fcntl.flock(file, fcntl.LOCK_SH)  # of two that run for a moment both hold it
        file.truncate(0)
        file.write(settings.public_url)
        file.flush()
        yield descriptor


def public_url_of(settings: Settings) -> str:
    """The address of the server that runs with this folder; without one that of the settings.

    Says so on stderr where the server that ran last had another address.
    """
    written, runs = _written(settings)
    if written and runs:
        return written
    if written and written != settings.public_url:
        sentence = (
            f"No web server runs now with the folder {settings.var}; the last one was at {written}."
            f" This address is by the settings of this shell: {settings.public_url}"
        )
        click.echo(sentence, err=True)
    return settings.public_url


def _written(settings: Settings) -> tuple[str, bool]:
    """What the file has, and whether the server that wrote it still holds it."""
    try:
        with (settings.var / _FILE).open() as file:
            address = file.read()
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return address, True
            return address, False
    except OSError:
        return "", False
