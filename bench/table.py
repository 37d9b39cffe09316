"""The results for a person, and for a program."""

import json
import os
import statistics
from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table

from bench.delay import PACE
from bench.measure import Measured
from bench.rates import Plan
from bench.results import Aim, Result, Target
from bench.system import LIMIT

_TARGETS = {
    Aim.TIMES: "\u2265 {:.1f} x",
    Aim.AT_LEAST: "\u2265 {:,.0f}",
    Aim.AT_MOST: "\u2264 {:,.0f}",
}
_SYNCHRONOUS = {"0": "OFF", "1": "NORMAL", "2": "FULL", "3": "EXTRA"}


def print_table(console: Console, lines: Sequence[Result], notes: Sequence[str]) -> None:
    """A table for each of the others and one of Parley alone, then what else is to be known."""
    for beside, group in groupby(lines, lambda line: line.beside):
        table = Table(title=beside and f"Beside {beside}", title_justify="left")
        table.add_column("")
        columns = ("Parley", "other", "ratio") if beside else ("Parley",)
        for column in (*columns, "target", "met"):
            table.add_column(column, justify="right")
        for line in group:
            other = (shown(_median(line.other)), f"{line.ratio or 0:.2f}") if beside else ()
            met = {None: "", True: "yes", False: "NO"}[line.reached]
            value = shown(_median(line.parley))
            table.add_row(line.name, value, *other, in_words(line.target), met)
        console.print(table)
    for note in notes:
        console.print(note, soft_wrap=True, highlight=False)


def as_json(lines: Sequence[Result], notes: Sequence[str]) -> str:
    """One object: `results`, each with its single values, and `notes`."""
    return json.dumps({"results": [_fields(line) for line in lines], "notes": list(notes)})


def notes(of: Measured, plan: Plan) -> list[str]:
    """What else is to be known to compare them fairly."""
    share = max(share for turns in of.turns.values() for share in turns.client)
    storing = (f"{name} {_named(setting)}" for name, setting in of.storing.items())
    return [
        f"Medians of {plan.repeats} turns, {plan.connections} keep-alive connections each.",
        f"The client itself took at most {share:.0%} of one core. Before it all began, the load"
        f" average was {of.busy:.1f}, on {os.cpu_count()} cores.",
        f"SQLite on the same disk: {', '.join(storing)}.",
        "Isso publishes at once and scores nothing; its guard against spam is off.",
        f"The first {LIMIT} are read while the page gets a comment each second.",
        f"Submitted to decided: {PACE} a second, as an author sees who asks every 10 ms.",
        f"The backlog had {plan.backlog:,} comments.",
    ]


def _fields(line: Result) -> dict[str, object]:
    return {
        "name": line.name,
        "parley": _median(line.parley),
        "beside": line.beside or None,
        "other": _median(line.other),
        "ratio": line.ratio,
        "target": line.target and {"aim": line.target.aim, "value": line.target.value},
        "reached": line.reached,
        "turns": {"parley": list(line.parley), "other": list(line.other)},
    }


def _median(values: Sequence[float]) -> float | None:
    return statistics.median(values) if values else None


def shown(value: float | None) -> str:
    """With as many digits as mean something."""
    return "-" if value is None else f"{value:,.{0 if value >= 10 else 1}f}"


def in_words(target: Target | None) -> str:
    """What was to be reached."""
    if target is None:
        return ""
    return _TARGETS[target.aim].format(target.value)


def _named(storing: str) -> str:
    start, _, number = storing.rpartition("=")
    return f"{start}={_SYNCHRONOUS.get(number, number)}"
