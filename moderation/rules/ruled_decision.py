"""Put the rulings of all rules together with what scores and sanctions decided."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from moderation.comments import QueueSection, Status
from moderation.policy import ALWAYS_FLAGGED, BANNED, PREMODERATED, Decision, Reason
from moderation.rules.author_rule import first_comments
from moderation.rules.circumstances import (
    PUBLISHED_FIRST,
    QUIET_HOURS,
    Circumstances,
    Ruling,
    Written,
)
from moderation.rules.hour_rule import quiet_hours
from moderation.rules.link_rule import links
from moderation.rules.repetition_rule import repeated
from moderation.rules.site_rules import NO_RULES, Publication
from moderation.rules.word_rule import banned_words

_RULES: tuple[Callable[[Written, Circumstances], Iterator[Ruling]], ...] = (
    banned_words,
    links,
    first_comments,
    repeated,
    quiet_hours,
)
# These hold even where everything else is published.
_ALWAYS = (QUIET_HOURS, ALWAYS_FLAGGED, BANNED)


def with_rules(decision: Decision, comment: Written, circumstances: Circumstances) -> Decision:
    """Return the decision as the rules of the comment's site and page leave it."""
    if circumstances.rules == NO_RULES:
        return decision
    rulings = [ruling for rule in _RULES for ruling in rule(comment, circumstances)]
    return _published(_ruled(decision, rulings), circumstances.rules.publish)


def _ruled(decision: Decision, rulings: Sequence[Ruling]) -> Decision:
    """Rejected where any rule rejects, else never milder than before."""
    if not rulings:
        return decision
    rejecting = [ruling.reason for ruling in rulings if ruling.status is Status.REJECTED]
    others = [ruling.reason for ruling in rulings if ruling.status is not Status.REJECTED]
    if rejecting:
        return Decision(Status.REJECTED, (*rejecting, *decision.reasons, *others))
    status = Status.FLAGGED if decision.status is Status.APPROVED else decision.status
    return replace(decision, status=status, reasons=(*decision.reasons, *others))


def _published(decision: Decision, publish: Publication) -> Decision:
    if publish is Publication.NOTHING and decision.status is Status.APPROVED:
        return Decision(Status.FLAGGED, (Reason(PREMODERATED),))
    may_wait = not any(reason.rule in _ALWAYS for reason in decision.reasons)
    if publish is Publication.EVERYTHING and decision.status is Status.FLAGGED and may_wait:
        reasons = (Reason(PUBLISHED_FIRST), *decision.reasons)
        return Decision(Status.APPROVED, reasons, QueueSection.IN_DOUBT)
    return decision
