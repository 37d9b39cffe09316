"""`python -m bench`."""

import sys
from pathlib import Path

import click
from rich.console import Console

from bench.history import Run, commit_here, earlier, figures, regressions, remember
from bench.measure import measure
from bench.problem import NotMeasured
from bench.rates import Plan
from bench.results import results
from bench.table import as_json, notes, print_table
from moderation.clock import utc_now


@click.command(epilog="Example: python -m bench --seconds 10 --repeats 5 --json > bench.json")
@click.option("--seconds", type=click.FloatRange(0.5, 60), default=4.0, show_default=True)
@click.option("--repeats", type=click.IntRange(1, 20), default=3, show_default=True)
@click.option("--connections", type=click.IntRange(1, 64), default=8, show_default=True)
@click.option("--backlog", type=click.IntRange(100, 1_000_000), default=20_000, show_default=True)
@click.option(
    "--peer",
    "peers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="One more server to put beside, by a description as bench/beside/peer_file.py shows it.",
)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var/bench"),
    show_default=True,
    help="For databases, logs, Isso's environment, and history.jsonl: what earlier runs found.",
)
@click.option("--json", "to_program", is_flag=True, help="One JSON object instead of tables.")
def bench(
    seconds: float,
    repeats: int,
    connections: int,
    backlog: int,
    peers: tuple[Path, ...],
    folder: Path,
    to_program: bool,
) -> None:
    """Measure Parley beside Isso and bare parts: each load for SECONDS, in turns, REPEATS times.

    Exit code 0 when everything was measured, whether or not a target was reached, else 1.
    """
    console, plan = Console(stderr=True), Plan(seconds, repeats, connections, backlog)
    folder = folder.absolute()
    history = folder / "history.jsonl"
    try:
        runs = earlier(history)
        with console.status("") as status:
            measured = measure(folder, plan, peers, status.update)
    except (NotMeasured, click.ClickException, OSError) as problem:
        click.echo(f"Not measured: {problem}", err=True)
        sys.exit(1)
    lines = results(measured)
    known = [*notes(measured, plan), *regressions(lines, runs)]
    remember(history, Run(utc_now().isoformat(timespec="seconds"), commit_here(), figures(lines)))
    if to_program:
        click.echo(as_json(lines, known))
    else:
        print_table(Console(), lines, known)


if __name__ == "__main__":  # not when the client's process imports this module again
    bench()
