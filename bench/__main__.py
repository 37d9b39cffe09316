"""`python -m bench`."""

import sys
from pathlib import Path

import click
from rich.console import Console

from bench.measure import measure
from bench.problem import NotMeasured
from bench.rates import Plan
from bench.results import results
from bench.table import as_json, notes, print_table


@click.command(epilog="Example: python -m bench --seconds 10 --repeats 5 --json > bench.json")
@click.option("--seconds", type=click.FloatRange(0.5, 60), default=4.0, show_default=True)
@click.option("--repeats", type=click.IntRange(1, 20), default=3, show_default=True)
@click.option("--connections", type=click.IntRange(1, 64), default=8, show_default=True)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var/bench"),
    show_default=True,
    help="For both databases, for logs, and for the environment Isso is installed into.",
)
@click.option("--json", "to_program", is_flag=True, help="One JSON object instead of a table.")
def bench(seconds: float, repeats: int, connections: int, folder: Path, to_program: bool) -> None:
    """Measure Parley and Isso side by side: each load for SECONDS, in turns, REPEATS times.

    Exit code 0 when everything was measured, whether or not a target was reached, else 1.
    """
    console, plan = Console(stderr=True), Plan(seconds, repeats, connections)
    try:
        with console.status("") as status:
            measurements = measure(folder.absolute(), plan, status.update)
    except (NotMeasured, click.ClickException, OSError) as problem:
        click.echo(f"Not measured: {problem}", err=True)
        sys.exit(1)
    lines, known = results(measurements), notes(measurements, plan)
    if to_program:
        click.echo(as_json(lines, known))
    else:
        print_table(Console(), lines, known)


if __name__ == "__main__":  # not when the client's process imports this module again
    bench()
