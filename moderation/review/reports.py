"""A report: a reader's complaint about an approved comment."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from moderation.comments import InvalidComment, storable_text

MAX_TEXT = 1_000


class Reason(StrEnum):
    """Why a reader reports a comment."""

    SPAM = "spam"
    ABUSE = "abuse"
    OFF_TOPIC = "off-topic"
    ILLEGAL = "illegal"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Report:
    """What a reader says against a comment, checked."""

    reason: Reason
    text: str | None = None

    @classmethod
    def parse(cls, fields: Mapping[str, object]) -> "Report":
        """Parse the fields of a report; raises InvalidComment for the first that is wrong."""
        reason = fields.get("reason")
        if reason not in tuple(Reason):
            sentence = f"reason must be one of {', '.join(Reason)}"
            raise InvalidComment(sentence, field="reason")
        text = None
        if fields.get("text") not in (None, ""):
            text = storable_text(fields, "text", MAX_TEXT)
        return cls(Reason(str(reason)), text)
