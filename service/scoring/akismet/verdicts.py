"""What a judgement means where there is spam and nothing else."""

import ipaddress
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
from moderation.rules.circumstances import BANNED_LINK, BANNED_WORD, REPEATED, TOO_MANY_LINKS
from moderation.sites import Site
from moderation.storage.rules.comment_circumstances import UnstoredComment
from moderation.text.near_duplicates import fingerprint
from service.problems.errors import Unscored
from service.scoring.akismet.parameters import AkismetComment
from service.scoring.judgement import Judgement, judge_one
from service.scoring.sent_circumstances import circumstances_of
from service.wiring.parts import parts

_SPAM = ("spam", CONTACT, ADVERT_WORDS)
# What no site wants. A program that knows spam alone cannot be told of first comments and of quiet
# hours: it would throw away what should only wait.
_RULES = (BANNED_WORD, BANNED_LINK, TOO_MANY_LINKS, REPEATED)
_ABUSE = (*(name for name in ATTRIBUTES if name != "spam"), ABUSIVE_WORDS, SUSPECT_WORD)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a comment is spam; `is_worthless` where the site rejects such unseen."""

    is_spam: bool
    is_worthless: bool = False


def verdict_on(comment: AkismetComment, site: Site) -> Verdict:
    """Judge a comment by the site's policy; raises Unscored where nobody can."""
    around = circumstances_of(site, [_unstored(comment)])[0]
    judgement = judge_one(comment.name, comment.text, site, around)
    rules = {reason.rule for reason in judgement.decision.reasons}
    if rules & {NO_MODEL, SCORING_FAILED}:
        raise Unscored
    counted = (*_SPAM, *_RULES, *(_ABUSE if site.policy.abuse_is_spam else ()))
    is_spam = not judgement.reached.isdisjoint(counted) or _has_reason(judgement, counted)
    rejects = judgement.decision.status is Status.REJECTED and bool(rules & set(counted))
    return Verdict(is_spam or rejects, rejects)


def _has_reason(judgement: Judgement, counted: Sequence[str]) -> bool:
    """Whether the name, or a word that the site suspects, is one."""
    return any(
        reason.rule in counted
        for reason in judgement.decision.reasons
        if reason.part is Part.NAME or reason.rule in (SUSPECT_WORD, *_RULES)
    )


def _unstored(comment: AkismetComment) -> UnstoredComment:
    try:
        address = str(ipaddress.ip_address(comment.address))
    except ValueError:
        address = None
    address_hash = None if address is None else parts().addresses.hash(address, parts().clock())
    return UnstoredComment(
        comment.page, comment.name or None, address_hash, fingerprint(comment.text)
    )
