"""Curves from 0 to 1 as a picture in SVG, readable on light and on dark pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT, _LEFT, _TOP, _PLOT_WIDTH, _PLOT_HEIGHT = 640, 420, 70, 50, 540, 300
_STYLE = """<style>
  text { fill: #222 } .page { fill: #fff } .grid { stroke: #ddd } .first { stroke: #1a5fb4 }
  .second { stroke: #767676 } .dot { fill: #1a5fb4 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6e6e6 } .page { fill: #16181c } .grid { stroke: #3a3d42 }
    .first { stroke: #8ab8ff } .second { stroke: #9a9a9a } .dot { fill: #8ab8ff }
  }
</style>"""

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Axis:
    """An axis from 0.

    Attributes:
        name: What is along it.
        end: The value at its end, as a share of 1.
    """

    name: str
    end: float = 1.0


@dataclass(frozen=True)
class Mark:
    """A dotted line up from a value of the axis across."""

    name: str
    at: float


@dataclass(frozen=True)
class Plot:
    """A curve, and another one to compare it with.

    Attributes:
        title: Above the curve.
        across: The horizontal axis.
        up: The vertical axis.
        points: Of the curve, (across, up) each; a point beyond an axis is drawn at its end.
        comparison: Points of the dashed curve.
        comparison_name: What the dashed curve is.
        marks: Lines across the plot, each with its name.
        note: A line of text below the plot.
    """

    title: str
    across: Axis
    up: Axis
    points: Points
    comparison: Points = ()
    comparison_name: str = ""
    marks: Sequence[Mark] = ()
    note: str = ""


def plot_svg(plot: Plot) -> str:
    """Draw a plot as an SVG document."""
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
            'font-family="sans-serif" font-size="13" role="img">',
            f"<title>{escape(plot.title)}</title>",
            _STYLE,
            '<rect class="page" width="100%" height="100%"/>',
            *_grid(plot),
            _curve(plot, plot.comparison, 'class="second" stroke-dasharray="6 5"'),
            _curve(plot, plot.points, 'class="first"'),
            *_dots(plot),
            *_marks(plot),
            _text(_LEFT, 22, plot.title, 'font-weight="bold"'),
            *_names(plot),
            "</svg>",
            "",
        )
    )


def _place(plot: Plot, point: tuple[float, float]) -> tuple[float, float]:
    across = min(point[0] / plot.across.end, 1.0)
    up = min(point[1] / plot.up.end, 1.0)
    return round(_LEFT + across * _PLOT_WIDTH, 1), round(_TOP + (1 - up) * _PLOT_HEIGHT, 1)


def _grid(plot: Plot) -> Iterator[str]:
    for step in range(6):
        share = step / 5
        x, y = _LEFT + share * _PLOT_WIDTH, _TOP + (1 - share) * _PLOT_HEIGHT
        yield f'<path class="grid" d="M{_LEFT} {y:.0f}h{_PLOT_WIDTH}"/>'
        yield f'<path class="grid" d="M{x:.0f} {_TOP}v{_PLOT_HEIGHT}"/>'
        yield _text(_LEFT - 8, y + 4, f"{share * plot.up.end:.0%}", 'text-anchor="end"')
        below = _TOP + _PLOT_HEIGHT + 20
        yield _text(x, below, f"{share * plot.across.end:.0%}", 'text-anchor="middle"')


def _curve(plot: Plot, points: Points, style: str) -> str:
    places = " ".join("{},{}".format(*_place(plot, point)) for point in points)
    return f'<polyline {style} fill="none" stroke-width="2.5" points="{places}"/>'


def _dots(plot: Plot) -> Iterator[str]:
    for point in plot.points:
        x, y = _place(plot, point)
        yield f'<circle class="dot" cx="{x}" cy="{y}" r="3.5"/>'


def _marks(plot: Plot) -> Iterator[str]:
    for place, mark in enumerate(plot.marks):
        x, _ = _place(plot, (mark.at, 0.0))
        side, anchor = (-4, "end") if mark.at > 0.8 * plot.across.end else (4, "start")
        yield f'<path class="second" stroke-dasharray="2 3" d="M{x} {_TOP}v{_PLOT_HEIGHT}"/>'
        yield _text(x + side, _TOP + 14 * (place + 1), mark.name, f'text-anchor="{anchor}"')


def _names(plot: Plot) -> Iterator[str]:
    middle, bottom = _LEFT + _PLOT_WIDTH / 2, _TOP + _PLOT_HEIGHT
    yield _text(middle, bottom + 44, plot.across.name, 'text-anchor="middle"')
    turned = f'text-anchor="middle" transform="rotate(-90 18 {_TOP + _PLOT_HEIGHT / 2})"'
    yield _text(18, _TOP + _PLOT_HEIGHT / 2, plot.up.name, turned)
    if plot.comparison_name:
        yield _text(_LEFT + _PLOT_WIDTH, 42, f"dashed: {plot.comparison_name}", 'text-anchor="end"')
    if plot.note:
        yield _text(_LEFT, _HEIGHT - 6, plot.note, "")


def _text(x: float, y: float, words: str, style: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" {style}>{escape(words)}</text>'
