"""How another service and Parley compare, in a terminal."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from cli.output.share_bar import share_bar
from cli.output.short_line import short_line
from cli.policies.comparison import Comparison
from models.metrics.threshold_matches import Holding, Match, Share
from moderation.notifications.wording import counted

_BAR = 10  # characters, so that three of them stand beside one another


def match_report(comparison: Comparison, show: int) -> Group:
    """The thresholds, a plot, and the first differences of each kind."""
    return Group(
        *map(Text, _old_lines(comparison)),
        "",
        _thresholds(comparison.matched),
        *map(Text, _notes(comparison)),
        "",
        _plot(comparison),
        *_differences(comparison, show),
        *map(Text, _next_step(comparison)),
    )


def _old_lines(comparison: Comparison) -> Iterator[str]:
    old, holding = comparison.old, comparison.old_holding
    left_out = f"; {counted(old.left_out, 'row')} without an opinion" if old.left_out else ""
    yield f"{counted(len(old.texts), 'comment')}{left_out}"
    yield f"the old service held  {_share(holding.held)}"
    if len(comparison.matched) > 1:
        yield f"  precision           {_share(holding.precision)}"
        yield f"  recall              {_share(holding.recall)}"
    if comparison.question.site_name:
        yield f"the site holds {comparison.anyway:,} whatever its threshold of toxicity is"


def _thresholds(matched: Sequence[Match]) -> Table:
    labelled = len(matched) > 1
    headers = ("the same", "from", "95 % interval", "holds", "precision", "recall")
    table = Table(*(headers if labelled else headers[:4]), box=None, pad_edge=False)
    for row in matched:
        low, high = row.interval or (None, None)
        interval = f"{_limit(low)} to {_limit(high)}" if row.interval else "none"
        table.add_row(row.same, _limit(row.threshold), interval, *_shares(row.holding, labelled))
    return table


def _shares(holding: Holding | None, labelled: bool) -> Iterator[str]:
    if holding is None:
        return
    yield f"{holding.held.value:.1%}"
    if labelled:
        yield _short(holding.precision)
        yield _short(holding.recall)


def _notes(comparison: Comparison) -> Iterator[str]:
    held = comparison.old_holding.held.count
    if comparison.anyway > held:
        yield (
            f"No threshold holds as few as the old service: {comparison.anyway:,} are held for"
            " another attribute, a score that is likely to be rejected, or another language."
        )
    if any(row.threshold is None for row in comparison.matched):
        yield "No threshold is as precise as the old service was on these comments."


def _plot(comparison: Comparison) -> Table:
    labelled = len(comparison.matched) > 1
    headers = ["from", "held", *(["precision", "recall"] if labelled else []), ""]
    table = Table(*headers, box=None, pad_edge=False)
    marks = _marks([limit for limit, _ in comparison.steps], comparison.matched)
    for limit, holding in comparison.steps:
        shares = [holding.held, *([holding.precision, holding.recall] if labelled else [])]
        bars = [share_bar(None if share is None else share.value, _BAR) for share in shares]
        table.add_row(f"{limit:.0%}", *bars, ", ".join(marks[limit]))
    return table


def _marks(limits: Sequence[float], matched: Sequence[Match]) -> dict[float, list[str]]:
    """What each row of the plot is nearest to; a threshold that holds nothing has no row."""
    marks: dict[float, list[str]] = {limit: [] for limit in limits}
    for row in matched:
        if row.threshold is not None and row.threshold <= 1:
            by = [round(abs(limit - row.threshold), 9) for limit in limits]
            marks[limits[by.index(min(by))]].append(f"same {row.same}")
    return marks


def _differences(comparison: Comparison, show: int) -> Iterator[RenderableType]:
    gaps = comparison.gaps
    for title, places in (
        ("the old service alone held", gaps.only_first),
        ("Parley alone would hold", gaps.only_second),
    ):
        yield Text(f"\nAt the same share {title} {len(places):,}; they differ most on:")
        yield from (Text(f"  {_line(comparison, place)}") for place in places[:show])


def _line(comparison: Comparison, place: int) -> str:
    old, score = comparison.old, comparison.scores[place]
    shown = f"{100 * score:.1f} %" if score <= 1 else "anyway"
    return f"line {old.lines[place]:<6} {shown:>6}  {short_line(old.texts[place])}"


def _next_step(comparison: Comparison) -> Iterator[str]:
    threshold, name = comparison.matched[0].threshold, comparison.question.site_name
    if name and threshold is not None:
        yield ""
        score = 100 * min(threshold, 1.0)
        yield f"Nothing was changed: `parley site set {name} --flag {score:.6g}%`"


def _share(share: Share | None) -> str:
    if share is None:
        return "none"
    low, high = share.interval
    counts = f"{share.count:,} of {share.of:,}"
    return f"{share.value:.1%} ({counts}, 95 % interval {low:.1%} to {high:.1%})"


def _short(share: Share | None) -> str:
    return "none" if share is None else f"{share.value:.1%}"


def _limit(threshold: float | None) -> str:
    if threshold is None:
        return "none"
    return f"{100 * threshold:.1f} %" if threshold <= 1 else "nowhere"
