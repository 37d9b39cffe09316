"""A moderator: role, sites and name; and what can be wrong with signing in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from characters.hidden import is_visible_line
from characters.length import length_up_to
from characters.normal_forms import normalised
from moderation.accounts.email_addresses import email_address

MAX_NAME = 80
_LONGEST_KEY = 18 * MAX_NAME  # characters: one becomes at most 18 in NFKC


class Role(StrEnum):
    """What a moderator may do."""

    ADMIN = "admin"  # everything, on every site; other moderators too
    MODERATOR = "moderator"  # decide
    VIEWER = "viewer"  # look


class InvalidModerator(ValueError):
    """The text is no name for a moderator; the sentence says what is one."""


class ModeratorExists(ValueError):
    """A moderator has this name or e-mail address already."""


class AlreadyActive(ValueError):
    """The moderator can sign in, so that a link to do it in their name is not made."""

    def __init__(self) -> None:
        super().__init__(
            "this account is active, and a new sign-in link would open it to whoever has the link:"
            " a reset makes one, and signs the account out everywhere first"
        )


class LastAdmin(ValueError):
    """The change would leave no active admin."""

    def __init__(self) -> None:
        super().__init__("somebody must stay an active admin: make another one first")


class NotAllowed(PermissionError):
    """The moderator's role does not allow this; the sentence says whom to ask."""


class ModeratorNotFound(LookupError):
    """No moderator has this name or this e-mail address."""


class SignedOut(PermissionError):
    """There is no such session, or it has ended."""


class SignInLinkExpired(PermissionError):
    """The sign-in link was used, replaced or is too old, or never was one."""


class WrongPassword(PermissionError):
    """Name and password do not belong together; which of the two is wrong stays secret."""


class WrongToken(PermissionError):
    """It is no API token of an active moderator."""


class UnknownIdentity(PermissionError):
    """No moderator has the address that the provider sent, or it is not verified."""


class ProviderRefused(PermissionError):
    """The provider refused the sign-in, or its answer belongs to another request."""


class SecondFactorRequired(PermissionError):
    """It is half a session: the second factor is still missing."""


class WrongCode(PermissionError):
    """It is no code of this moderator's second factor, or it was used already."""


@dataclass(frozen=True, slots=True)
class AccessScope:
    """What somebody may see and decide.

    Attributes:
        sites: The names of the sites; None means every one.
        may_decide: Whether they may decide, or only look.
        site_key: The key by which a site's server asks, as the audit log names it; None for a
            moderator.
    """

    sites: frozenset[str] | None
    may_decide: bool = True
    site_key: str | None = None

    def includes(self, site: str) -> bool:
        """Whether the site with this name is one of them."""
        return self.sites is None or site in self.sites

    def overlaps(self, other: "AccessScope") -> bool:
        """Whether there is, or may be, a site that both include."""
        return self.sites is None or other.sites is None or bool(self.sites & other.sites)

    def check_may_decide(self) -> None:
        """Raise NotAllowed for somebody who may only look."""
        if not self.may_decide and self.site_key is not None:
            sentence = "this key may read, not decide: `parley site key NAME --scope moderate`"
            raise NotAllowed(sentence)
        if not self.may_decide:
            sentence = "viewers look and do not decide: an admin can change your role"
            raise NotAllowed(sentence)


ALL_SITES = AccessScope(None)


@dataclass(frozen=True, slots=True)
class Moderator:
    """A moderator. `id` is storage's own number, never shown; `sites` None means every one."""

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
    def scope(self) -> AccessScope:
        """What this moderator may see and decide."""
        if self.role is Role.ADMIN:
            return ALL_SITES
        return AccessScope(self.sites, may_decide=self.role is Role.MODERATOR)

    def check_admin(self) -> None:
        """Raise NotAllowed for everyone but an admin."""
        if self.role is not Role.ADMIN:
            sentence = "this page is for admins: `parley moderator list` on the server names them"
            raise NotAllowed(sentence)


def sign_in_link(public_url: str, token: str) -> str:
    """Return the address where a moderator signs in once, without a password."""
    return f"{public_url}/moderate/link/{token}"


def moderator_name(value: str) -> str:
    """Return the name in NFC without spaces around it, or raise InvalidModerator."""
    name = value.strip()
    if length_up_to(name, MAX_NAME) <= MAX_NAME:
        name = normalised("NFC", name).strip()
    if not 1 <= length_up_to(name, MAX_NAME) <= MAX_NAME or not is_visible_line(name):
        sentence = f"a moderator's name is 1 to {MAX_NAME} visible characters in one line"
        raise InvalidModerator(sentence)
    return name


def name_key(name: str) -> str:
    """Return what names are compared by: two that only look different have the same.

    Full-width letters, ligatures, the Kelvin sign and letters of both cases are folded (NFKC and
    the full case folding of Unicode, twice, since each can undo the other). What is too long to be
    anybody's stays as it is: strangers send names, and may send many thousand characters.
    """
    if len(name) > _LONGEST_KEY:
        return name
    for _ in range(2):
        name = normalised("NFKC", name).casefold()
    return normalised("NFKC", name).strip()


def moderator_email(value: str) -> str | None:
    """Return the address in lower case, or None for an empty text; raises InvalidEmailAddress."""
    return email_address(value).lower() if value.strip() else None
