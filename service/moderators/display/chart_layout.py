"""Charts as shapes: where each bar and dot of a picture stands, for the template to draw."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from moderation.statistics import DailyStatistics

WIDTH, HEIGHT = 720, 200
_BOTTOM = 22  # room for the days
_LETTER = 11  # the widest digit, in the letters of a phone
PARTS = ("approved", "waiting", "rejected")


@dataclass(frozen=True, slots=True)
class Shape:
    """A bar, or a dot where `width` is 0; `kind` is its class, `title` what it says."""

    kind: str
    title: str
    x: float
    y: float
    width: float = 0
    height: float = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture. `lines` and `days` are labels beside the axes, each with its place."""

    shapes: Sequence[Shape]
    lines: Sequence[tuple[float, str]]
    days: Sequence[tuple[float, str]]
    left: int
    width: int = WIDTH
    height: int = HEIGHT


def decisions_chart(days: Sequence[DailyStatistics], first: date, last: date) -> Chart:
    """A bar a day, stacked of what was submitted and is approved, waits and is rejected now."""
    totals = {day: _total(days, day) for day in _each_day(first, last)}
    top = _round_up(max((sum(parts.values()) for parts in totals.values()), default=0))
    lines = _lines(top, f"{top:,}", f"{top // 2:,}")
    left = _left(lines)
    slot = (WIDTH - left) / len(totals)
    shapes: list[Shape] = []
    for place, (day, parts) in enumerate(totals.items()):
        shapes += _stack(parts, day.isoformat(), left + place * slot, slot, top)
    return Chart(shapes, lines, _day_labels(first, last, left), left)


def delays_chart(days: Sequence[DailyStatistics], first: date, last: date) -> Chart:
    """Two dots a day and site: how long half and nine tenths of the decisions took at most."""
    hours = [day.p90.total_seconds() / 3600 for day in days if day.p90 is not None]
    top = _round_up(math.ceil(max(hours, default=0)))
    lines = _lines(top, f"{top:,} h", f"{top / 2:g} h")
    left = _left(lines)
    slot = (WIDTH - left) / ((last - first).days + 1)
    shapes = [
        _dot(day, name, left + ((day.day - first).days + 0.5) * slot, top)
        for day in days
        for name in ("p90", "p50")
        if getattr(day, name) is not None
    ]
    return Chart(shapes, lines, _day_labels(first, last, left), left)


def _each_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _total(days: Sequence[DailyStatistics], day: date) -> Mapping[str, int]:
    by_site = [statistics for statistics in days if statistics.day == day]
    return {part: sum(getattr(statistics, part) for statistics in by_site) for part in PARTS}


def _stack(parts: Mapping[str, int], day: str, x: float, slot: float, top: int) -> list[Shape]:
    shapes, y = [], float(HEIGHT - _BOTTOM)
    for part in PARTS:
        height = parts[part] / top * (HEIGHT - _BOTTOM)
        y -= height
        if height:
            title = f"{day}: {parts[part]:,} {part}"
            shapes.append(Shape(part, title, x + slot * 0.1, y, slot * 0.8, height))
    return shapes


def _dot(day: DailyStatistics, name: str, x: float, top: int) -> Shape:
    delay: timedelta = getattr(day, name)
    y = (HEIGHT - _BOTTOM) * (1 - delay.total_seconds() / 3600 / top)
    title = f"{day.day.isoformat()}, {day.site}: {name} {delay.total_seconds() / 60:,.1f} min"
    return Shape(name, title, x, y)


def _lines(top: int, highest: str, middle: str) -> Sequence[tuple[float, str]]:
    floor = HEIGHT - _BOTTOM
    return ((0, highest), (floor / 2, middle if top > 1 else ""), (floor, "0"))


def _left(lines: Sequence[tuple[float, str]]) -> int:
    """Room for the longest label, whole also in the larger letters of a phone."""
    return 12 + _LETTER * max(len(label) for _, label in lines)


def _day_labels(first: date, last: date, left: int) -> Sequence[tuple[float, str]]:
    number = (last - first).days + 1
    slot = (WIDTH - left) / number
    every = math.ceil(number / 6)
    return [
        (left + (place + 0.5) * slot, day.strftime("%d %b"))
        for place, day in enumerate(_each_day(first, last))
        if place % every == every // 2
    ]


def _round_up(highest: int) -> int:
    """To 1, 2 or 5 times a power of ten, so that the axis reads well; at least 1."""
    power = 10 ** max(0, len(str(highest)) - 1)
    return next((step * power for step in (1, 2, 5, 10) if step * power >= highest), 1)
