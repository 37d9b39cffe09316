"""What it would have done with moderators' own decisions to reject unseen from a score up."""

from dataclasses import dataclass

from moderation.review.error_estimate import ErrorRate, PastDecisions

LAST = 1_000  # decisions of moderators that are looked at


@dataclass(frozen=True, slots=True)
class RejectionOutcome:
    """The last decisions of a site's moderators that stand, by what a threshold would have done.

    Attributes:
        decisions: How many were looked at: the newest, at most LAST.
        rejected: How many of these comments would have been rejected unseen.
        approved: How many of those a moderator approved: each would have been an error.
        in_bulk: How many of those were decided in bulk, where perhaps nobody read each.
    """

    decisions: int
    rejected: int
    approved: int
    in_bulk: int

    @property
    def error(self) -> ErrorRate | None:
        """The share of the rejected that a moderator approved; None where none is rejected."""
        past = PastDecisions(self.approved, self.rejected - self.approved)
        return past.error_of_rejecting if past.number else None
