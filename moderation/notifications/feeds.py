"""A moderator's feed of the comments that wait for them, read by its secret address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from moderation.accounts.moderators import Moderator
from moderation.comments import Comment
from moderation.policy import Reason

ENTRIES = 50  # the newest; more than that nobody reads in a feed


class FeedNotFound(LookupError):
    """No feed has this secret, or its moderator is not let in any more."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Whose feed it is, and when it was made."""

    moderator: Moderator
    made_at: datetime


@dataclass(frozen=True, slots=True)
class WaitingComment:
    """A comment that waits for a moderator.

    Attributes:
        title: The page's; None where it is not known.
        reasons: Why it waits.
        since: When the decision was made that it waits.
    """

    comment: Comment
    title: str | None
    reasons: Sequence[Reason]
    since: datetime


@dataclass(frozen=True, slots=True)
class FeedSummary:
    """How many comments wait, when the oldest was submitted, and the newest of them."""

    number: int
    oldest: datetime | None
    newest: Sequence[WaitingComment]
