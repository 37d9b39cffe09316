"""What other rules would have made of a site's last comments, beside the rules it has."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from moderation.comments import Status
from moderation.policy import Decision
from moderation.review.setting_outcome import RecentComment

LAST_OF_RULES = 1_000  # comments that are looked at


@dataclass(frozen=True, slots=True)
class RuledOtherwise:
    """A comment that would become something else."""

    comment: RecentComment
    now: Decision
    then: Decision


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """How many comments were looked at, and those that would become something else."""

    number: int
    differences: tuple[RuledOtherwise, ...]

    @property
    def counts(self) -> list[tuple[Status, Status, int]]:
        """How many go from one status to another, the most first."""
        pairs = Counter((one.now.status, one.then.status) for one in self.differences)
        return [(now, then, number) for (now, then), number in pairs.most_common()]


def rule_outcome_of(
    comments: Sequence[RecentComment], now: Sequence[Decision], then: Sequence[Decision]
) -> RuleOutcome:
    """Compare what comments are by two sets of rules."""
    rows = zip(comments, now, then, strict=True)
    differences = (RuledOtherwise(*row) for row in rows if row[1].status is not row[2].status)
    return RuleOutcome(len(comments), tuple(differences))
