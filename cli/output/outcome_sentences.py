"""What would become of a comment, and why, in one sentence."""

from collections.abc import Mapping

from judging.judge import decide_text
from judging.spoken_languages import read_texts
from models.serving.languages.identification import SpokenLanguages
from moderation.comments import Status
from moderation.policy import Decision, Policy
from moderation.review.reason_sentences import reason_sentences


def decision_on_text(text: str, scores: Mapping[str, float], policy: Policy) -> Decision:
    """As a worker decides it for a site that changes nothing of the policy."""
    (reading,) = read_texts([text], [dict(scores)], [SpokenLanguages()])
    return decide_text(reading, policy)


def outcome_sentence(decision: Decision, *, with_status: bool = False) -> str:
    """Approved, or the reasons as moderators read them.

    Args:
        decision: By a site's policy, or by the default one.
        with_status: Whether the reasons come after the status, as JSON has it.
    """
    if decision.status is Status.APPROVED:
        return "approved"
    became = decision.section if decision.status is Status.FLAGGED else decision.status
    reasons = "; ".join(reason_sentences(decision.reasons, became))
    return f"{decision.status}: {reasons}" if with_status else reasons
