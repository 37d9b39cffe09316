"""How costs grow: each stage's exponent, as a table and as a picture in SVG."""

import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from bench.growth.costs import Costs, Stage

MOST = 0.05  # an exponent that counts as flat: a thousand times as much costs at most 1.41 times
_WIDTH, _HEIGHT, _LEFT, _TOP, _ACROSS, _UP, _HIGHEST = 640, 400, 60, 50, 400, 290, 2.0
_DECADES = 3
_COLOURS = ("#1a5fb4", "#c64600", "#26a269", "#8a3ab9")
_STYLE = """<style>
  text { fill: #222 } .page { fill: #fff } .grid { stroke: #ddd }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6e6e6 } .page { fill: #16181c } .grid { stroke: #3a3d42 }
  }
</style>"""


@dataclass(frozen=True, slots=True)
class Line:
    """What grows, and the costs for each number of it, from the smallest on."""

    what: str
    costs: Mapping[int, Costs]

    def exponent(self, stage: Stage | None = None) -> float:
        """By which power of the number a stage's cost grows, or their mean: 0 is flat."""
        points = [
            (math.log(number), math.log(_cost(costs, stage)))
            for number, costs in self.costs.items()
        ]
        return statistics.linear_regression(*zip(*points, strict=True)).slope

    def relative(self) -> list[tuple[float, float]]:
        """How many times as many, and how many times the cost, for each number."""
        first, smallest = min(self.costs), _cost(self.costs[min(self.costs)], None)
        return [
            (number / first, _cost(costs, None) / smallest) for number, costs in self.costs.items()
        ]


def _cost(costs: Costs, stage: Stage | None) -> float:
    """Of a stage, or the geometric mean, in which each of them counts as much."""
    return statistics.geometric_mean(costs.values()) if stage is None else costs[stage]


def picture(lines: Sequence[Line]) -> str:
    """Draw the mean cost of the stages, as a multiple of the first, as an SVG document."""
    title = "Cost of a comment while everything around it grows"
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
            'font-family="sans-serif" font-size="13" role="img">',
            f"<title>{title}</title>",
            _STYLE,
            '<rect class="page" width="100%" height="100%"/>',
            *_grid(),
            *(shape for place, line in enumerate(lines) for shape in _drawn(line, place)),
            _text(_LEFT, 24, title, 'font-weight="bold"'),
            _text(_LEFT + _ACROSS / 2, _HEIGHT - 12, "times as many", 'text-anchor="middle"'),
            _text(_LEFT, 42, "processor time, as a multiple of the first", ""),
            "</svg>",
            "",
        )
    )


def _grid() -> Iterator[str]:
    for step in range(5):
        height = step / 4
        y = _TOP + (1 - height) * _UP
        yield f'<path class="grid" d="M{_LEFT} {y:.0f}h{_ACROSS}"/>'
        yield _text(_LEFT - 8, y + 4, f"{height * _HIGHEST:.1f}", 'text-anchor="end"')
    for decade in range(_DECADES + 1):
        x = _LEFT + decade / _DECADES * _ACROSS
        yield f'<path class="grid" d="M{x:.0f} {_TOP}v{_UP}"/>'
        yield _text(x, _TOP + _UP + 20, f"{10**decade:,}", 'text-anchor="middle"')


def _drawn(line: Line, place: int) -> Iterator[str]:
    points = [_place(*point) for point in line.relative()]
    colour, at = _COLOURS[place], " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline fill="none" stroke="{colour}" stroke-width="2.5" points="{at}"/>'
    for x, y in points:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>'
    y = _TOP + 20 + 24 * place
    yield f'<path stroke="{colour}" stroke-width="2.5" d="M{_LEFT + _ACROSS + 14} {y - 4}h18"/>'
    name = f"{line.what}: exponent {line.exponent():.3f}"
    yield _text(_LEFT + _ACROSS + 36, y, name, 'font-size="11"')


def _place(times: float, cost: float) -> tuple[float, float]:
    across = min(math.log10(times) / _DECADES, 1.0)
    return _LEFT + across * _ACROSS, _TOP + (1 - min(cost / _HIGHEST, 1.0)) * _UP


def _text(x: float, y: float, words: str, style: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" {style}>{escape(words)}</text>'
