"""Read a file of UTF-8, and say where it is none."""

import codecs
from typing import IO

from moderation.imports.records import BrokenFile


class Utf8File:
    """The bytes of a file behind its mark, each piece checked; it may end within a character."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._lines = 1
        self._bytes = 0  # of the last line before the piece
        self._mark = codecs.BOM_UTF8  # programs of Windows write it before everything

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
        if not octets:
            return octets  # ijson begins with a read of nothing
        mark, self._mark = self._mark, b""
        return octets.removeprefix(mark)

    def _advance(self, octets: bytes, more: int = 0) -> None:
        if breaks := octets.count(b"\n"):
            self._lines += breaks
            self._bytes = len(octets) - octets.rindex(b"\n") - 1
        else:
            self._bytes += len(octets) + more
