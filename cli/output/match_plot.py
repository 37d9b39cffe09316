"""Draw what Parley holds over the threshold, beside what another service held."""

from cli.policies.comparison import Comparison
from models.card.svg_plot import Axis, Mark, Plot, plot_svg
from models.metrics.threshold_matches import Share
from moderation.notifications.wording import counted


def match_svg(comparison: Comparison) -> str:
    """Return an SVG document: precision and recall where there are labels, else shares held."""
    labelled = len(comparison.matched) > 1
    across = Axis(f"threshold of {comparison.question.attribute}")
    marks = [
        Mark(f"same {matched.same} {100 * matched.threshold:.0f} %", matched.threshold)
        for matched in comparison.matched
        if matched.threshold is not None and matched.threshold <= 1
    ]
    steps, held = comparison.steps, comparison.old_holding.held
    level = [(0.0, held.value), (1.0, held.value)]
    recall = _points([(limit, holding.recall) for limit, holding in steps])
    return plot_svg(
        Plot(
            title="Precision of what is held" if labelled else "Share of comments held",
            across=across,
            up=Axis("share"),
            points=_points(
                [
                    (limit, holding.precision if labelled else holding.held)
                    for limit, holding in steps
                ]
            ),
            comparison=recall if labelled else level,
            comparison_name="recall" if labelled else "held by the old service",
            marks=marks,
            note=f"{counted(held.of, 'comment')}: the old service held {held.value:.1%}",
        )
    )


def _points(shares: list[tuple[float, Share | None]]) -> list[tuple[float, float]]:
    return [(limit, share.value) for limit, share in shares if share is not None]
