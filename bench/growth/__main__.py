"""`python -m bench.growth`."""

import json
import logging
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import geometric_mean

import click
import structlog
from rich.console import Console
from rich.table import Table

from bench.growth.costs import Stage, costs
from bench.growth.lines import MOST, Line, picture
from bench.growth.steps import FIRST, Growing, Step, grown
from bench.problem import NotMeasured
from bench.queue.databases import DATABASES
from bench.queue.filled import Say
from judging.loaded_model import Model, load_model
from models.serving.classifier import ARTEFACT

# Libraries of linear algebra would use every core otherwise, and their time would count.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@click.command(epilog="Example: python -m bench.growth --times 100 --rounds 20")
@click.option("--times", type=click.Choice(["10", "100", "1000"]), default="1000")
@click.option("--on", type=click.Choice(list(DATABASES)), default="sqlite", show_default=True)
@click.option("--rounds", type=click.IntRange(3, 1_000), default=60, show_default=True)
@click.option(
    "--only",
    type=click.Choice([kind.value for kind in Growing]),
    multiple=True,
    help="What grows; repeatable.",
)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var/bench"),
    show_default=True,
    help="For the databases, which are kept for the next run: 4 GB for a million comments.",
)
@click.option("--picture", "file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "to_program", is_flag=True, help="One JSON object instead of a table.")
def growth(
    times: str,
    on: str,
    rounds: int,
    only: tuple[str, ...],
    folder: Path,
    file: Path | None,
    to_program: bool,
) -> None:
    """Measure what a comment costs while comments, pages, sites and moderators grow.

    By processor time, that of PostgreSQL too, so that other programs do not count. PICTURE gets the
    curves.
    """
    console, kinds = Console(stderr=True), [Growing(name) for name in only] or [*Growing]
    folder = folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    powers = [10**power for power in range(len(times))]
    run = _Run(folder, on, powers, rounds, load_model(ARTEFACT))
    try:
        with console.status("") as status:
            lines = [run.line(kind, status.update) for kind in kinds]
    except (NotMeasured, click.ClickException, OSError) as problem:
        click.echo(f"Not measured: {problem}", err=True)
        sys.exit(1)
    if file is not None:
        file.write_text(picture(lines), encoding="utf-8")
    _print(lines, as_json=to_program)


@dataclass(frozen=True, slots=True)
class _Run:
    """What is the same for all that grows; `times` is how many times as many there are."""

    folder: Path
    on: str
    times: Sequence[int]
    rounds: int
    model: Model

    def line(self, what: Growing, say: Say) -> Line:
        by_number = {}
        for number in [FIRST[what] * times for times in self.times]:
            with grown(self.folder, self.on, Step(what, number), say) as url:
                say(f"measuring with {number:,} {what}")
                var = self.folder / "growth"
                shutil.rmtree(var, ignore_errors=True)
                var.mkdir()
                by_number[number] = costs(var, url, self.model, self.rounds)
        return Line(what, by_number)


def _print(lines: list[Line], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({line.what: _fields(line) for line in lines}))
        return
    table = Table(caption="Milliseconds of processor time", caption_justify="left")
    table.add_column("")
    for column in (*Stage, "mean"):
        table.add_column(column, justify="right")
    for line in lines:
        for number, stages in line.costs.items():
            values = [
                *(stages[stage] for stage in Stage),
                geometric_mean(stages.values()),
            ]
            table.add_row(f"{number:,} {line.what}", *(f"{value:.2f}" for value in values))
        exponents = [*(line.exponent(stage) for stage in Stage), line.exponent()]
        met = "yes" if max(exponents) <= MOST else "NO"
        row = [f"{exponent:.3f}" for exponent in exponents]
        table.add_row(f"  exponent (≤ {MOST}: {met})", *row, end_section=True)
    Console().print(table)


def _fields(line: Line) -> dict[str, object]:
    return {
        "milliseconds": line.costs,
        "exponents": {stage: line.exponent(stage) for stage in Stage},
        "exponent": line.exponent(),
    }


if __name__ == "__main__":
    growth()
