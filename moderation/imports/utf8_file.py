"""Read a file of UTF-8, and say where it is none."""

import codecs
from typing import IO

from moderation.imports.records import BrokenFile


class Utf8File:
    """The bytes of a file, each piece checked; a file may end within a character."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._lines = 1
        self._bytes = 0  # of the last line before the piece

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; raises BrokenFile with the place of the first wrong one."""
        octets = self._file.read(size)
        rest = self._decoder.getstate()[0]
        try:
            self._decoder.decode(octets)
        except UnicodeDecodeError as error:
            self._advance((rest + octets)[: error.start], -len(rest))
            sentence = f"line {self._lines}, byte {self._bytes + 1}: it is not UTF-8"
            raise BrokenFile(sentence) from error
        self._advance(octets)
        return octets

    def _advance(self, octets: bytes, more: int = 0) -> None:
        if breaks := octets.count(b"\n"):
            self._lines += breaks
            self._bytes = len(octets) - octets.rindex(b"\n") - 1
        else:
            self._bytes += len(octets) + more
