"""A file to import from: plain, compressed, a folder of several, or a database."""

import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from moderation.imports.records import BrokenFile

SQLITE = b"SQLite format 3\0"
_GZIP = b"\x1f\x8b"
TableRows = Callable[[Path, str], Iterator[Mapping[str, object]]]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """What is read.

    Attributes:
        path: Of the file, or of a folder with a file for each table.
        table_rows: Gives the rows of a table of a SQLite file.
        on_read: Is told how many bytes were read.
    """

    path: Path
    table_rows: TableRows
    on_read: Callable[[int], None]

    @property
    def is_sqlite(self) -> bool:
        """Whether the file is a SQLite database."""
        return self.path.is_file() and self._head(len(SQLITE)) == SQLITE

    def table(self, name: str) -> Iterator[Mapping[str, object]]:
        """The rows of a table of the database, by their columns; raises BrokenFile."""
        return self.table_rows(self.path, name)

    def files(self) -> list["SourceFile"]:
        """The files of a folder in the order of their names, or the file alone."""
        if not self.path.is_dir():
            return [self]
        paths = sorted(path for path in self.path.iterdir() if path.is_file())
        return [SourceFile(path, self.table_rows, self.on_read) for path in paths]

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """Open the file, uncompressed; raises BrokenFile where it cannot be read to its end."""
        try:
            with self.path.open("rb") as file:
                counted = _CountedFile(file, self.on_read)
                is_compressed = self._head(len(_GZIP)) == _GZIP
                yield gzip.GzipFile(fileobj=counted) if is_compressed else counted  # type: ignore
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            sentence = f"{self.path.name} is compressed, and damaged or cut"
            raise BrokenFile(sentence) from error
        except OSError as error:
            sentence = f"{self.path} cannot be read: {error.strerror or error}"
            raise BrokenFile(sentence) from error

    def _head(self, length: int) -> bytes:
        try:
            with self.path.open("rb") as file:
                return file.read(length)
        except OSError as error:
            sentence = f"{self.path} cannot be read: {error.strerror or error}"
            raise BrokenFile(sentence) from error


class _CountedFile:
    """A file that says how much of it was read."""

    def __init__(self, file: IO[bytes], on_read: Callable[[int], None]) -> None:
        self._file = file
        self._on_read = on_read

    def read(self, size: int = -1) -> bytes:
        octets = self._file.read(size)
        self._on_read(len(octets))
        return octets
