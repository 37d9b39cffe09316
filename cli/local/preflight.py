"""What one Parley needs for itself: its folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from cli.wrong_use import WrongUse
from moderation.config.settings import Settings


def keep_files_private() -> None:
    """Let nobody else read what this process and its children make, whatever the folder allows."""
    os.umask(0o077)


def ensure_var_writable(settings: Settings) -> None:
    """Make the folder for the database, keys and Redis; exit code 2 where it cannot be written."""
    probe = settings.var / ".writable"
    try:
        settings.var.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe.touch()
        probe.unlink()
    except OSError as error:
        sentence = (
            f"PARLEY_VAR is {str(settings.var)!r}, but that folder cannot be written"
            f" ({error.strerror}): name one that can"
        )
        raise WrongUse(sentence) from error


@contextmanager
def lock_var(settings: Settings) -> Iterator[None]:
    """Hold var/ for this process; exit code 2 where another holds it."""
    with _opened(settings.var / "parley.lock") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            sentence = (
                f"another Parley runs with PARLEY_VAR {str(settings.var)!r}:"
                " stop it, or name another folder"
            )
            raise WrongUse(sentence) from error
        yield


def _opened(path: Path) -> TextIO:
    try:
        return path.open("w")
    except OSError as error:
        sentence = (
            f"{path} cannot be written ({error.strerror}):"
            " remove what is there, or give it to this user"
        )
        raise WrongUse(sentence) from error
