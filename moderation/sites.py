"""A site: its name and origins, and what it takes as a comment."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from characters.hidden import is_visible_line
from characters.length import length_of
from moderation.choices.site_languages import ENGLISH_ONLY, SiteLanguages
from moderation.choices.suspect_words import NO_WORDS, SuspectWords
from moderation.comments import MAX_TEXT, MAX_TITLE, InvalidComment, Submission
from moderation.limits.rates import is_rate
from moderation.pages.origins import is_listed, listed_origin, origin_of
from moderation.policy import DEFAULT, SitePolicy

_NAME = re.compile(r"[a-z0-9-]{1,40}")
MAX_KEY_NAME = 80
NO_LIMIT = "off"
_SHORTEST_SECRET, _LONGEST_SECRET = 16, 200


class InvalidSite(ValueError):
    """The value can be none of a site; the sentence says what could be one."""


class SiteNotFound(LookupError):
    """No site has this name."""


class SiteExists(ValueError):
    """A site has this name already."""


class SiteKeyNotFound(LookupError):
    """The site has no key of this name."""


class SiteKeyExists(ValueError):
    """The site has a key of this name already."""


class CoralSecretNotFound(LookupError):
    """The site has no secret of Coral by this number."""


class CoralSecretExists(ValueError):
    """The site has this secret of Coral already."""


class KeyScope(StrEnum):
    """What a key lets its holder do."""

    SUBMIT = "submit"  # comments; and all that SCORE does
    SCORE = "score"  # ask for scores, and say what a text is: for programs that others wrote


DEFAULT_KEY = "default"  # the name of a key that was given none
DEFAULT_KEYS = {KeyScope.SUBMIT: DEFAULT_KEY, KeyScope.SCORE: "score"}


@dataclass(frozen=True, slots=True)
class SiteKey:
    """A key of a site's servers; only its hash is kept.

    Attributes:
        id: Storage's own number, never shown.
        name: What the site's people call it.
        key_hash: Of the key.
        created_at: When it was made.
        last_used_at: When it let somebody in, to the minute; None: never yet.
        scope: What it lets its holder do.
    """

    id: int
    name: str
    key_hash: str
    created_at: datetime
    last_used_at: datetime | None = None
    scope: KeyScope = KeyScope.SUBMIT


@dataclass(frozen=True, slots=True)
class SiteRates:
    """How often may be submitted, as "30 per minute" or NO_LIMIT; None: as the server has it.

    Attributes:
        submit: By one reader's address.
        key: By all of the site's servers together.
    """

    submit: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A website that takes comments here.

    Attributes:
        id: Storage's own number, never shown.
        name: Its name in URLs and commands.
        title: What people call it.
        origins: Where its pages are, as browsers spell them.
        policy: What it changes of the default policy.
        max_text: How many characters a comment may have.
        rates: How often readers and its servers may submit.
        languages: Those that are written on its pages.
        suspects: The words that make a comment wait.
        keys: Those that its servers submit by, the oldest first.
        coral_secrets: By which its Coral signs, the oldest first.
    """

    id: int
    name: str
    title: str
    origins: tuple[str, ...]
    policy: SitePolicy = DEFAULT
    max_text: int = MAX_TEXT
    rates: SiteRates = SiteRates()
    languages: SiteLanguages = ENGLISH_ONLY
    suspects: SuspectWords = NO_WORDS
    keys: tuple[SiteKey, ...] = ()
    coral_secrets: tuple[str, ...] = field(default=(), repr=False)

    def owns(self, url: str) -> bool:
        """Whether the address is on one of the site's origins."""
        return self.lists(origin_of(url))

    def lists(self, origin: str | None) -> bool:
        """Whether the origin, as a browser sends it, is one of the site's."""
        return is_listed(origin, self.origins)

    def admit(self, submission: Submission) -> None:
        """Raise InvalidComment where the site is stricter than Parley itself."""
        length = length_of(submission.text)
        if length > self.max_text:
            sentence = f"text has {length:,} characters, this site allows {self.max_text:,}"
            raise InvalidComment(sentence, field="text")


def site_name(value: str) -> str:
    """Return the name as it is, or raise InvalidSite."""
    if not _NAME.fullmatch(value):
        sentence = (
            f"a site's name is 1 to 40 of a-z, 0-9 and -, for example my-paper, not {value!r}"
        )
        raise InvalidSite(sentence)
    return value


def site_title(value: str) -> str:
    """Return the title without spaces around it, or raise InvalidSite."""
    title = value.strip()
    if not is_visible_line(title) or length_of(title) > MAX_TITLE:
        sentence = f"a site's title is 1 to {MAX_TITLE} visible characters in one line"
        raise InvalidSite(sentence)
    return title


def site_origins(values: Iterable[str]) -> tuple[str, ...]:
    """Return the origins as browsers send them, each once, or raise InvalidSite."""
    origins = [_site_origin(value) for value in values]
    if not origins:
        sentence = "a site has at least one origin, such as https://my-paper.example"
        raise InvalidSite(sentence)
    return tuple(dict.fromkeys(origins))


def site_max_text(value: int) -> int:
    """Return the longest text of a comment as it is, or raise InvalidSite."""
    if not 1 <= value <= MAX_TEXT:
        sentence = f"the longest text must be a whole number from 1 to {MAX_TEXT}"
        raise InvalidSite(sentence)
    return value


def site_rate(value: str) -> str | None:
    """Return a rate or NO_LIMIT; None for the empty text. Raises InvalidSite."""
    rate = value.strip().lower()
    if rate and rate != NO_LIMIT and not is_rate(rate):
        sentence = "a rate is a number and a time, as '30 per minute', or 'off' for no limit"
        raise InvalidSite(sentence)
    return rate or None


def site_key_name(value: str) -> str:
    """Return the name of a key without spaces around it, or raise InvalidSite."""
    name = value.strip()
    if not is_visible_line(name) or length_of(name) > MAX_KEY_NAME:
        sentence = f"a key's name is 1 to {MAX_KEY_NAME} visible characters in one line"
        raise InvalidSite(sentence)
    return name


def coral_secret(value: str) -> str:
    """Return a secret as Coral shows it, without spaces around it, or raise InvalidSite."""
    secret = value.strip()
    if not (_SHORTEST_SECRET <= len(secret) <= _LONGEST_SECRET and secret.isascii()):
        sentence = (
            f"Coral's signing secret has {_SHORTEST_SECRET} to {_LONGEST_SECRET} ASCII characters:"
            " copy it from the phase's page in Coral"
        )
        raise InvalidSite(sentence)
    return secret


def _site_origin(value: str) -> str:
    origin = listed_origin(value)
    if origin is None:
        sentence = (
            "an origin is http(s)://host[:port] without user name and path, as https://example.org;"
            f" https://*.example.org is any subdomain of example.org; not {value!r}"
        )
        raise InvalidSite(sentence)
    return origin
