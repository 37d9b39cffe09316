"""A backup's file: nobody else's to read, never half written, with those before it kept."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ZIP_MAGIC = b"PK\x03\x04"  # of PostgreSQL's tables
SQLITE_MAGIC = b"SQLite format 3\0"


class BackupRefused(RuntimeError):
    """A backup cannot be made or restored; the sentence says why, and what would be right."""


@contextmanager
def new_backup(path: Path, keep: int) -> Iterator[Path]:
    """Give an empty file to write to, and put it in place of `path` when the block ends well.

    Args:
        path: Of the backup.
        keep: How many backups to have afterwards: the others are `path` with .1, .2 and so on.

    Raises:
        BackupRefused: What is there is no backup, or the folder cannot be written.
    """
    refuse_other_file(path)
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.unlink(missing_ok=True)  # of a backup that was killed
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            yield partial
            _sync(partial)
            _rotate(path, keep)
            partial.replace(path)
            _sync(path.parent)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        sentence = f"{path} cannot be written: {error.strerror or error}"
        raise BackupRefused(sentence) from error


def refuse_other_file(path: Path) -> None:
    """Raise BackupRefused where there is something at the path that is no backup."""
    if path.exists() and not path.is_file():
        sentence = f"{path} is not a file: name one in it"
        raise BackupRefused(sentence)
    if path.exists() and path.stat().st_size and magic_of(path) is None:
        sentence = f"{path} exists and is no backup of Parley: name another file"
        raise BackupRefused(sentence)


def magic_of(path: Path) -> bytes | None:
    """Return how the file begins, None where it is of neither database."""
    with path.open("rb") as file:
        beginning = file.read(16)
    return next((magic for magic in (SQLITE_MAGIC, ZIP_MAGIC) if beginning.startswith(magic)), None)


def _rotate(path: Path, keep: int) -> None:
    numbered = [path, *(path.with_name(f"{path.name}.{number}") for number in range(1, keep))]
    for older, newer in zip(numbered[:0:-1], numbered[-2::-1], strict=True):
        if newer == path and path.exists():
            older.unlink(missing_ok=True)
            os.link(path, older)  # so that there is a backup at `path` at any moment
        elif newer.exists():
            newer.replace(older)


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
