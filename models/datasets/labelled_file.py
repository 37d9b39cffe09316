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
_UNKNOWN = ("", None)
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
    try:
        rows = list(_rows(path))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = f"{path} cannot be read as CSV or JSON Lines in UTF-8: {error}"
        raise BadLabels(message) from error
    if not rows:
        message = f"{path} has no rows"
        raise BadLabels(message)
    names = {name for _, row in rows for name in row}
    present = [column for column in columns if column in names]
    if TEXT not in names or not present:
        message = f"{path} needs a column {TEXT!r} and at least one of {', '.join(columns)}"
        raise BadLabels(message)
    texts = [_text(path, number, row) for number, row in rows]
    labels = {column: [_label(path, *row, column) for row in rows] for column in present}
    if all(math.isnan(label) for column in labels.values() for label in column):
        message = f"{path} has no label in any row: {', '.join(present)} are empty throughout"
        raise BadLabels(message)
    return Labelled(texts, labels)


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Each row with the number of the line it ends on."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        if path.suffix in (".jsonl", ".ndjson", ".json"):
            yield from _json_lines(path, lines)
            return
        csv.field_size_limit(_MAX_CHARACTERS)
        rows = csv.DictReader(lines, restkey="", restval="", strict=True)
        for row in rows:
            if "" in row:
                message = (
                    f"{path}, line {rows.line_num}: more values than columns; quote the commas"
                )
                raise BadLabels(message)
            yield rows.line_num, row


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


def _text(path: Path, number: int, row: Mapping[str, object]) -> str:
    text = row.get(TEXT)
    if isinstance(text, str) and text.strip():
        return text
    message = f"{path}, line {number}, column {TEXT!r}: there is no text"
    raise BadLabels(message)


def _label(path: Path, number: int, row: Mapping[str, object], column: str) -> float:
    value = row.get(column)
    value = value.strip() if isinstance(value, str) else value
    if value in _UNKNOWN:
        return float("nan")
    if isinstance(value, str | int | float) and value in _LABELS:
        return _LABELS[value]
    message = (
        f"{path}, line {number}, column {column!r}: {value!r} is no label; right is 0, 1 or empty"
    )
    raise BadLabels(message)
