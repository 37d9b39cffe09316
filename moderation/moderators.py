"""A moderator: a person who may decide, and what can be wrong with signing in."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

MAX_NAME = 80


class InvalidModerator(ValueError):
    """A moderator's name is not one; the sentence says what would be."""


class ModeratorExists(ValueError):
    """A moderator has this name already."""


class ModeratorNotFound(LookupError):
    """No moderator has this name."""


class SignedOut(PermissionError):
    """No session, or one that has ended."""


class LinkSpent(PermissionError):
    """A sign-in link that was used, replaced or is too old, or never was one."""


class WrongPassword(PermissionError):
    """The name and the password do not belong together; which is wrong is not told."""


@dataclass(frozen=True, slots=True)
class Moderator:
    """A person who may decide. `id` is storage's own number, never shown."""

    id: int
    name: str
    has_password: bool
    created_at: datetime


def moderator_name(value: str) -> str:
    """The name in NFC without spaces around it, or InvalidModerator."""
    name = unicodedata.normalize("NFC", value).strip()
    if not 1 <= len(name) <= MAX_NAME or not name.isprintable():
        sentence = f"a moderator's name is 1 to {MAX_NAME} visible characters in one line"
        raise InvalidModerator(sentence)
    return name
