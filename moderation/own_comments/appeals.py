"""An author asks a moderator, once, to look again at a comment that was not published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from moderation.comments import Status, storable_text

MAX_APPEAL = 500  # characters of what an author says, and of what a moderator answers


class AppealRefused(ValueError):
    """Nobody can appeal for this comment: the sentence says why."""


@dataclass(frozen=True, slots=True)
class Appeal:
    """What an author said, and what came of it.

    Attributes:
        decided_at: None while it waits.
        status: What the moderator made of the comment; None while it waits.
        answer: What the moderator wrote to the author, if anything.
    """

    text: str
    appealed_at: datetime
    decided_at: datetime | None = None
    status: Status | None = None
    answer: str | None = None


def appeal_text(fields: Mapping[str, object]) -> str:
    """Return why the comment should be published; raises InvalidComment."""
    return storable_text(fields, "text", MAX_APPEAL)


def appeal_answer(fields: Mapping[str, object]) -> str | None:
    """Return what a moderator writes to the author, None where they write nothing.

    Raises:
        InvalidComment: It is too long, or no text.
    """
    given = fields.get("answer")
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    return storable_text(fields, "answer", MAX_APPEAL)
