"""Scores as moderators see them: percent, the two that matter first."""

from collections.abc import Collection, Mapping, Sequence

_MAIN = 2


def main_scores(
    scores: Mapping[str, float | None], causes: Collection[str]
) -> Sequence[tuple[str, float]]:
    """The two highest scores with their attributes; those that are the reason come first."""
    known = [(attribute, score) for attribute, score in scores.items() if score is not None]
    return sorted(known, key=lambda item: (item[0] in causes, item[1]), reverse=True)[:_MAIN]


def whole_percent(score: float) -> str:
    """A score from 0 to 1 as percent: 5 %, and < 1 % for what is not nothing."""
    return "< 1 %" if 0 < score < 0.005 else f"{100 * score:.0f} %"
