"""What a judgement means where there is spam and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from moderation.comments import Status
from moderation.policy import (
    ABUSIVE_WORDS,
    ADVERT_WORDS,
    ATTRIBUTES,
    CONTACT,
    NO_MODEL,
    SCORING_FAILED,
    SUSPECT_WORD,
    Part,
)
from moderation.sites import Site
from service.problems.errors import Unscored
from service.scoring.judgement import Judgement, judge_one

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
    counted = (*_SPAM, *_ABUSE) if site.policy.abuse_is_spam else _SPAM
    is_spam = not judgement.reached.isdisjoint(counted) or _has_reason(judgement, counted)
    rejects = judgement.decision.status is Status.REJECTED and bool(rules & set(counted))
    return Verdict(is_spam or rejects, rejects)


def _has_reason(judgement: Judgement, counted: Sequence[str]) -> bool:
    """Whether the name, or a word that the site suspects, is one."""
    return any(
        reason.rule in counted
        for reason in judgement.decision.reasons
        if reason.part is Part.NAME or reason.rule == SUSPECT_WORD
    )
