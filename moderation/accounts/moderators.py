"""A moderator: a person who may decide or look, where, and what can be wrong with signing in."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from characters.hidden import is_visible_line

MAX_NAME = 80
MAX_EMAIL = 254


class Role(StrEnum):
    """What a person may do."""

    ADMIN = "admin"  # everything, on every site: people too
    MODERATOR = "moderator"  # decide
    VIEWER = "viewer"  # look


class InvalidModerator(ValueError):
    """A moderator's name is not one; the sentence says what would be."""


class ModeratorExists(ValueError):
    """A moderator has this name or e-mail address already."""


class LastAdmin(ValueError):
    """Without this one nobody could look after the people here."""

    def __init__(self) -> None:
        super().__init__("somebody must stay an active admin: make another one first")


class NotAllowed(PermissionError):
    """The moderator's role does not reach that far; the sentence says whom to ask."""


class ModeratorNotFound(LookupError):
    """No moderator has this name, or is known by this address."""


class SignedOut(PermissionError):
    """No session, or one that has ended."""


class LinkSpent(PermissionError):
    """A sign-in link that was used, replaced or is too old, or never was one."""


class WrongPassword(PermissionError):
    """The name and the password do not belong together; which is wrong is not told."""


class WrongToken(PermissionError):
    """No token of a moderator who may come in."""


class NotInvited(PermissionError):
    """The provider vouches for somebody who is no moderator here, or not for their address."""


class NotVouched(PermissionError):
    """The provider's answer is not one to what was asked, or says no."""


class CodeNeeded(PermissionError):
    """Half a session: the password was right, the second factor is still missing."""


class WrongCode(PermissionError):
    """Not a code of this moderator's second factor, or one that was used already."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What somebody may see and decide: the sites by name, None for every one."""

    sites: frozenset[str] | None
    decides: bool = True

    def includes(self, site: str) -> bool:
        """Whether the site is one of those."""
        return self.sites is None or site in self.sites

    def check_decides(self) -> None:
        """Raises NotAllowed for who may only look."""
        if not self.decides:
            sentence = "viewers look and do not decide: an admin can change your role"
            raise NotAllowed(sentence)


EVERYTHING = Reach(None)


@dataclass(frozen=True, slots=True)
class Moderator:
    """A person here. `id` is storage's own number, never shown; `sites` None means every one."""

    id: int
    name: str
    has_password: bool
    created_at: datetime
    role: Role = Role.MODERATOR
    sites: frozenset[str] | None = None
    active: bool = True
    has_second_factor: bool = False
    email: str | None = None

    @property
    def reach(self) -> Reach:
        """What this person may see and decide."""
        if self.role is Role.ADMIN:
            return EVERYTHING
        return Reach(self.sites, decides=self.role is Role.MODERATOR)

    def check_admin(self) -> None:
        """Raises NotAllowed for everyone but an admin."""
        if self.role is not Role.ADMIN:
            sentence = "this page is for admins: `parley moderator list` on the server names them"
            raise NotAllowed(sentence)


def moderator_name(value: str) -> str:
    """The name in NFC without spaces around it, or InvalidModerator."""
    name = unicodedata.normalize("NFC", value).strip()
    if not 1 <= len(name) <= MAX_NAME or not is_visible_line(name):
        sentence = f"a moderator's name is 1 to {MAX_NAME} visible characters in one line"
        raise InvalidModerator(sentence)
    return name


def moderator_email(value: str) -> str | None:
    """The address as providers of sign-in are asked for it, None for none; InvalidModerator."""
    email = value.strip().lower()
    if not email:
        return None
    name, at, host = email.partition("@")
    if not (name and at and host) or len(email) > MAX_EMAIL or not _is_plain(email):
        sentence = f"an e-mail address is name@host, at most {MAX_EMAIL} characters"
        raise InvalidModerator(sentence)
    return email


def _is_plain(value: str) -> bool:
    return value.isprintable() and " " not in value and value.count("@") == 1
