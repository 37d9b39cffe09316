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
_MOST_CHARACTERS = 10_000_000  # of one field: as long a text as `parley score` takes


class BadLabels(ValueError):
    """A labelled file cannot be used; the sentence names the row and column, and what is right."""


@dataclass(frozen=True)
class Labelled:
    """Texts, and for each column of labels one value a text: 1, 0 or NaN where it is unknown."""

    texts: list[str]
    labels: dict[str, list[float]]


def read_labelled(path: Path, columns: Sequence[str]) -> Labelled:
    """The rows of the file, with those of the columns that it has; at least one of them."""
    try:
        rows = list(_rows(path))
    except (OSError, UnicodeDecodeError, csv.Error) as broken:
        what = f"{path} cannot be read as CSV or JSON Lines in UTF-8: {broken}"
        raise BadLabels(what) from broken
    if not rows:
        what = f"{path} has no rows"
        raise BadLabels(what)
    names = {name for _, row in rows for name in row}
    found = [column for column in columns if column in names]
    if TEXT not in names or not found:
        what = f"{path} needs a column {TEXT!r} and at least one of {', '.join(columns)}"
        raise BadLabels(what)
    texts = [_text(path, number, row) for number, row in rows]
    labels = {column: [_label(path, *row, column) for row in rows] for column in found}
    if all(math.isnan(label) for column in labels.values() for label in column):
        what = f"{path} has no label in any row: {', '.join(found)} are empty throughout"
        raise BadLabels(what)
    return Labelled(texts, labels)


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Each row with the number of the line it ends on."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        if path.suffix in (".jsonl", ".ndjson", ".json"):
            yield from _json_lines(path, lines)
            return
        csv.field_size_limit(_MOST_CHARACTERS)
        rows = csv.DictReader(lines, restkey="", restval="", strict=True)
        for row in rows:
            if "" in row:
                what = f"{path}, line {rows.line_num}: more values than columns; quote the commas"
                raise BadLabels(what)
            yield rows.line_num, row


def _json_lines(path: Path, lines: Iterable[str]) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as wrong:
            what = f"{path}, line {number}: is not JSON"
            raise BadLabels(what) from wrong
        if not isinstance(row, dict):
            what = f'{path}, line {number}: is no object such as {{"text": "Hello", "label": 0}}'
            raise BadLabels(what)
        yield number, row


def _text(path: Path, number: int, row: Mapping[str, object]) -> str:
    text = row.get(TEXT)
    if isinstance(text, str) and text.strip():
        return text
    what = f"{path}, line {number}, column {TEXT!r}: there is no text"
    raise BadLabels(what)


def _label(path: Path, number: int, row: Mapping[str, object], column: str) -> float:
    value = row.get(column)
    value = value.strip() if isinstance(value, str) else value
    if value in _UNKNOWN:
        return float("nan")
    if isinstance(value, str | int | float) and value in _LABELS:
        return _LABELS[value]
    what = (
        f"{path}, line {number}, column {column!r}: {value!r} is no label; right is 0, 1 or empty"
    )
    raise BadLabels(what)
