"""Decisions, labels and scores as lines of Parley's own files: written, checked and read again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from moderation.comments import Actor, QueueSection, Status
from moderation.imports.fields import Row, optional_text, text_of
from moderation.imports.moments import moment
from moderation.imports.records import ParleyRow, UnreadableRow
from moderation.labels import InvalidLabel, Label, LabelSource
from moderation.policy import ATTRIBUTES, Part, Reason
from moderation.storage.schema.comments import name_score


@dataclass(frozen=True, slots=True)
class KeptDecision:
    """A decision of another time; `moderator` is a name."""

    version: int
    actor: Actor
    moderator: str | None
    from_status: Status
    to_status: Status
    reasons: tuple[Reason, ...]
    decided_at: datetime


def check_parley_row(row: ParleyRow) -> None:
    """Raise UnreadableRow where the line has no decision and no label."""
    if row.kind == "decision":
        kept_decision(row.fields)
    else:
        kept_label(row.fields, row.comment)


def kept_decision(fields: Row) -> KeptDecision:
    """Read a decision; raises UnreadableRow."""
    try:
        return KeptDecision(
            version=_whole_number(fields, "version"),
            actor=Actor(text_of(fields, "actor")),
            moderator=optional_text(fields, "moderator"),
            from_status=Status(text_of(fields, "from")),
            to_status=Status(text_of(fields, "to")),
            reasons=_reasons(fields.get("reasons")),
            decided_at=moment(fields.get("at")),
        )
    except (ValueError, TypeError) as error:
        sentence = f"this is no decision of Parley: {error}"
        raise UnreadableRow(sentence) from error


def kept_label(fields: Row, comment: str | None) -> tuple[Label, datetime]:
    """Read a label, and when it was given; raises UnreadableRow."""
    try:
        label = Label(
            text=None if comment is not None else text_of(fields, "text"),
            attribute=text_of(fields, "attribute"),
            value=_number(fields, "value"),
            source=LabelSource(text_of(fields, "source")),
            weight=_number(fields, "weight"),
            comment=comment,
        )
    except (ValueError, InvalidLabel) as error:
        sentence = f"this is no label of Parley: {error}"
        raise UnreadableRow(sentence) from error
    return label, moment(fields.get("created_at"))


def state_columns(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a comment that only Parley's own file has; what is wrong is left out.

    Args:
        state: The line of the comment.
    """
    version, automatic = state.get("version"), state.get("automatic_status")
    section = state.get("section")
    return {
        "version": version if isinstance(version, int) and 0 < version < 2**31 else 1,
        "automatic_status": automatic if automatic in set(Status) else None,
        "section": section if section in set(QueueSection) else QueueSection.IN_DOUBT,
        "max_score": _score(state.get("max_score")) or 0.0,
        "uncertainty": _score(state.get("uncertainty")) or 0.0,
        "arrived_at": _known_moment(state.get("arrived_at")),
        "edited_at": _known_moment(state.get("edited_at")),
        "unseen_since": _known_moment(state.get("unseen_since")),
        "pinned_at": _known_moment(state.get("pinned_at")),
    }


def earlier_columns(state: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the columns of what the comment said before; what is wrong is left out."""
    rows = state.get("earlier_texts")
    by_version = {}
    for row in rows if isinstance(rows, list) else ():
        try:
            version = _whole_number(row, "version")
            by_version[version] = {
                "version": version,
                "name": text_of(row, "name"),
                "text": text_of(row, "text"),
                "replaced_at": moment(row.get("replaced_at")),
            }
        except (ValueError, TypeError, AttributeError):
            continue
    return list(by_version.values())


def score_columns(state: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the columns of a comment's scores; None where the line has none."""
    scores = state.get("scores")
    if not isinstance(scores, dict) or not isinstance(scores.get("model"), str):
        return None
    columns = [*ATTRIBUTES, *map(name_score, ATTRIBUTES)]
    return {"model": scores["model"][:80], **{name: _score(scores.get(name)) for name in columns}}


def _reasons(value: object) -> tuple[Reason, ...]:
    rows = value if isinstance(value, list) else []
    return tuple(
        Reason(
            text_of(row, "rule"),
            _score(row.get("score")),
            _score(row.get("threshold")),
            Part(row.get("part") or Part.TEXT),
            optional_text(row, "language"),
        )
        for row in rows
    )


def _score(value: object) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and 0 <= value <= 1 else None  # type: ignore


def _known_moment(value: object) -> datetime | None:
    try:
        return None if value is None else moment(value)
    except UnreadableRow:
        return None


def _number(fields: Row, name: str) -> float:
    value = _score(fields.get(name))
    if value is None:
        sentence = f"{name} must be a number from 0 to 1"
        raise ValueError(sentence)
    return value


def _whole_number(fields: Row, name: str) -> int:
    value = fields.get(name)
    if not isinstance(value, int) or not 0 < value < 2**31:
        sentence = f"{name} must be a whole number from 1"
        raise ValueError(sentence)
    return value
