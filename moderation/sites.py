"""A site: its name and origins, and what it takes as a comment."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from characters.hidden import is_visible_line
from characters.length import length_of
from moderation.comments import MAX_TEXT, MAX_TITLE, InvalidComment, Submission
from moderation.pages.origins import is_listed, listed_origin, origin_of
from moderation.policy import DEFAULT, SitePolicy

_NAME = re.compile(r"[a-z0-9-]{1,40}")


class InvalidSite(ValueError):
    """The text is no name or origin of a site; the sentence says what is one."""


class SiteNotFound(LookupError):
    """No site has this name."""


class SiteExists(ValueError):
    """A site has this name already."""


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
        key_hash: Of the key that its servers submit by; None where it has none.
    """

    id: int
    name: str
    title: str
    origins: tuple[str, ...]
    policy: SitePolicy = DEFAULT
    max_text: int = MAX_TEXT
    key_hash: str | None = None

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
    return tuple(dict.fromkeys(origins))


def _site_origin(value: str) -> str:
    origin = listed_origin(value)
    if origin is None:
        sentence = (
            "an origin is http(s)://host[:port] without user name and path, as https://example.org;"
            f" https://*.example.org is any subdomain of example.org; not {value!r}"
        )
        raise InvalidSite(sentence)
    return origin
