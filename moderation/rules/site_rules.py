"""The rules of a site: what it holds or rejects whatever the scores are."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from enum import StrEnum
from functools import cached_property
from typing import Any

from moderation.text.lexicon import Lexicon, lexicon_of


class Publication(StrEnum):
    """What is published without a person."""

    PASSING = "passing"  # what passes all rules
    NOTHING = "nothing"
    EVERYTHING = "everything"  # what would wait is published, and looked at later


class Action(StrEnum):
    """What a rule does with a comment that it is about."""

    WAIT = "wait"
    REJECT = "reject"


@dataclass(frozen=True)
class BannedWords:
    """Words and phrases that no published comment has, with stars as suspect words have them."""

    words: tuple[str, ...] = ()
    action: Action = Action.REJECT

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words, built when they are first looked for."""
        return lexicon_of(self.words)


@dataclass(frozen=True)
class Links:
    """Which links a comment may have.

    Attributes:
        most: How many, of domains that are not allowed; None: any number.
        action: What becomes of a comment with more.
        allowed: Domains whose links are never counted, with their subdomains.
        banned: Domains that no comment may name, with their subdomains: it is rejected.
    """

    most: int | None = None
    action: Action = Action.WAIT
    allowed: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()

    @cached_property
    def allowed_domains(self) -> frozenset[str]:
        """Those whose links are never counted."""
        return frozenset(self.allowed)

    @cached_property
    def banned_domains(self) -> frozenset[str]:
        """Those that no comment may name."""
        return frozenset(self.banned)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From when to when every comment waits, each day; the end may be on the next one.

    Attributes:
        zone: Of the site, as Europe/Berlin.
        begin: The first minute.
        end: The minute from which comments are published again.
    """

    zone: str
    begin: time
    end: time


@dataclass(frozen=True, slots=True)
class Closing:
    """When a page takes no comments any more.

    Attributes:
        after_days: So many days after its first comment; None: never by itself.
        closed: By hand: True, or False to open it again; None leaves it to the days.
    """

    after_days: int | None = None
    closed: bool | None = None


@dataclass(frozen=True, slots=True)
class SiteRules:
    """What is in force for a comment.

    Attributes:
        publish: What is published without a person.
        first_comments: How many comments of an author are approved before one passes by itself.
        banned_words: What rejects or holds a comment.
        links: Which it may have.
        repeats: From the how-manieth alike comment of a day on they wait; None: never.
        quiet_hours: When everything waits; None: never.
        closing: When pages take no comments any more.
    """

    publish: Publication = Publication.PASSING
    first_comments: int = 0
    banned_words: BannedWords = field(default_factory=BannedWords)
    links: Links = Links()
    repeats: int | None = None
    quiet_hours: QuietHours | None = None
    closing: Closing = Closing()

    def changed(self, changes: Mapping[str, Any]) -> "SiteRules":
        """These rules with other values of some, by name."""
        return replace(self, **changes) if changes else self


NO_RULES = SiteRules()
