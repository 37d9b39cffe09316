"""Change one's own comment: what may be changed, for how long, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from moderation.comments import (
    MAX_NAME,
    MAX_TEXT,
    Comment,
    InvalidComment,
    Status,
    storable_line,
    storable_text,
)

EDITABLE = (Status.PENDING, Status.APPROVED, Status.FLAGGED)
DEFAULT_EDIT_MINUTES = 5
MAX_EDIT_MINUTES = 1_440


class EditRefused(ValueError):
    """The comment can no longer be changed: the sentence says why."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What an author gives in place of what they wrote, checked."""

    name: str
    text: str

    @classmethod
    def parse(cls, fields: Mapping[str, object], comment: Comment) -> "Edit":
        """Read a new text, and a name where one is given.

        Raises:
            InvalidComment: Nothing is given, or one of them is too long or no text.
        """
        if fields.get("text") is None and fields.get("name") is None:
            sentence = "give the new text, or a new name"
            raise InvalidComment(sentence, field="text")
        has_name, has_text = (fields.get(field) is not None for field in ("name", "text"))
        return cls(
            storable_line(fields, "name", MAX_NAME) if has_name else comment.name,
            storable_text(fields, "text", MAX_TEXT) if has_text else comment.text,
        )


@dataclass(frozen=True, slots=True)
class EarlierText:
    """What a comment said before its author changed it.

    Attributes:
        version: The comment's last one with this text.
        replaced_at: When it was changed.
    """

    version: int
    name: str
    text: str
    replaced_at: datetime


def edit_deadline(comment: Comment, minutes: int) -> datetime | None:
    """Until when its author may change it by its age and status; None: never."""
    if minutes == 0 or comment.is_staff or comment.status not in EDITABLE:
        return None
    return comment.submitted_at + timedelta(minutes=minutes)


def check_may_edit(comment: Comment, minutes: int, now: datetime) -> None:
    """Raise EditRefused where it is too late, or nothing is left to change."""
    if minutes == 0:
        sentence = "this site lets nobody change a comment"
        raise EditRefused(sentence)
    deadline = edit_deadline(comment, minutes)
    if deadline is None:
        sentence = (
            "a comment that was not published, or is erased, cannot be changed: send a new one"
        )
        raise EditRefused(sentence)
    if now > deadline:
        sentence = f"this site lets a comment be changed for {minutes} min: that time is over"
        raise EditRefused(sentence)
