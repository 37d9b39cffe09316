"""What a judgement means where there is spam and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from moderation.comments import Status
from moderation.policy import (
    ABUSIVE_WORDS,
    ADVERT_WORDS,
    ATTRIBUTES,
    CONTACT,
    LANGUAGE,
    NO_MODEL,
    SCORING_FAILED,
    SUSPECT_WORD,
    Part,
    Policy,
)
from moderation.sites import Site
from service.problems.errors import Unscored
from service.scoring.judgement import Judgement, judge_one
from service.wiring.parts import parts

_SPAM = ("spam", CONTACT, ADVERT_WORDS)
_ABUSE = (*(name for name in ATTRIBUTES if name != "spam"), ABUSIVE_WORDS, SUSPECT_WORD)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a comment is spam; `is_worthless` where the site rejects such unseen."""

    is_spam: bool
    is_worthless: bool = False


def verdict_on(name: str, text: str, site: Site) -> Verdict:
    """Judge a comment by the site's policy; raises Unscored where nobody can."""
    judgement = judge_one(name, text, site)
    rules = {reason.rule for reason in judgement.decision.reasons}
    if rules & {NO_MODEL, SCORING_FAILED}:
        raise Unscored
    policy = parts().web_model.get().policy.for_site(site.policy)
    counted = (*_SPAM, *_ABUSE) if site.policy.abuse_is_spam else _SPAM
    is_spam = _has_score(judgement, policy, counted) or _has_reason(judgement, counted)
    rejects = judgement.decision.status is Status.REJECTED and bool(rules & set(counted))
    return Verdict(is_spam or rejects, rejects)


def _has_score(judgement: Judgement, policy: Policy, counted: Sequence[str]) -> bool:
    """Whether the text reaches a threshold; its scores mean nothing in an unknown language."""
    if any(reason.rule == LANGUAGE for reason in judgement.decision.reasons):
        return False
    return any(
        judgement.scores.get(attribute, 0.0) >= threshold
        for thresholds in (policy.reject, policy.likely, policy.flag)
        for attribute, threshold in thresholds.items()
        if attribute in counted
    )


def _has_reason(judgement: Judgement, counted: Sequence[str]) -> bool:
    """Whether the name, or a word that the site suspects, is one."""
    return any(
        reason.rule in counted
        for reason in judgement.decision.reasons
        if reason.part is Part.NAME or reason.rule == SUSPECT_WORD
    )
