"""What an author's name means for the decision: a name flags, and never rejects by itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from moderation.comments import Status
from moderation.policy import SCORING_FAILED, Decision, Part, Policy, Reason, are_all_scored

# Far above those of texts, since a name is short: measured with the shipped model on names of many
# countries and on abusive and advertising ones (docs/operators.md, Names).
NAME_FLAG = {
    "toxicity": 0.85,
    "profanity": 0.7,
    "threat": 0.5,
    "insult": 0.5,
    "identity_attack": 0.5,
    "spam": 0.9,
}
# Of a name that says something, as "You are all fools" does.
PHRASE_FLAG = {
    "toxicity": 0.5,
    "profanity": 0.5,
    "threat": 0.5,
    "insult": 0.3,
    "identity_attack": 0.3,
    "spam": 0.5,
}


@dataclass(frozen=True, slots=True)
class NameReading:
    """What was found in a name.

    Attributes:
        scores: Of the name alone, by attribute.
        is_phrase: Whether it says something, so that it is no mere name.
        signs: Rules by name that hold for it whatever the scores are.
    """

    scores: Mapping[str, float]
    is_phrase: bool = False
    signs: Sequence[str] = ()


def with_name(decision: Decision, name: NameReading, policy: Policy) -> Decision:
    """Return the decision about text and author, flagged too for what their name says.

    Args:
        decision: By `decide`; what it rejects stays rejected.
        name: The name's reading.
        policy: The thresholds of the comment's site; a name flags at none that is lower.
    """
    reasons = tuple(_name_reasons(name, policy))
    if not reasons:
        return decision
    flagged = Status.FLAGGED if decision.status is Status.APPROVED else decision.status
    return replace(decision, status=flagged, reasons=(*decision.reasons, *reasons))


def _name_reasons(name: NameReading, policy: Policy) -> Iterator[Reason]:
    scores = name.scores
    for attribute, own in (PHRASE_FLAG if name.is_phrase else NAME_FLAG).items():
        score = scores.get(attribute, 0.0)
        if score >= own and score >= (threshold := max(own, policy.flag.get(attribute, own))):
            yield Reason(attribute, score, threshold, Part.NAME)
    yield from (Reason(sign, part=Part.NAME) for sign in name.signs)
    if not are_all_scored(scores, policy):
        yield Reason(SCORING_FAILED, part=Part.NAME)
