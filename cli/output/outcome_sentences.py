"""What would become of a comment for its text or its author's name, and why, in one sentence."""

from collections.abc import Mapping

from judging.comment_scoring import name_reading
from judging.judge import decide_text
from judging.spoken_languages import read_texts
from models.serving.languages.identification import SpokenLanguages
from moderation.comments import Status
from moderation.name_policy import with_name
from moderation.policy import Decision, Policy
from moderation.review.reason_sentences import reason_sentences


def decision_on_text(text: str, scores: Mapping[str, float], policy: Policy) -> Decision:
    """As a worker decides it for a site that changes nothing of the policy."""
    (reading,) = read_texts([text], [dict(scores)], [SpokenLanguages()])
    return decide_text(reading, policy)


def decision_on_name(name: str, scores: Mapping[str, float]) -> Decision:
    """What the name does to a comment whose text would be approved."""
    return with_name(Decision(Status.APPROVED), name_reading(name, scores), Policy())


def outcome_sentence(decision: Decision) -> str:
    """Approved, or the reasons as moderators read them."""
    if decision.status is Status.APPROVED:
        return "approved"
    return "; ".join(reason_sentences(decision.reasons, decision.section))
