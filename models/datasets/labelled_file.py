"""An operator's own labelled comments: CSV or JSON Lines with a text and any of the labels."""

import csv
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TEXT = "text"
_LABELS: Mapping[object, float] = {
    "0": 0.0, "1": 1.0, "0.0": 0.0, "1.0": 1.0, 0: 0.0, 1: 1.0,
}  # fmt: skip
EMPTY = ("", None)
_MAX_CHARACTERS = 10_000_000  # of one field: as long a text as `parley score` takes


class BadLabels(ValueError):
    """A labelled file cannot be used; the message names the row and column, and what is right."""


@dataclass(frozen=True)
class Labelled:
    """Texts and their labels.

    Attributes:
        texts: In the order of the file.
        labels: For each column that the file has one value a text: 1, 0 or NaN where unknown.
    """

    texts: list[str]
    labels: dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file, with the number of the line it ends on."""

    path: Path
    number: int
    values: Mapping[str, object]

    def value(self, column: str) -> object:
        """What is in a column, without spaces around it; None where the row has no such column."""
        value = self.values.get(column)
        return value.strip() if isinstance(value, str) else value

    def place(self, column: str) -> str:
        """The place as a message names it."""
        return f"{self.path}, line {self.number}, column {column!r}"


def read_labelled(path: Path, columns: Sequence[str]) -> Labelled:
    """Read a labelled file.

    Args:
        path: JSON Lines where its name ends in .jsonl, .ndjson or .json; else CSV with a header.
        columns: The labels to look for.

    Returns:
        The texts, with at least one of the columns.

    Raises:
        BadLabels: The file cannot be read, has no rows or columns, or a wrong text or label.
    """
    rows = read_rows(path)
    names = {name for row in rows for name in row.values}
    present = [column for column in columns if column in names]
    if TEXT not in names or not present:
        message = (
            f"{_header(path)} needs a column {TEXT!r} and at least one of {', '.join(columns)};"
            f" it has {', '.join(sorted(map(repr, names)))}"
        )
        raise BadLabels(message)
    texts = [text_of(row) for row in rows]
    labels = {column: [label_of(row, column) for row in rows] for column in present}
    if all(math.isnan(label) for column in labels.values() for label in column):
        message = f"{path} has no label in any row: {', '.join(present)} are empty throughout"
        raise BadLabels(message)
    return Labelled(texts, labels)


def read_rows(path: Path) -> list[Row]:
    """Read all rows of a file, whatever their columns are.

    Raises:
        BadLabels: The file cannot be read, or has no rows.
    """
    try:
        rows = [Row(path, number, values) for number, values in _rows(path)]
    except UnicodeDecodeError as error:
        message = f"{path}, line {_line_without_utf8(path)}: is not in UTF-8; save it in UTF-8"
        raise BadLabels(message) from error
    except OSError as error:
        message = f"{path} cannot be read as CSV or JSON Lines in UTF-8: {error}"
        raise BadLabels(message) from error
    if not rows:
        message = f"{path} has no rows"
        raise BadLabels(message)
    return rows


def _line_without_utf8(path: Path) -> int:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return number


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Each row with the number of the line it ends on."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        if _is_json(path):
            yield from _json_lines(path, lines)
            return
        csv.field_size_limit(_MAX_CHARACTERS)
        rows = csv.DictReader(lines, restkey="", restval="", strict=True)
        try:
            for row in rows:
                if "" in row:
                    message = (
                        f"{path}, line {rows.line_num}: more values than columns; quote the commas"
                    )
                    raise BadLabels(message)
                yield rows.line_num, row
        except csv.Error as error:
            message = f"{path}, line {rows.line_num + 1}: cannot be read as CSV: {error}"
            raise BadLabels(message) from error


def _is_json(path: Path) -> bool:
    return path.suffix in (".jsonl", ".ndjson", ".json")


def _header(path: Path) -> str:
    """The place of the columns' names, as a message names it."""
    return str(path) if _is_json(path) else f"{path}, line 1:"


def _json_lines(path: Path, lines: Iterable[str]) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            message = f"{path}, line {number}: is not JSON"
            raise BadLabels(message) from error
        if not isinstance(row, dict):
            message = f'{path}, line {number}: is no object such as {{"text": "Hello", "label": 0}}'
            raise BadLabels(message)
        yield number, row


def text_of(row: Row) -> str:
    """The text of a row; raises `BadLabels` where there is none."""
    text = row.values.get(TEXT)
    if isinstance(text, str) and text.strip():
        return text
    message = f"{row.place(TEXT)}: there is no text"
    raise BadLabels(message)


def label_of(row: Row, column: str) -> float:
    """The label in a column, 1 or 0, or NaN where it is empty; raises `BadLabels` for another."""
    value = row.value(column)
    if value in EMPTY:
        return float("nan")
    if isinstance(value, str | int | float) and value in _LABELS:
        return _LABELS[value]
    message = f"{row.place(column)}: {value!r} is no label; right is 0, 1 or empty"
    raise BadLabels(message)
