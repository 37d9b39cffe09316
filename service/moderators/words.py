"""What the queue says in words: why a comment waits, and since when."""

from datetime import timedelta

from moderation.comments import Status
from moderation.policy import NO_MODEL, SCORING_FAILED, Reason

_RULES = {
    SCORING_FAILED: "could not be scored, however often it was tried",
    NO_MODEL: "not scored: the workers have no model",
}
_STATUSES = {Status.FLAGGED: "in the queue", Status.PENDING: "being scored"}
_UNITS = ((86400, "day"), (3600, "hour"), (60, "minute"))


def attribute_name(attribute: str) -> str:
    """As people write it: identity attack."""
    return attribute.replace("_", " ")


def status_name(status: Status) -> str:
    """As people say it: waits in the queue."""
    return _STATUSES.get(status, status)


def in_words(reason: Reason, status: Status = Status.FLAGGED) -> str:
    """An attribute with its score and threshold, or a rule as a sentence; `status` came of it."""
    if reason.score is not None and reason.threshold is not None:
        name = attribute_name(reason.rule)
        return f"{name} {reason.score:.2f}, {status} from {reason.threshold:.2f} up"
    return _RULES.get(reason.rule, attribute_name(reason.rule))


def age(waited: timedelta) -> str:
    """In the largest whole unit: 3 hours ago."""
    seconds = int(waited.total_seconds())
    for size, unit in _UNITS:
        if seconds >= size:
            number = seconds // size
            return f"{number} {unit}{'s' if number > 1 else ''} ago"
    return "just now"
