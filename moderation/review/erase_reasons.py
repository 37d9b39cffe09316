"""Why a moderator erases a comment."""

from enum import StrEnum


class EraseReason(StrEnum):
    """Why a moderator erases; chosen, so that nobody writes the text of the comment there."""

    REQUESTED = "author_asked"
    PERSONAL = "personal_details"
    UNLAWFUL = "unlawful"
    OTHER = "other"
