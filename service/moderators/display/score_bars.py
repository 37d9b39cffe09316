"""Scores as moderators see them: percent, the two that matter first."""

from collections.abc import Collection, Mapping, Sequence

from moderation.policy import ATTRIBUTES, SORTED_LANGUAGE, TOXICITY, Part, Reason

_MAIN = 2


def main_scores(
    scores: Mapping[str, float | None], causes: Collection[str]
) -> Sequence[tuple[str, float]]:
    """The two highest scores with their attributes; those that are the reason come first."""
    known = [(attribute, score) for attribute, score in scores.items() if score is not None]
    return sorted(known, key=lambda item: (item[0] in causes, item[1]), reverse=True)[:_MAIN]


def marked_attribute(reasons: Sequence[Reason]) -> str | None:
    """The attribute whose words are marked in a text: of the first reason that has a score.

    A comment that is sorted by its language has no such reason, and the score all the same: of
    toxicity, the only attribute that such a model knows.
    """
    rules = [reason.rule for reason in reasons if reason.part is Part.TEXT]
    scored = next((rule for rule in rules if rule in ATTRIBUTES), None)
    return TOXICITY if scored is None and SORTED_LANGUAGE in rules else scored
