"""Decide by a site's policy what the model read of a comment, whether or not it is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from judging.comment_scoring import NamedText, Reading
from moderation.name_policy import with_name
from moderation.policy import RESERVED_NAME, Decision, Part, Policy, decide, with_suspects
from moderation.sanctions import SanctionKind
from moderation.sites import Site
from moderation.text.reserved_names import is_reserved
from moderation.text.suspect_spans import suspect_spans


class SentText(NamedText, Protocol):
    """A comment with the strictest sanction in force on its author, if any."""

    @property
    def sanction(self) -> SanctionKind | None:
        """None where the author is under no sanction, or unknown."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Decides alike for the queue and for whoever only asks.

    Attributes:
        policy: The model's own thresholds, which a site may change.
        staff: The names of moderators, by which nobody else may pass.
    """

    policy: Policy
    staff: Sequence[str] = ()

    def decision(self, reading: Reading, comment: SentText, site: Site) -> Decision:
        """The decision about text, name and author."""
        policy = self.policy.for_site(site.policy)
        decision = decide(reading.scores, policy, doubts=reading.doubts, sanction=comment.sanction)
        name = reading.name
        if is_reserved(comment.name, self.staff, site.title):
            name = replace(name, signs=(*name.signs, RESERVED_NAME))
        return with_suspects(with_name(decision, name, policy), _suspect_parts(comment, site))


def _suspect_parts(comment: NamedText, site: Site) -> tuple[Part, ...]:
    """The parts of the comment that have a suspect word of the site."""
    words, parts = site.suspects.all_words(), {Part.TEXT: comment.text, Part.NAME: comment.name}
    return tuple(part for part, text in parts.items() if suspect_spans(text, words))
