"""What was measured, beside what was to be reached."""

import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.queue.bulk import NUMBER
from bench.queue.measure import Measured
from bench.results import Aim, Target


@dataclass(frozen=True, slots=True)
class Line:
    """One figure for each database."""

    name: str
    values: Mapping[str, float]
    target: Target | None = None

    @property
    def reached(self) -> bool | None:
        """On every database; None where there is no target."""
        if self.target is None:
            return None
        return all(self.target.reached(value) for value in self.values.values())


def lines(measurements: Mapping[str, Measured]) -> list[Line]:
    """Every line."""
    by_name: dict[str, tuple[dict[str, float], Target | None]] = {}
    for database, measured in measurements.items():
        for name, value, target in _figures(measured):
            by_name.setdefault(name, ({}, target))[0][database] = value
    return [Line(name, values, target) for name, (values, target) in by_name.items()]


def _figures(of: Measured) -> Iterator[tuple[str, float, Target | None]]:
    yield from _spread("First cards", of.first_cards, 100)
    yield from _spread("Search", of.searches, 300)
    yield from _spread("Next card in the list", of.next_cards, 50)
    yield from _spread("Next card, one at a time", of.one_at_a_time, 50)
    yield "Cards a minute by keyboard", of.cards_a_minute, Target(Aim.AT_LEAST, 60)
    yield f"Bulk of {NUMBER:,}, seconds", of.bulk.seconds, Target(Aim.AT_MOST, 5)
    yield "Submitting meanwhile, p99, ms", of.bulk.submit_p99, Target(Aim.AT_MOST, 200)
    pairs = of.races.pairs
    once = Target(Aim.AT_LEAST, pairs)
    yield f"Of {pairs:,} opposite decisions, one winner", of.races.decided_once, once


def _spread(
    name: str, milliseconds: list[float], most: float
) -> Iterator[tuple[str, float, Target | None]]:
    """The median and what one in ten exceeds: both are to be below `most`."""
    target = Target(Aim.AT_MOST, most)
    yield f"{name}, median, ms", statistics.median(milliseconds), target
    yield f"{name}, p90, ms", statistics.quantiles(milliseconds, n=10)[8], target
    yield f"{name}, slowest, ms", max(milliseconds), None
