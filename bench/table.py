"""The results for a person, and for a program."""

import json
import os
import statistics
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bench.delay import PACE
from bench.measure import Measured
from bench.rates import Plan
from bench.results import Aim, Result, Target
from bench.system import COMMENTS

_TARGETS = {
    Aim.TIMES_ISSO: "{:.0f} x Isso",
    Aim.AT_LEAST: "\u2265 {:,.0f}",
    Aim.AT_MOST: "\u2264 {:,.0f}",
}
_SYNCHRONOUS = {"0": "OFF", "1": "NORMAL", "2": "FULL", "3": "EXTRA"}


def print_table(console: Console, lines: Sequence[Result], notes: Sequence[str]) -> None:
    """A table, then what else is to be known."""
    table = Table(caption="\n".join(notes), caption_justify="left")
    table.add_column("")
    for column in ("Parley", "Isso", "ratio", "target", "met"):
        table.add_column(column, justify="right")
    for line in lines:
        table.add_row(
            line.name,
            shown(_median(line.parley)),
            shown(_median(line.isso)),
            "" if line.ratio is None else f"{line.ratio:.2f}",
            in_words(line.target),
            {None: "", True: "yes", False: "NO"}[line.reached],
        )
    console.print(table)


def as_json(lines: Sequence[Result], notes: Sequence[str]) -> str:
    """One object: `results`, each with its single values, and `notes`."""
    return json.dumps({"results": [_fields(line) for line in lines], "notes": list(notes)})


def notes(of: Measured, plan: Plan) -> list[str]:
    """What else is to be known to compare them fairly."""
    share = max(*of.parley.client, *of.isso.client)
    storing = (f"{name} {_named(setting)}" for name, setting in of.storing.items())
    return [
        f"Medians of {plan.repeats} turns, {plan.connections} keep-alive connections each.",
        f"The client itself took at most {share:.0%} of one core. Before it all began, the load"
        f" average was {of.busy:.1f}, on {os.cpu_count()} cores.",
        f"SQLite on the same disk: {', '.join(storing)}.",
        "Isso publishes at once and scores nothing; its guard against spam is off.",
        f"Isso's own script asks for all {COMMENTS:,} comments unless told otherwise.",
        f"Submitted to decided: {PACE} a second, as an author sees who asks every 10 ms.",
    ]


def _fields(line: Result) -> dict[str, object]:
    return {
        "name": line.name,
        "parley": _median(line.parley),
        "isso": _median(line.isso),
        "ratio": line.ratio,
        "target": line.target and {"aim": line.target.aim, "value": line.target.value},
        "reached": line.reached,
        "turns": {"parley": list(line.parley), "isso": list(line.isso)},
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
