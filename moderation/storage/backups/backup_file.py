"""A backup's file: nobody else's to read, never half written, with those before it kept."""

import os
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

ZIP_MAGIC = b"PK\x03\x04"  # of PostgreSQL's tables
SQLITE_MAGIC = b"SQLite format 3\0"
MANIFEST = "manifest.json"
HAS_TABLE = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"


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
    for former in _numbered(path, keep):
        refuse_other_file(former)
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
    """Raise BackupRefused where a backup cannot be named so, or what is there is none."""
    try:
        str(path).encode()  # as SQLite is told it
        if path.exists() and not path.is_file():
            sentence = f"{path} is not a file: name one in it"
            raise BackupRefused(sentence)
        is_other = path.exists() and path.stat().st_size and not _may_be_backup(path)
    except UnicodeEncodeError as error:
        sentence = f"{str(path)!r} is not UTF-8: name another file"
        raise BackupRefused(sentence) from error
    except OSError as error:
        sentence = f"{path} cannot be read: {error.strerror}"
        raise BackupRefused(sentence) from error
    if is_other:
        sentence = f"{path} exists and is no backup of Parley: name another file"
        raise BackupRefused(sentence)


def _may_be_backup(path: Path) -> bool:
    """Whether it is one, or damaged so that nobody can tell."""
    magic = magic_of(path)
    if magic == ZIP_MAGIC:
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(path) as archive:
            return MANIFEST in archive.namelist()
    if magic == SQLITE_MAGIC:
        with suppress(sqlite3.Error), closing(_read_only(path)) as database:
            return database.execute(HAS_TABLE, ["alembic_version"]).fetchone() is not None
    return magic is not None


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def magic_of(path: Path) -> bytes | None:
    """Return how the file begins, None where it is of neither database."""
    with path.open("rb") as file:
        beginning = file.read(16)
    return next((magic for magic in (SQLITE_MAGIC, ZIP_MAGIC) if beginning.startswith(magic)), None)


def _numbered(path: Path, keep: int) -> list[Path]:
    return [path, *(path.with_name(f"{path.name}.{number}") for number in range(1, keep))]


def _rotate(path: Path, keep: int) -> None:
    numbered = _numbered(path, keep)
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
