"""A moderator's feed of what waits for them, known by a secret address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from moderation.accounts.moderators import Moderator
from moderation.comments import Comment
from moderation.policy import Reason

ENTRIES = 50  # the newest; more than that nobody reads in a feed


class FeedNotFound(LookupError):
    """No feed has this secret, or its moderator may not come in any more."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Whose feed it is, and since when."""

    moderator: Moderator
    made_at: datetime


@dataclass(frozen=True, slots=True)
class WaitingComment:
    """A comment that waits. `title` is the page's, where it is known."""

    comment: Comment
    title: str | None
    reasons: Sequence[Reason]
    since: datetime


@dataclass(frozen=True, slots=True)
class FeedSummary:
    """How many wait, since when the oldest does, and the newest of them."""

    number: int
    oldest: datetime | None
    newest: Sequence[WaitingComment]
