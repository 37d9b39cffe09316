"""What scores and rules mean for a site: numbers in, a status and its reasons out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from moderation.comments import Status
from moderation.sanctions import SanctionKind

# What each comment is scored for.
ATTRIBUTES = (
    "toxicity",
    "severe_toxicity",
    "profanity",
    "threat",
    "insult",
    "identity_attack",
    "spam",
)
# The attributes that reject, and that order the queue. The others say what kind of toxicity it is
# and are subsets of it in the training labels; they flag only where a model gives them a threshold,
# because toxicity's own misses too many of theirs.
DECIDING = ("toxicity", "spam")

SCORING_FAILED = "scoring_failed"
NO_MODEL = "no_model"
LANGUAGE = "language"
BANNED = "banned"
ALWAYS_FLAGGED = "always_flagged"
# Of names, whatever their scores are.
CONTACT = "contact"
ADVERT_WORDS = "advert_words"
ABUSIVE_WORDS = "abusive_words"


class Part(StrEnum):
    """The part of a comment that a reason is about."""

    TEXT = "text"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a decision was taken: an attribute at or over its threshold, or a rule by name."""

    rule: str
    score: float | None = None
    threshold: float | None = None
    part: Part = Part.TEXT


@dataclass(frozen=True, slots=True)
class Decision:
    """What a comment's status becomes, and why."""

    status: Status
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class SitePolicy:
    """What a site changes of the default policy; None keeps the model's own threshold.

    The model's thresholds come with the model, measured on held-out comments: `reject` where 95 %
    of what scores higher is toxic, `flag` where all flags together miss at most 5 % of what is.
    """

    never_reject: bool = False  # what the policy would reject waits for a moderator instead
    reject: float | None = None  # toxicity, 0 to 1
    flag: float | None = None  # toxicity, 0 to 1


DEFAULT = SitePolicy()


@dataclass(frozen=True, slots=True)
class Policy:
    """Thresholds by attribute, each a calibrated probability."""

    reject: Mapping[str, float] = field(default_factory=dict)
    flag: Mapping[str, float] = field(default_factory=dict)

    def for_site(self, site: SitePolicy) -> "Policy":
        """This policy with what the site changes."""
        reject = _with_toxicity(self.reject, site.reject)
        return Policy(
            reject={} if site.never_reject else reject, flag=_with_toxicity(self.flag, site.flag)
        )


def decide(
    scores: Mapping[str, float],
    policy: Policy,
    *,
    doubts: Sequence[str] = (),
    sanction: SanctionKind | None = None,
) -> Decision:
    """Decide a comment by its scores, by doubts about them and by the sanction on its author.

    Args:
        scores: probabilities from 0 to 1 by attribute; one that is missing flags.
        policy: the thresholds of the comment's site.
        doubts: rules by name that say why the scores mean nothing, as LANGUAGE. Neither a high nor
            a low score decides then: a person does.
        sanction: the strictest in force on the author; it makes no decision milder.
    """
    decision = _flagged_for(doubts) if doubts else _by_thresholds(scores, policy)
    if sanction is SanctionKind.BAN:
        return Decision(Status.REJECTED, (Reason(BANNED), *decision.reasons))
    if sanction is SanctionKind.ALWAYS_FLAG and decision.status is not Status.REJECTED:
        return Decision(Status.FLAGGED, (Reason(ALWAYS_FLAGGED), *decision.reasons))
    return decision


def _flagged_for(doubts: Sequence[str]) -> Decision:
    return Decision(Status.FLAGGED, tuple(Reason(doubt) for doubt in doubts))


def _by_thresholds(scores: Mapping[str, float], policy: Policy) -> Decision:
    """Rejected, flagged or approved, whichever holds first."""
    if rejecting := _reached(scores, policy.reject):
        return Decision(Status.REJECTED, rejecting)
    if flagging := _reached(scores, policy.flag) + _missing(scores, policy):
        return Decision(Status.FLAGGED, flagging)
    return Decision(Status.APPROVED)


def _with_toxicity(thresholds: Mapping[str, float], own: float | None) -> Mapping[str, float]:
    return thresholds if own is None else {**thresholds, "toxicity": own}


def _reached(scores: Mapping[str, float], thresholds: Mapping[str, float]) -> tuple[Reason, ...]:
    return tuple(
        Reason(attribute, scores[attribute], threshold)
        for attribute, threshold in thresholds.items()
        if attribute in scores and scores[attribute] >= threshold
    )


def _missing(scores: Mapping[str, float], policy: Policy) -> tuple[Reason, ...]:
    unknown = [attribute for attribute in policy.flag if not 0 <= scores.get(attribute, -1) <= 1]
    return tuple(Reason(SCORING_FAILED) for _ in unknown[:1])
