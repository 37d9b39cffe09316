"""Draw precision and missed share over the threshold."""

from collections.abc import Iterator, Sequence

from models.card.svg_plot import Axis, Mark, Plot, plot_svg
from models.metrics.threshold_outcomes import ThresholdOutcome
from moderation.notifications.wording import counted


def threshold_svg(steps: Sequence[ThresholdOutcome], chosen: ThresholdOutcome) -> str:
    """Return an SVG document of both curves, with a line at each of the chosen thresholds.

    Args:
        steps: What each threshold would do, as the only one.
        chosen: What the two chosen thresholds do together.
    """
    return plot_svg(
        Plot(
            title="Precision there and above",
            across=Axis("threshold of toxicity"),
            up=Axis("share"),
            points=[(step.flag, step.precision) for step in steps if step.precision is not None],
            comparison=[(step.flag, step.missed) for step in steps if step.missed is not None],
            comparison_name="toxic, but below",
            marks=list(_marks(chosen)),
            note=_summary(chosen),
        )
    )


def _marks(chosen: ThresholdOutcome) -> Iterator[Mark]:
    for name, threshold in (("flag", chosen.flag), ("reject", chosen.reject)):
        if threshold <= 1:  # a higher one is never reached
            yield Mark(f"{name} {100 * threshold:.0f} %", threshold)


def _summary(chosen: ThresholdOutcome) -> str:
    return (
        f"{counted(chosen.rows, 'comment')}: {chosen.rejected:,} rejected, "
        f"{chosen.read:.1%} read by a person, {chosen.missed or 0:.1%} of the toxic ones missed"
    )
