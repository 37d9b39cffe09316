"""Precision and missed share over the threshold, as a picture in SVG."""

from collections.abc import Iterator, Sequence
from html import escape

from models.metrics.threshold_outcomes import ThresholdOutcome

_WIDTH, _HEIGHT, _LEFT, _TOP, _PLOT_WIDTH, _PLOT_HEIGHT = 640, 400, 60, 50, 540, 290


def curve_svg(steps: Sequence[ThresholdOutcome], found: ThresholdOutcome) -> str:
    """The curves, with a line at each threshold; dashes tell them apart without colour."""
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
            'font-family="sans-serif" font-size="13" role="img">',
            "<title>Precision and missed share by threshold</title>",
            '<rect width="100%" height="100%" fill="white"/>',
            *_grid(),
            _curve([(step.flag, step.precision) for step in steps], "#1a5fb4", ""),
            _curve([(step.flag, step.missed) for step in steps], "#b3261e", "7 4"),
            *_threshold("flag", found.flag, 12),
            *_threshold("reject", found.reject, 26),
            _text(_LEFT, 20, "precision there and above (solid)", "#1a5fb4"),
            _text(_LEFT + 250, 20, "toxic, but below (dashed)", "#b3261e"),
            _text(_LEFT, _HEIGHT - 10, _summary(found), "#222"),
            "</svg>",
            "",
        )
    )


def _x(score: float) -> float:
    return round(_LEFT + score * _PLOT_WIDTH, 1)


def _y(share: float) -> float:
    return round(_TOP + (1 - share) * _PLOT_HEIGHT, 1)


def _grid() -> Iterator[str]:
    for tenth in range(0, 11, 2):
        share = tenth / 10
        yield f'<path d="M{_LEFT} {_y(share)}h{_PLOT_WIDTH}" stroke="#ddd"/>'
        yield _text(_LEFT - 45, _y(share) + 4, f"{share:.0%}", "#222")
        yield _text(_x(share) - 8, _TOP + _PLOT_HEIGHT + 18, f"{share:.1f}", "#222")


def _curve(points: Sequence[tuple[float, float | None]], colour: str, dashes: str) -> str:
    known = " ".join(f"{_x(at)},{_y(share)}" for at, share in points if share is not None)
    style = f'fill="none" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dashes}"'
    return f'<polyline points="{known}" {style}/>'


def _threshold(name: str, at: float, below: int) -> Iterator[str]:
    if at <= 1:
        yield f'<path d="M{_x(at)} {_TOP}v{_PLOT_HEIGHT}" stroke="#222" stroke-dasharray="2 3"/>'
        yield _text(
            _x(at) - 95 if at > 0.8 else _x(at) + 4, _TOP + below, f"{name} {at:.2f}", "#222"
        )


def _summary(found: ThresholdOutcome) -> str:
    return (
        f"{found.rows:,} comments: {found.rejected:,} rejected, "
        f"{found.read:.1%} read by a person, {found.missed or 0:.1%} of the toxic ones missed"
    )


def _text(x: float, y: float, words: str, colour: str) -> str:
    return f'<text x="{x}" y="{y}" fill="{colour}">{escape(words)}</text>'
