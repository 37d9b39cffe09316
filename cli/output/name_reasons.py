"""Why an author's name would wait for a moderator, in a terminal and in JSON."""

from collections.abc import Mapping

from moderation.comments import Status
from moderation.name_policy import with_name
from moderation.policy import Decision, Policy, Reason
from worker.scoring.comment_scoring import name_reading


def reasons_for(name: str, scores: Mapping[str, float]) -> tuple[Reason, ...]:
    """The reasons for which the name makes a comment wait, whatever its text says."""
    return with_name(Decision(Status.APPROVED), name_reading(name, scores), Policy()).reasons


def in_short(reason: Reason) -> str:
    """An attribute with its threshold, or a rule by name."""
    rule = reason.rule.replace("_", " ")
    return rule if reason.threshold is None else f"{rule} from {reason.threshold:.2f}"
