"""What was measured, beside what was to be reached."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bench.measure import Measured
from bench.system import COMMENTS, LIMIT


class Aim(StrEnum):
    """How a target is meant."""

    TIMES_ISSO = "times Isso"
    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached."""

    aim: Aim
    value: float

    def reached(self, value: float) -> bool:
        """By a value that is not a ratio."""
        return value <= self.value if self.aim is Aim.AT_MOST else value >= self.value


@dataclass(frozen=True, slots=True)
class Result:
    """One line: `parley` and `isso` have a value for each turn, their median counts."""

    name: str
    parley: Sequence[float] = ()
    isso: Sequence[float] = ()
    target: Target | None = None

    @property
    def ratio(self) -> float | None:
        """Parley's by Isso's."""
        if not self.parley or not self.isso:
            return None
        return statistics.median(self.parley) / statistics.median(self.isso)

    @property
    def reached(self) -> bool | None:
        """None where there is no target."""
        if self.target is None:
            return None
        if self.target.aim is Aim.TIMES_ISSO:
            return self.ratio is not None and self.ratio >= self.target.value
        return self.target.reached(statistics.median(self.parley))


def results(of: Measured) -> list[Result]:
    """Every line."""
    return [*_taken(of), *_shown(of), *_waited(of), *_memory(of)]


def _taken(of: Measured) -> list[Result]:
    twice, isso = Target(Aim.TIMES_ISSO, 2), of.isso.accepted
    return [
        Result("Accepted a second", of.parley.accepted, isso, twice),
        # From the first submission to the last decision; Isso has none to make.
        Result("Accepted and decided a second", of.parley.decided, isso, twice),
        Result("Decided a second, from a backlog", of.drained, isso, twice),
        Result("Scored a second on one core", of.scored, (), Target(Aim.AT_LEAST, 2_500)),
    ]


def _shown(of: Measured) -> list[Result]:
    first = f"First {LIMIT} of {COMMENTS:,} shown a second"
    ten = Target(Aim.TIMES_ISSO, 10)
    return [
        Result(first, of.parley.pages, of.isso.pages, ten),
        Result(f"All {COMMENTS:,} shown a second", (), of.isso.everything),
    ]


def _waited(of: Measured) -> list[Result]:
    most = Target(Aim.AT_MOST, 250)
    return [
        Result("Submitted to decided, median, ms", [of.delay.p50]),
        Result("Submitted to decided, p99, ms", [of.delay.p99], (), most),
    ]


def _memory(of: Measured) -> list[Result]:
    worker, web, isso = of.worker.memory, of.parley.web.memory, of.isso.web.memory
    return [
        Result("Worker's memory (PSS), MB", [worker.pss], (), Target(Aim.AT_MOST, 200)),
        Result("Worker's memory (RSS), MB", [worker.rss]),
        Result("Web server's memory (PSS), MB", [web.pss], [isso.pss], Target(Aim.AT_MOST, 100)),
        Result("Web server's memory (RSS), MB", [web.rss], [isso.rss]),
    ]
