"""Decide by a site's policy what the model read of a comment, whether or not it is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from judging.comment_scoring import NamedText, Reading
from judging.spoken_languages import TextReading
from models.serving.languages import MIXED, UNDETERMINED, Grade
from models.serving.languages.identification import SpokenLanguages
from moderation.name_policy import with_name
from moderation.policy import (
    LANGUAGE,
    RESERVED_NAME,
    SORTED_LANGUAGE,
    TOXICITY,
    Decision,
    Part,
    Policy,
    decide,
    with_suspects,
)
from moderation.rules.circumstances import Circumstances
from moderation.rules.ruled_decision import with_rules
from moderation.sanctions import SanctionKind
from moderation.sites import Site
from moderation.text.reserved_names import is_reserved
from moderation.text.suspect_spans import suspect_spans

_OF_LANGUAGE = (LANGUAGE, SORTED_LANGUAGE)


class SentText(NamedText, Protocol):
    """A comment with the strictest sanction in force on its author, if any."""

    @property
    def sanction(self) -> SanctionKind | None:
        """None where the author is under no sanction, or unknown."""


@dataclass(frozen=True, slots=True)
class _OfSite:
    """What all comments of a site are judged by: to put it together takes a third of the time."""

    site: Site
    policy: Policy
    suspects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """Decides alike for the queue and for whoever only asks.

    Attributes:
        policy: The model's own thresholds, which a site may change.
        staff: The names of moderators, by which nobody else may pass.
    """

    policy: Policy
    staff: Sequence[str] = ()
    _of_sites: dict[int, _OfSite] = field(default_factory=dict, init=False, compare=False)

    def decision(
        self,
        reading: Reading,
        comment: SentText,
        site: Site,
        circumstances: Circumstances | None = None,
    ) -> Decision:
        """The decision about text, name and author.

        Args:
            reading: What the model says.
            comment: As it was sent.
            site: Where it was sent to.
            circumstances: With the rules of its page; None: the site's, and nothing else is known.
        """
        own = self._of_site(site)
        decision = decide_text(
            reading.text, own.policy, raised=site.languages.raised, sanction=comment.sanction
        )
        name = reading.name
        if is_reserved(comment.name, self.staff, site.title):
            name = replace(name, signs=(*name.signs, RESERVED_NAME))
        decision = with_name(decision, name, own.policy)
        decision = with_suspects(decision, _suspect_parts(comment, own.suspects))
        return with_rules(decision, comment, circumstances or Circumstances(site.rules))

    def reached(self, text: TextReading, site: Site) -> frozenset[str]:
        """The attributes whose score reaches any threshold; none where scores decide nothing."""
        if _doubts(text, site.languages.raised):
            return frozenset()
        policy = _policy_of_language(self._of_site(site).policy, text)
        return frozenset(
            attribute
            for thresholds in (policy.reject, policy.likely, policy.flag)
            for attribute, threshold in thresholds.items()
            if text.scores.get(attribute, 0.0) >= threshold
        )

    def _of_site(self, site: Site) -> _OfSite:
        own = self._of_sites.get(site.id)
        if own is None or own.site is not site:  # one with other settings can be tried
            own = _OfSite(site, self.policy.for_site(site.policy), site.suspects.all_words())
            self._of_sites[site.id] = own
        return own


def spoken_on(site: Site) -> SpokenLanguages:
    """The languages of a site, as its texts are told apart by."""
    return SpokenLanguages(site.languages.codes, site.languages.default)


def decide_text(
    text: TextReading,
    policy: Policy,
    *,
    raised: Sequence[str] = (),
    sanction: SanctionKind | None = None,
) -> Decision:
    """Decide by the scores of a text, as far as they may go in its language.

    Args:
        text: As it was read.
        policy: Of the comment's site.
        raised: The languages whose scores decide by the site's own word. Their models know no
            spam: what has a contact or an advertisement's words waits all the same. So does what
            is not surely in the language.
        sanction: The strictest in force on the author.
    """
    own = _policy_of_language(policy, text)
    doubts = _doubts(text, raised)
    return _with_language(decide(text.scores, own, doubts=doubts, sanction=sanction), text.language)


def _doubts(text: TextReading, raised: Sequence[str]) -> tuple[str, ...]:
    """Why the scores of a text decide nothing, if they do not."""
    if text.grade is Grade.UNKNOWN:
        return (LANGUAGE,)
    is_raised = text.language in raised and text.is_sure and not text.has_contact
    return (SORTED_LANGUAGE,) if text.grade is Grade.SORTS and not is_raised else ()


def _policy_of_language(policy: Policy, text: TextReading) -> Policy:
    """The policy with the thresholds of the language's model, which knows toxicity alone."""
    limits = text.thresholds
    if limits is None:
        return policy
    likely = {} if limits.likely is None else {TOXICITY: limits.likely}
    reject = {name: score for name, score in policy.reject.items() if name == TOXICITY}
    return replace(policy, flag={TOXICITY: limits.flag}, likely=likely, reject=reject)


def _with_language(decision: Decision, code: str) -> Decision:
    """The decision, whose reasons about a language say which one it is, where that is known."""
    if not any(reason.rule in _OF_LANGUAGE for reason in decision.reasons):
        return decision
    language = None if code in (MIXED, UNDETERMINED) else code
    reasons = tuple(
        replace(reason, language=language) if reason.rule in _OF_LANGUAGE else reason
        for reason in decision.reasons
    )
    return replace(decision, reasons=reasons)


def _suspect_parts(comment: NamedText, words: tuple[str, ...]) -> tuple[Part, ...]:
    """The parts of the comment that have a suspect word of its site."""
    if not words:
        return ()
    parts = {Part.TEXT: comment.text, Part.NAME: comment.name}
    return tuple(part for part, text in parts.items() if suspect_spans(text, words))
