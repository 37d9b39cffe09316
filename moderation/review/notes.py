"""Why a moderator rejects, and the notes that moderators leave one another."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from characters.hidden import has_visible
from characters.length import MOST_PARTS, length_up_to
from characters.normal_forms import normalised

MAX_NOTE = 1_000
REOPENED = "reopened"  # the rule in a decision that puts a comment back into the queue


class RejectReason(StrEnum):
    """Why a moderator rejects a comment, in the order of the keys 1 to 7."""

    SPAM = "spam"
    ABUSE = "abuse"
    HATE = "hate"
    THREAT = "threat"
    OFF_TOPIC = "off-topic"
    ILLEGAL = "illegal"
    OTHER = "other"


class InvalidNote(ValueError):
    """The text is no note; the sentence says what is one."""

    field = "note"


class CardLeaseLost(ValueError):
    """The moderator does not hold the card any more: somebody else may."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a moderator wrote about a comment, for other moderators."""

    by: str
    text: str
    written_at: datetime


def note_text(value: str) -> str:
    """Return the note in NFC without spaces around it, or raise InvalidNote."""
    text = value.replace("\r\n", "\n").strip()
    if len(text) <= MOST_PARTS * MAX_NOTE:  # what is surely too long is not read
        text = normalised("NFC", text)
    categories = {unicodedata.category(character) for character in text if character not in "\n\t"}
    if (
        categories & {"Cc", "Cs"}
        or not has_visible(text)
        or length_up_to(text, MAX_NOTE) > MAX_NOTE
    ):
        sentence = f"a note is 1 to {MAX_NOTE:,} characters of plain text"
        raise InvalidNote(sentence)
    return text
