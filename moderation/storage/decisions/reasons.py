"""Write the reasons of a decision into its row, and read them from it."""

from collections.abc import Iterable, Mapping
from typing import Any

from moderation.comments import Actor, Status
from moderation.policy import Part, Reason
from moderation.review.notes import RejectReason


def to_reasons(stored: Iterable[Mapping[str, Any]] | None) -> tuple[Reason, ...]:
    """Return the reasons in a row's `reasons` (JSON); none for a comment without a decision."""
    return tuple(_to_reason(**reason) for reason in stored or ())


def reason_as_json(reason: Reason) -> dict[str, object]:
    """Return a reason as a row keeps it, and as the API and webhooks give it."""
    fields: dict[str, object] = {
        "rule": reason.rule,
        "score": reason.score,
        "threshold": reason.threshold,
        "part": reason.part,
    }
    return fields if reason.language is None else {**fields, "language": reason.language}


def reason_for_author(
    actor: str | None, status: str | None, stored: Iterable[Mapping[str, Any]] | None
) -> RejectReason | None:
    """Return why a moderator rejected a comment; None where none did, or gave no telling reason.

    Args:
        actor: Who took the comment's latest decision.
        status: To what.
        stored: Its reasons, as in its row.
    """
    if (actor, status) != (Actor.MODERATOR, Status.REJECTED):
        return None
    rules = [reason.rule for reason in to_reasons(stored)]
    telling = [reason for reason in RejectReason if reason is not RejectReason.OTHER]
    return next((reason for reason in telling if reason in rules), None)


def _to_reason(
    rule: str,
    score: float | None,
    threshold: float | None,
    part: str = Part.TEXT,
    language: str | None = None,
) -> Reason:
    # Rows from before names were scored have no part: it was the text.
    return Reason(rule, score, threshold, Part(part), language)
