"""What a rule may look at: the comment, and what is known around it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from moderation.comments import Status
from moderation.policy import Reason
from moderation.rules.site_rules import NO_RULES, SiteRules

# The names of the rules: each is the reason on a card.
BANNED_WORD = "banned_word"
BANNED_LINK = "banned_link"
TOO_MANY_LINKS = "too_many_links"
FIRST_COMMENT = "first_comment"
REPEATED = "repeated"
QUIET_HOURS = "quiet_hours"
PUBLISHED_FIRST = "published_first"


class Written(Protocol):
    """What an author wrote."""

    @property
    def name(self) -> str:
        """The author's."""

    @property
    def text(self) -> str:
        """What they say."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known around a comment.

    Attributes:
        rules: Those of its site, with the page's own.
        submitted_at: When it came; None where nobody submits it: no hour is quiet then.
        approved: How many comments of its author were approved, as far as rules ask; None: unknown.
        alike: How many comments like it came in the day before, as far as rules ask.
    """

    rules: SiteRules = NO_RULES
    submitted_at: datetime | None = None
    approved: int | None = None
    alike: int = 0


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a rule makes of a comment, and why."""

    status: Status
    reason: Reason


def waits(rule: str) -> Ruling:
    """Return the ruling that a comment waits."""
    return Ruling(Status.FLAGGED, Reason(rule))
