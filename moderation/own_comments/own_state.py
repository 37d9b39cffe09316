"""What an author may know of their own comment beside its text and status."""

from dataclasses import dataclass

from moderation.own_comments.appeals import Appeal
from moderation.review.notes import RejectReason


@dataclass(frozen=True, slots=True)
class OwnState:
    """What became of a comment, for its author.

    Attributes:
        is_decided_by_person: Whether a moderator has decided it ever.
        reason: Why a moderator rejected it; None where it is not rejected by one, or by no reason
            that says something.
        appeal: The author's own, if there is one.
    """

    is_decided_by_person: bool
    reason: RejectReason | None
    appeal: Appeal | None
