"""What was measured, beside what was to be reached."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bench.beside.floors import Floor
from bench.beside.isso import Isso
from bench.measure import Measured
from bench.parley import Parley
from bench.rates import Turns
from bench.system import COMMENTS, LIMIT

_FLOORS = "the floors of its parts"


class Aim(StrEnum):
    """How a target is meant."""

    TIMES = "times the other"
    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached."""

    aim: Aim
    value: float

    def reached(self, value: float) -> bool:
        """By a value, or by a ratio where the target is one."""
        return value <= self.value if self.aim is Aim.AT_MOST else value >= self.value


@dataclass(frozen=True, slots=True)
class Result:
    """One line: Parley and the other have a value for each turn, their medians count.

    `beside` names the other; it is empty where Parley is measured alone.
    """

    name: str
    parley: Sequence[float]
    target: Target | None = None
    beside: str = ""
    other: Sequence[float] = ()

    @property
    def ratio(self) -> float | None:
        """Parley's by the other's."""
        if not self.parley or not self.other:
            return None
        return statistics.median(self.parley) / statistics.median(self.other)

    @property
    def reached(self) -> bool | None:
        """None where there is no target."""
        if self.target is None:
            return None
        if self.target.aim is Aim.TIMES:
            return self.ratio is not None and self.target.reached(self.ratio)
        return self.target.reached(statistics.median(self.parley))


def results(of: Measured) -> list[Result]:
    """Every line."""
    parley = of.turns[Parley.name]
    others = [(name, turns) for name, turns in of.turns.items() if name != Parley.name]
    beside = [line for name, other in others for line in _beside(parley, other, name)]
    return [*beside, *_on_floors(of, parley), *_alone(of, parley)]


def _beside(parley: Turns, other: Turns, name: str) -> list[Result]:
    is_isso = name == Isso.name
    lines = [
        Result(
            "Accepted a second",
            parley.accepted,
            Target(Aim.TIMES, 4) if is_isso else None,
            name,
            other.accepted,
        ),
        # From the first submission to the last decision; Isso has none to make.
        Result("Accepted and decided a second", parley.decided, None, name, other.decided),
        Result(
            f"First {LIMIT} of {COMMENTS:,} shown a second",
            parley.pages,
            Target(Aim.TIMES, 10) if is_isso else None,
            name,
            other.pages,
        ),
    ]
    memory = other.web.memory.pss
    if memory:
        pss = [parley.web.memory.pss]
        lines.append(Result("Web server's memory (PSS), MB", pss, None, name, [memory]))
    return lines


def _on_floors(of: Measured, parley: Turns) -> list[Result]:
    shown, taken = (f"First {LIMIT} shown", parley.pages), ("Accepted", parley.accepted)
    return [
        _on_floor(of, taken, Floor.FLASK_INSERT, Target(Aim.TIMES, 0.6)),
        _on_floor(of, taken, Floor.INSERT),
        _on_floor(of, shown, Floor.FLASK),
        _on_floor(of, shown, Floor.WSGI),
        Result("Decided / scoring alone", of.drained[1], None, _FLOORS, of.scored),
    ]


def _on_floor(
    of: Measured, own: tuple[str, Sequence[float]], floor: Floor, target: Target | None = None
) -> Result:
    name, values = own
    return Result(f"{name} / {floor}", values, target, _FLOORS, of.floors[floor])


def _alone(of: Measured, parley: Turns) -> list[Result]:
    worker, web = of.worker.memory, parley.web.memory
    return [
        Result("Scored a second on one core", of.scored, Target(Aim.AT_LEAST, 2_500)),
        Result("Decided a second, one worker", of.drained[1], Target(Aim.AT_LEAST, 4_000)),
        Result("Decided a second, two workers", of.drained[2], Target(Aim.AT_LEAST, 6_000)),
        Result("Submitted to decided, median, ms", [of.delay.p50], Target(Aim.AT_MOST, 12)),
        Result("Submitted to decided, p99, ms", [of.delay.p99], Target(Aim.AT_MOST, 60)),
        Result("Worker's memory (PSS), MB", [worker.pss], Target(Aim.AT_MOST, 100)),
        Result("Web server's memory (PSS), MB", [web.pss], Target(Aim.AT_MOST, 90)),
        Result("Second start of all, seconds", of.started, Target(Aim.AT_MOST, 2)),
    ]
