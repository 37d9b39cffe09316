"""What scores and rules mean for a site: numbers in, a status and its reasons out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from moderation.choices.safeguards import Catch
from moderation.choices.strictness import Strictness
from moderation.comments import QueueSection, Status
from moderation.sanctions import SanctionKind

TOXICITY = "toxicity"
# What each comment is scored for.
ATTRIBUTES = (
    TOXICITY,
    "severe_toxicity",
    "profanity",
    "threat",
    "insult",
    "identity_attack",
    "spam",
)
# The attributes that make a comment likely to be rejected, and that order the queue. The others say
# what kind of toxicity it is and are subsets of it in the training labels; they flag only where a
# model gives them a threshold, because toxicity's own misses too many of theirs.
DECIDING = ("toxicity", "spam")

SCORING_FAILED = "scoring_failed"
NO_MODEL = "no_model"
LANGUAGE = "language"
SORTED_LANGUAGE = "sorted_language"
SUSPECT_WORD = "suspect_word"
REPORTED = "reported"
PURGED = "purged"
BANNED = "banned"
ALWAYS_FLAGGED = "always_flagged"
PREMODERATED = "premoderated"
# Of names, whatever their scores are.
CONTACT = "contact"
ADVERT_WORDS = "advert_words"
ABUSIVE_WORDS = "abusive_words"
RESERVED_NAME = "reserved_name"


class Part(StrEnum):
    """The part of a comment that a reason is about."""

    TEXT = "text"
    NAME = "name"


class InvalidThreshold(ValueError):
    """The attribute or threshold is none; the sentence says what would be right."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a decision was taken: an attribute at or over its threshold, or a rule by name.

    `language` is the code of the language that the rule is about, if it is about one.
    """

    rule: str
    score: float | None = None
    threshold: float | None = None
    part: Part = Part.TEXT
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a comment's status becomes, and why; `section` is where it waits if it is flagged."""

    status: Status
    reasons: tuple[Reason, ...] = ()
    section: QueueSection = QueueSection.IN_DOUBT


@dataclass(frozen=True, slots=True)
class SitePolicy:
    """What a site changes of the default policy.

    Attributes:
        reject: The scores from which a comment is rejected unseen, by attribute, each from 0 to 1.
            By default there are none: what scores highest waits for a moderator.
        flag: The toxicity from which a comment waits, 0 to 1; None keeps the model's own.
        premoderated: Whether a person looks at every comment before it is published.
        strictness: Which of the model's settings holds for all that is not set here.
        abuse_is_spam: Whether programs that know spam alone hear that abuse is spam too.
    """

    reject: Mapping[str, float] = field(default_factory=dict)
    flag: float | None = None
    premoderated: bool = False
    strictness: Strictness = Strictness.BALANCED
    abuse_is_spam: bool = False

    def with_strictness(self, strictness: Strictness) -> "SitePolicy":
        """This policy with a setting of the model, which takes the place of its own toxicity."""
        return replace(self, strictness=strictness, flag=None)

    def with_rejection(self, attribute: str, threshold: float | None) -> "SitePolicy":
        """This policy with another threshold to reject unseen; None: nothing for the attribute.

        Raises:
            InvalidThreshold: There is no such attribute, or the threshold is no score.
        """
        if attribute not in ATTRIBUTES:
            sentence = f"the attribute must be one of {', '.join(ATTRIBUTES)}, not {attribute!r}"
            raise InvalidThreshold(sentence)
        if threshold is not None and not 0 < threshold <= 1:
            sentence = f"the threshold must be a score above 0 and at most 1, not {threshold:g}"
            raise InvalidThreshold(sentence)
        others = {name: score for name, score in self.reject.items() if name != attribute}
        return replace(
            self, reject=others if threshold is None else {**others, attribute: threshold}
        )

    def with_flag(self, threshold: float | None) -> "SitePolicy":
        """This policy with another toxicity to wait from; None: the model's own.

        Raises:
            InvalidThreshold: The threshold is no score.
        """
        if threshold is not None and not 0 <= threshold <= 1:
            sentence = f"the threshold must be a score from 0 to 1, not {threshold:g}"
            raise InvalidThreshold(sentence)
        return replace(self, flag=threshold)


DEFAULT = SitePolicy()


@dataclass(frozen=True, slots=True)
class Policy:
    """Thresholds by attribute, each a calibrated probability.

    Those to flag and of what is likely to be rejected come with the model, measured on held-out
    comments: `likely` where 95 % of what scores higher is toxic, `flag` where all flags together
    miss at most 5 % of what is. Which comments those were: `measured_on` in `models/serving/`.

    Attributes:
        reject: From here a comment is rejected unseen: only where its site wants that.
        likely: From here a comment waits among those that are likely to be rejected.
        flag: From here it waits.
        premoderated: Whether what would be published waits too.
        others: The policies of the settings that differ from this one, by name.
    """

    reject: Mapping[str, float] = field(default_factory=dict)
    likely: Mapping[str, float] = field(default_factory=dict)
    flag: Mapping[str, float] = field(default_factory=dict)
    premoderated: bool = False
    others: Mapping[Strictness, "Policy"] = field(default_factory=dict)

    def for_site(self, site: SitePolicy) -> "Policy":
        """The policy of the site's setting, with what the site changes."""
        own = self.others.get(site.strictness, self)
        flag = own.flag if site.flag is None else {**own.flag, "toxicity": site.flag}
        return replace(own, reject=site.reject, flag=flag, premoderated=site.premoderated)


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
        reasons = (Reason(ALWAYS_FLAGGED), *decision.reasons)
        return replace(decision, status=Status.FLAGGED, reasons=reasons)
    return decision


def with_suspects(decision: Decision, parts: Sequence[Part]) -> Decision:
    """Return the decision, flagged too for the parts of the comment that have a suspect word."""
    if not parts:
        return decision
    flagged = Status.FLAGGED if decision.status is Status.APPROVED else decision.status
    reasons = tuple(Reason(SUSPECT_WORD, part=part) for part in parts)
    return replace(decision, status=flagged, reasons=(*decision.reasons, *reasons))


def with_catch(decision: Decision, catch: Catch | None) -> Decision:
    """Return the decision, flagged too for what tells of a program that sent the comment."""
    if catch is None:
        return decision
    flagged = Status.FLAGGED if decision.status is Status.APPROVED else decision.status
    return replace(decision, status=flagged, reasons=(Reason(catch), *decision.reasons))


def _flagged_for(doubts: Sequence[str]) -> Decision:
    return Decision(Status.FLAGGED, tuple(Reason(doubt) for doubt in doubts))


def _by_thresholds(scores: Mapping[str, float], policy: Policy) -> Decision:
    """Rejected, flagged or approved, whichever holds first."""
    if rejecting := _reached(scores, policy.reject):
        return Decision(Status.REJECTED, rejecting)
    if likely := _reached(scores, policy.likely):
        return Decision(Status.FLAGGED, likely, QueueSection.LIKELY_REJECTED)
    if flagging := _reached(scores, policy.flag) + _missing(scores, policy):
        return Decision(Status.FLAGGED, flagging)
    if policy.premoderated:
        return Decision(Status.FLAGGED, (Reason(PREMODERATED),))
    return Decision(Status.APPROVED)


def _reached(scores: Mapping[str, float], thresholds: Mapping[str, float]) -> tuple[Reason, ...]:
    reached = [name for name, least in thresholds.items() if scores.get(name, -1) >= least]
    return tuple([Reason(name, scores[name], thresholds[name]) for name in reached])


def _missing(scores: Mapping[str, float], policy: Policy) -> tuple[Reason, ...]:
    return () if are_all_scored(scores, policy) else (Reason(SCORING_FAILED),)


def are_all_scored(scores: Mapping[str, float], policy: Policy) -> bool:
    """Whether there is a probability for each attribute that flags."""
    # A list is made and thrown away in half the time that a generator takes.
    return all([0 <= scores.get(name, -1) <= 1 for name in policy.flag])
