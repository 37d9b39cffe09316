"""What is staged of each record, checked as what readers submit is checked."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from characters.hidden import has_visible, is_visible_line, without_controls
from characters.length import length_of
from moderation.comments import MAX_NAME, MAX_TEXT, Status, page_title
from moderation.imports.fields import storable
from moderation.imports.records import (
    ParleyRow,
    RefusedRow,
    SourceAuthor,
    SourceComment,
    SourceLabel,
    SourcePage,
    SourceRecord,
    UnreadableRow,
)
from moderation.storage.moving.parley_rows import check_parley_row
from moderation.storage.schema.column_types import EPOCH

StagedRow = tuple[Any, ...]
StagedRows = dict[str, list[StagedRow]]  # by the tables that they are staged in
_NO_NAME = "Anonymous"
_CLOCKS_DIFFER = timedelta(days=1)
_MICROSECOND = timedelta(microseconds=1)


def staged_row(record: SourceRecord, now: datetime) -> tuple[str, StagedRow]:
    """Return the table that a record is staged in, and its row; raises UnreadableRow."""
    match record:
        case SourceComment():
            return "comments", _comment_row(record, now)
        case SourcePage(page_id, url, title, moved_to):
            return "pages", (storable(page_id), storable(url), page_title(title), moved_to)
        case SourceAuthor(author_id, name, email):
            return "authors", (storable(author_id), _one_line(name), email and storable(email))
        case SourceLabel(comment, attribute, value, weight):
            return "labels", (storable(comment), attribute, value, weight)
        case RefusedRow(place, row_id, problem):
            return "refused", (place, storable(row_id), storable(problem))
    check_parley_row(record)
    return "parley", (record.kind, record.comment, json.dumps(record.fields))


def refused_row(record: SourceRecord, problem: UnreadableRow) -> StagedRow:
    """Return the row that says why a record cannot come."""
    if isinstance(record, SourceComment):
        return (record.place, storable(record.id), str(problem))
    assert isinstance(record, ParleyRow)  # noqa: S101 nothing else is checked
    return (record.kind, record.comment or "", str(problem))


def microseconds(moment: datetime) -> int:
    """Return a moment as the database keeps it."""
    return (moment - EPOCH) // _MICROSECOND


def moment_of(number: int) -> datetime:
    """Return the moment of so many microseconds."""
    return EPOCH + timedelta(microseconds=number)


def _comment_row(comment: SourceComment, now: datetime) -> StagedRow:
    if not EPOCH <= comment.submitted_at <= now + _CLOCKS_DIFFER:
        sentence = f"its time {comment.submitted_at:%Y-%m-%d} is before 1970 or in the future"
        raise UnreadableRow(sentence)
    is_erased = comment.status is Status.ERASED
    return (
        storable(comment.id),
        comment.place,
        storable(comment.page),
        comment.author and storable(comment.author),
        comment.parent and storable(comment.parent),
        "" if is_erased else _name(comment),
        "" if is_erased else _text(comment.text),
        str(comment.status),
        microseconds(comment.submitted_at),
        comment.address,
        comment.email and storable(comment.email),
        None if comment.state is None else _state(comment.state),
    )


def _state(fields: Mapping[str, object]) -> str:
    return json.dumps({key: value for key, value in fields.items() if key not in ("name", "text")})


def _text(value: str) -> str:
    text = storable(value)
    if not has_visible(text):
        sentence = "nothing of its text can be read"
        raise UnreadableRow(sentence)
    if len(text) > MAX_TEXT and (length := length_of(text)) > MAX_TEXT:
        sentence = f"its text has {length:,} characters, at most {MAX_TEXT:,} are allowed"
        raise UnreadableRow(sentence)
    return text


def _name(comment: SourceComment) -> str:
    name = storable(comment.name)
    is_ours = comment.state is not None and is_visible_line(name) and length_of(name) <= MAX_NAME
    return name if is_ours else _one_line(name)


def _one_line(value: str) -> str:
    name = without_controls(" ".join(storable(value).split()))
    if not has_visible(name):
        return _NO_NAME
    return name if length_of(name) <= MAX_NAME else f"{name[: MAX_NAME - 1].rstrip()}…"
