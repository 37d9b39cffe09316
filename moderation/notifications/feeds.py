"""A moderator's feed of the comments that wait for them, read by its secret address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from moderation.accounts.moderators import Moderator
from moderation.comments import Comment, QueueSection
from moderation.policy import Reason
from moderation.statistics import SectionCounts

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
        section: Where in the queue it waits.
        since: When the decision was made that it waits.
    """

    comment: Comment
    title: str | None
    reasons: Sequence[Reason]
    section: QueueSection
    since: datetime


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """Where a comment waits: its section, and the id of the one before it, None if it is first."""

    section: QueueSection
    after: str | None


@dataclass(frozen=True, slots=True)
class FeedSummary:
    """How many comments wait, when the oldest was submitted, and the newest of them.

    `reported` is how many public comments readers have reported.
    """

    numbers: SectionCounts
    oldest: datetime | None
    newest: Sequence[WaitingComment]
    reported: int = 0
