"""What may be written into the fields of a site."""

import re
from collections.abc import Iterable

from characters.hidden import is_visible_line
from characters.length import length_up_to
from moderation.comments import MAX_TEXT, MAX_TITLE
from moderation.limits.rates import is_rate
from moderation.own_comments.edits import MAX_EDIT_MINUTES
from moderation.pages.origins import listed_origin

_NAME = re.compile(r"[a-z0-9-]{1,40}")
MAX_KEY_NAME = 80
NO_LIMIT = "off"
_SHORTEST_SECRET, _LONGEST_SECRET = 16, 200


class InvalidSite(ValueError):
    """The value can be none of a site; the sentence says what could be one."""


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
    if not is_visible_line(title) or length_up_to(title, MAX_TITLE) > MAX_TITLE:
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


def site_edit_minutes(value: int) -> int:
    """Return how long an author may change a comment as it is, or raise InvalidSite."""
    if not 0 <= value <= MAX_EDIT_MINUTES:
        sentence = (
            f"the minutes to change a comment must be a whole number, 0 to {MAX_EDIT_MINUTES}"
        )
        raise InvalidSite(sentence)
    return value


def check_reader_mail(*, is_on: bool, has_mail_server: bool) -> None:
    """Raise InvalidSite where readers could not be mailed."""
    if is_on and not has_mail_server:
        sentence = (
            "readers cannot get mails yet: this server has no mail server. Set PARLEY_SMTP_URL and"
            " PARLEY_MAIL_FROM first"
        )
        raise InvalidSite(sentence)


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
    if not is_visible_line(name) or length_up_to(name, MAX_KEY_NAME) > MAX_KEY_NAME:
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
