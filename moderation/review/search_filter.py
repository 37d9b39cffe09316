"""The filter of a search: parsed once, used to search and to decide in bulk."""

import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from moderation.comments import MAX_NAME, MAX_SITE, MAX_TEXT, MAX_URL, Actor, QueueSection, Status
from moderation.pages.page_keys import key_of_address, own_parameters, page_key
from moderation.policy import ATTRIBUTES

MAX_DAYS = 36_500
HIDDEN_WORDS = "…"
NO_FINGERPRINT = "0" * 16  # of no text
_FINGERPRINT = re.compile(r"[0-9a-f]{16}", re.ASCII)
_NAMED = f"{Actor.MODERATOR}:"


class InvalidFilter(ValueError):
    """A field of the filter is wrong; the sentence says which and why."""

    def __init__(self, sentence: str, *, field: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Filter:
    """Which comments: each field narrows, None leaves it open.

    Attributes:
        text: Words that name or text have, all of them.
        status: The comment's status.
        section: Where in the queue it waits; this alone finds what waits.
        site: The site's name.
        page: The page, by its key or address in any spelling.
        name: Words that the author's name has, all of them.
        attribute: What the comment was scored for, its text or its author's name.
        low: The least score for `attribute`, from 0 to 1.
        high: The highest score for `attribute`.
        by: Who took the latest decision: policy, moderator or moderator:NAME.
        alike: The fingerprint of a text: near-duplicates of it.
        newer: At most so many days old.
        older: At least so many days old.
    """

    text: str | None = None
    status: Status | None = None
    section: QueueSection | None = None
    site: str | None = None
    page: str | None = None
    name: str | None = None
    attribute: str | None = None
    low: float = 0.0
    high: float = 1.0
    by: str | None = None
    alike: str | None = None
    newer: int | None = None
    older: int | None = None

    @classmethod
    def parse(cls, fields: Mapping[str, str]) -> "Filter":
        """Parse the fields of a query or a form; an empty field is none. Raises InvalidFilter.

        People give scores as `least` and `most`, in percent; addresses have `low` and `high`.
        """
        status = _choice(fields, "status", tuple(Status))
        section = _choice(fields, "section", tuple(QueueSection))
        return cls(
            text=_text(fields, "text", MAX_TEXT),
            status=None if status is None else Status(status),
            section=None if section is None else QueueSection(section),
            site=_text(fields, "site", MAX_SITE),
            page=_text(fields, "page", MAX_URL),
            name=_text(fields, "name", MAX_NAME),
            attribute=_choice(fields, "attribute", ATTRIBUTES),
            low=_score(fields, ("least", "low"), 0.0),
            high=_score(fields, ("most", "high"), 1.0),
            by=_by(fields),
            alike=_fingerprint(fields),
            newer=_days(fields, "newer"),
            older=_days(fields, "older"),
        )

    def as_fields(self) -> dict[str, str]:
        """Return the fields that parse to this filter again, without those left open."""
        defaults = asdict(Filter())
        return {
            field: f"{value:g}" if isinstance(value, float) else str(value)
            for field, value in asdict(self).items()
            if value != defaults[field]
        }

    def without_words(self) -> "Filter":
        """Return this filter as it is kept once its comments are erased: its words are theirs."""
        text, name = (value and HIDDEN_WORDS for value in (self.text, self.name))
        return replace(self, text=text, name=name, alike=self.alike and NO_FINGERPRINT)

    @property
    def page_keys(self) -> set[str]:
        """The keys that `page` may mean: also with parameters that only its site knows."""
        if self.page is None:
            return set()
        own = own_parameters(self.page)
        keys = {page_key(self.page), page_key(self.page, own)}
        addresses = (key_of_address(self.page), key_of_address(self.page, own))
        return keys.union(filter(None, addresses))

    @property
    def moderator(self) -> str | None:
        """The name in moderator:NAME; None where `by` is something else."""
        named = self.by is not None and self.by.startswith(_NAMED)
        return self.by[len(_NAMED) :] if self.by and named else None


def _text(fields: Mapping[str, str], field: str, limit: int) -> str | None:
    """Cut to what can be stored at all: a longer one finds nothing more."""
    return fields.get(field, "").replace("\0", " ").strip()[:limit] or None


def _choice(fields: Mapping[str, str], field: str, choices: tuple[str, ...]) -> str | None:
    value = fields.get(field) or None
    if value is not None and value not in choices:
        sentence = f"{field} must be one of {', '.join(choices)}"
        raise InvalidFilter(sentence, field=field)
    return value


def _score(fields: Mapping[str, str], names: tuple[str, str], default: float) -> float:
    in_percent, field = names
    if fields.get(in_percent):
        percent = _number(fields[in_percent].strip().removesuffix("%"))
        if not 0 <= percent <= 100:
            sentence = f"{in_percent} must be percent from 0 to 100, for example 85"
            raise InvalidFilter(sentence, field=in_percent)
        return round(percent / 100, 6)
    value = _number(fields.get(field) or str(default))
    if not 0 <= value <= 1:
        sentence = f"{field} must be a score from 0 to 1"
        raise InvalidFilter(sentence, field=field)
    return value


def _number(value: str) -> float:
    """The number, or not a number, which is in no range."""
    try:
        return float(value)
    except ValueError:
        return math.nan


def _by(fields: Mapping[str, str]) -> str | None:
    value = _text(fields, "by", MAX_NAME + len(_NAMED))
    if value is None or value in tuple(Actor) or value.startswith(_NAMED):
        return value
    sentence = f"by must be {', '.join(Actor)} or {_NAMED}NAME"
    raise InvalidFilter(sentence, field="by")


def _fingerprint(fields: Mapping[str, str]) -> str | None:
    value = fields.get("alike") or None
    if value is not None and not _FINGERPRINT.fullmatch(value):
        sentence = "alike must be 16 hexadecimal digits, as a campaign's address has them"
        raise InvalidFilter(sentence, field="alike")
    return value


def _days(fields: Mapping[str, str], field: str) -> int | None:
    value = fields.get(field) or None
    if value is None:
        return None
    if not value.isascii() or not value.isdigit() or not int(value[:9]) <= MAX_DAYS:
        sentence = f"{field} must be a number of days, at most {MAX_DAYS:,}"
        raise InvalidFilter(sentence, field=field)
    return int(value[:9])
