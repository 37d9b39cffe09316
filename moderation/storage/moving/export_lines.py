"""The lines of an export: every field by its name, so that none leaves by accident."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from moderation.policy import ATTRIBUTES
from moderation.storage.schema.comments import name_score

SCORES = [*ATTRIBUTES, *map(name_score, ATTRIBUTES)]


def page_line(row: Row[Any]) -> dict[str, object]:
    """A page, with the one to which its comments were moved."""
    line = {"type": "page", "key": row.key, "url": row.url, "title": row.title}
    return line | ({"moved_to": row.moved_to} if row.moved_to else {})


def comment_line(row: Row[Any], earlier: Sequence[Row[Any]] = ()) -> dict[str, object]:
    """A comment, with its scores and what it said before its author changed it."""
    line = {
        "type": "comment",
        "id": row.public_id,
        "page": row.key,
        "parent": row.parent,
        "name": row.name,
        "text": row.text,
        "status": row.status,
        "version": row.version,
        "submitted_at": _time(row.submitted_at),
        "automatic_status": row.automatic_status,
        "section": row.section,
        "max_score": row.max_score,
        "uncertainty": row.uncertainty,
        "staff": row.staff,
    }
    if row.arrived_at is not None:
        line["arrived_at"] = _time(row.arrived_at)
    for name in ("pinned_at", "unseen_since"):
        if (moment := row._mapping[name]) is not None:
            line[name] = _time(moment)
    if row.edited_at is not None:
        line |= {"edited_at": _time(row.edited_at), "earlier_texts": [*map(_earlier, earlier)]}
    return line | ({} if row.model is None else {"scores": _scores(row)})


def _earlier(row: Row[Any]) -> dict[str, object]:
    return {
        "version": row.version,
        "name": row.name,
        "text": row.text,
        "replaced_at": _time(row.replaced_at),
    }


def _scores(row: Row[Any]) -> dict[str, object]:
    values = {name: row._mapping[f"score_{name}"] for name in SCORES}
    return {
        "model": row.model,
        **{key: value for key, value in values.items() if value is not None},
    }


def decision_line(row: Row[Any], comment: str) -> dict[str, object]:
    """A decision about the comment with this public id."""
    return {
        "type": "decision",
        "comment": comment,
        "version": row.version,
        "actor": row.actor,
        "moderator": row.moderator,
        "from": row.from_status,
        "to": row.to_status,
        "reasons": row.reasons,
        "at": _time(row.decided_at),
    }


def label_line(row: Row[Any], comment: str | None) -> dict[str, object]:
    """A label of the comment with this public id, or of a text."""
    subject = {"text": row.text} if comment is None else {"comment": comment}
    return {
        "type": "label",
        **subject,
        "attribute": row.attribute,
        "value": row.value,
        "weight": row.weight,
        "source": row.source,
        "created_at": _time(row.created_at),
    }


def _time(moment: datetime) -> str:
    return moment.isoformat()
