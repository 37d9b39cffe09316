"""Read the rows of a JSON file one after the other, however long it is."""

import io
import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import ijson

from moderation.imports.fields import Row, storable
from moderation.imports.records import BrokenFile
from moderation.imports.utf8_file import Utf8File

_MAX_LINE = 16_000_000  # bytes
_CHUNK = 65_536
_MAX_DEPTH = 200
# The parser names each bracket of a piece by its whole path: 64 KiB of them took 10 s (measured).
_PIECE = 8_192
_UNSTORABLE = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_TOO_DEEP = "is nested too deeply"


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """An object of the file, where it stands there, and in which list."""

    place: str
    row: Row
    path: str = ""


def lines(file: IO[bytes]) -> Iterator[PlacedRow]:
    """Yield the object of each line; raises BrokenFile with the number of the line."""
    for number, line in enumerate(_lines_of(file), start=1):
        if len(line) > _MAX_LINE:
            sentence = f"line {number} has more than {_MAX_LINE:,} bytes"
            raise BrokenFile(sentence)
        if line.strip():
            yield PlacedRow(f"line {number}", _object(number, line))


def items(file: IO[bytes], *paths: str) -> Iterator[PlacedRow]:
    """Yield the objects of the lists at these paths, such as `item` or `comments.item`.

    Raises:
        BrokenFile: The file is no JSON, is cut, or has none of the lists.
    """
    number, is_there = 0, False
    try:
        for path, row in _located(file, paths):
            is_there = True
            if row is None:
                continue
            number += 1
            if not isinstance(row, dict):
                sentence = f"row {number} is no JSON object"
                raise BrokenFile(sentence)
            yield PlacedRow(f"row {number}", row, path)
    except (ijson.JSONError, UnicodeDecodeError, RecursionError) as error:
        sentence = f"after row {number}: it is no JSON there, or is cut"
        raise BrokenFile(sentence) from error
    if not is_there:
        sentence = f"it has no list at {' or '.join(paths)}"
        raise BrokenFile(sentence)


def rows(file: IO[bytes]) -> Iterator[PlacedRow]:
    """Yield the objects of a JSON array, or those of each line; raises BrokenFile."""
    buffered, first = _with_first_byte(file)
    return items(buffered, "item") if first == b"[" else lines(buffered)


def _located(file: IO[bytes], paths: tuple[str, ...]) -> Iterator[tuple[str, object]]:
    """The objects with their paths; None with the path of a list that begins."""
    starts = {path.removesuffix("item").removesuffix("."): path for path in paths}
    events = ijson.parse(Utf8File(file), use_float=True, buf_size=_PIECE)
    depth = 0
    for prefix, event, value in events:
        depth += _deeper(event)
        if depth > _MAX_DEPTH:
            sentence = f"it {_TOO_DEEP}"
            raise BrokenFile(sentence)
        if event == "start_array" and prefix in starts:
            yield starts[prefix], None
        elif prefix in paths:
            depth -= _deeper(event)
            yield prefix, _built(events, event, value)


def _built(events: Iterator[tuple[str, str, object]], event: str, value: object) -> object:
    """The value that begins with this event."""
    builder, depth = ijson.ObjectBuilder(), 0
    while True:
        builder.event(event, value)
        depth += _deeper(event)
        if depth > _MAX_DEPTH:
            sentence = f"a row {_TOO_DEEP}"
            raise BrokenFile(sentence)
        if depth == 0:
            return builder.value
        _, event, value = next(events)


def _deeper(event: str) -> int:
    return event.startswith("start_") - event.startswith("end_")


def _object(number: int, line: bytes) -> Row:
    try:
        row = _loaded(line)
    except UnicodeDecodeError as error:
        sentence = f"line {number}, byte {error.start + 1}: it is not UTF-8"
        raise BrokenFile(sentence) from error
    except json.JSONDecodeError as error:
        sentence = f"line {number}, column {error.colno}: it is no JSON there, or is cut"
        raise BrokenFile(sentence) from error
    except RecursionError as error:
        sentence = f"line {number} {_TOO_DEEP}"
        raise BrokenFile(sentence) from error
    except ValueError as error:
        sentence = f"line {number} has a number of thousands of digits"
        raise BrokenFile(sentence) from error
    if not isinstance(row, dict):
        sentence = f"line {number} is no JSON object"
        raise BrokenFile(sentence)
    return row


def _loaded(line: bytes) -> object:
    value = json.loads(line)
    return _storable(value) if _UNSTORABLE.search(line) else value


def _storable(value: object) -> object:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(name): _storable(child) for name, child in value.items()}
    return [_storable(child) for child in value] if isinstance(value, list) else value


def _lines_of(file: IO[bytes]) -> Iterator[bytes]:
    reader = _buffered(file)
    while line := reader.readline(_MAX_LINE + 1):
        yield line


def _with_first_byte(file: IO[bytes]) -> tuple[io.BufferedReader, bytes]:
    """A buffered reader, and the first byte that is no space or byte order mark."""
    reader = _buffered(file)
    return reader, reader.peek(64).removeprefix(BOM_UTF8).lstrip()[:1]


def _buffered(file: IO[bytes]) -> io.BufferedReader:
    return file if isinstance(file, io.BufferedReader) else io.BufferedReader(_Raw(file), _CHUNK)


class _Raw(io.RawIOBase):
    """What a buffer reads from."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int]", /) -> int:  # type: ignore[override]
        octets = self._file.read(len(buffer))
        buffer[: len(octets)] = octets
        return len(octets)
