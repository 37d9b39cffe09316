"""Comments with what another service said of them: its scores or its decisions."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.datasets.labelled_file import (
    EMPTY,
    TEXT,
    BadLabels,
    Row,
    label_of,
    read_rows,
    text_of,
)

DECISION, SCORE, LABEL = "decision", "score", "label"
_HELD = (
    "1", "1.0", "true", "yes", "held", "flagged", "pending", "premod", "system_withheld",
    "rejected", "removed", "deleted", "spam", "toxic",
)  # fmt: skip
_PASSED = (
    "0", "0.0", "false", "no", "passed", "none", "approved", "accepted", "published", "ham", "ok",
)  # fmt: skip
_DECISIONS: Mapping[str, float] = {**dict.fromkeys(_HELD, 1.0), **dict.fromkeys(_PASSED, 0.0)}


@dataclass(frozen=True)
class OldService:
    """Comments of which the other service said something.

    Attributes:
        lines: The line in the file where each comment ends.
        texts: In the order of the file.
        opinions: The other service's score of each; or 1 where it held it, 0 where not.
        held: Whether it held each.
        labels: 1 where a person would hold the comment, 0 where not, NaN where unknown.
        left_out: How many rows of the file have no opinion.
    """

    lines: list[int]
    texts: list[str]
    opinions: list[float]
    held: list[bool]
    labels: list[float]
    left_out: int


def read_old_service(path: Path, held_from: float | None) -> OldService:
    """Read a file with `text`, with `score` or `decision`, and perhaps with `label`.

    Args:
        path: JSON Lines where its name ends in .jsonl, .ndjson or .json; else CSV with a header.
        held_from: The score from which the other service held a comment; None to read decisions.

    Returns:
        The rows with an opinion, some held and some not.

    Raises:
        BadLabels: The file cannot be read, lacks a column, has a wrong value, or nothing to match.
    """
    rows = read_rows(path)
    column = DECISION if held_from is None else SCORE
    _check_columns(path, rows, column)
    texts = [text_of(row) for row in rows]
    opinions = [_score(row) if column == SCORE else _decision(row) for row in rows]
    known = [place for place, opinion in enumerate(opinions) if not math.isnan(opinion)]
    held = [opinions[place] >= (0.5 if held_from is None else held_from) for place in known]
    _check_both(path, held)
    return OldService(
        lines=[rows[place].number for place in known],
        texts=[texts[place] for place in known],
        opinions=[opinions[place] for place in known],
        held=held,
        labels=[label_of(rows[place], LABEL) for place in known],
        left_out=len(rows) - len(known),
    )


def _check_columns(path: Path, rows: Sequence[Row], column: str) -> None:
    names = {name for row in rows for name in row.values}
    if {TEXT, column} <= names:
        return
    if TEXT in names and column == DECISION and SCORE in names:
        message = f"{path} has scores: say with --from from which score the old service held"
    elif TEXT in names and column == SCORE:
        message = f"{path} needs a column 'score' for --from; without --from 'decision' is read"
    else:
        present = ", ".join(sorted(name for name in names if name))[:200]
        message = (
            f"{path} needs a column 'text', and 'decision' or 'score' of the old service, with"
            f" commas between them; it has: {present}"
        )
    raise BadLabels(message)


def _check_both(path: Path, held: Sequence[bool]) -> None:
    if not held:
        message = f"{path} has in no row what the old service said"
        raise BadLabels(message)
    if all(held) or not any(held):
        which = "every comment" if all(held) else "no comment"
        message = f"{path}: the old service held {which}, so there is no share to match"
        raise BadLabels(message)


def _decision(row: Row) -> float:
    value = row.value(DECISION)
    if value in EMPTY:
        return math.nan
    if (decision := _DECISIONS.get(str(value).casefold())) is not None:
        return decision
    message = (
        f"{row.place(DECISION)}: {value!r} is no decision; right is held (or {', '.join(_HELD)}),"
        f" passed (or {', '.join(_PASSED)}), or empty"
    )
    raise BadLabels(message)


def _score(row: Row) -> float:
    value = row.value(SCORE)
    if value in EMPTY:
        return math.nan
    try:
        score = float(value) if isinstance(value, str | int | float) else math.nan
    except (ValueError, OverflowError):
        score = math.nan
    if not math.isfinite(score):
        message = f"{row.place(SCORE)}: {value!r} is no score; right is a number as 0.93, or empty"
        raise BadLabels(message)
    return score
