"""The words of reviewing: why a moderator rejects, notes, and who holds a card."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from characters.hidden import has_visible

MAX_NOTE = 1_000
REOPENED = "reopened"  # the rule in a decision that puts a comment back into the queue


class RejectReason(StrEnum):
    """Why a moderator rejects, in the order of the keys 1 to 7."""

    SPAM = "spam"
    ABUSE = "abuse"
    HATE = "hate"
    THREAT = "threat"
    OFF_TOPIC = "off-topic"
    ILLEGAL = "illegal"
    OTHER = "other"


class InvalidNote(ValueError):
    """A note that cannot be kept; the sentence says what would be."""

    field = "note"


class HoldLost(ValueError):
    """The card is held by somebody else now, or by nobody."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a moderator wrote about a comment, for other moderators."""

    by: str
    text: str
    written_at: datetime


def note_text(value: str) -> str:
    """The note without spaces around it, or InvalidNote."""
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").strip()
    refused = any(unicodedata.category(each) in ("Cc", "Cs") for each in text if each not in "\n\t")
    if refused or not has_visible(text) or len(text) > MAX_NOTE:
        sentence = f"a note is 1 to {MAX_NOTE:,} characters of plain text"
        raise InvalidNote(sentence)
    return text
