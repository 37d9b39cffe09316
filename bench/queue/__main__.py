"""`python -m bench.queue`."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from bench.problem import NotMeasured
from bench.queue.databases import DATABASES, Contents
from bench.queue.filled import Size, fill
from bench.queue.measure import measure
from bench.queue.results import Line, lines
from bench.table import in_words, shown


@click.command(epilog="Example: python -m bench.queue --comments 100000 --waiting 10000 --json")
@click.option("--comments", type=click.IntRange(1_000), default=1_000_000, show_default=True)
@click.option("--waiting", type=click.IntRange(500), default=100_000, show_default=True)
@click.option(
    "--on",
    "kinds",
    multiple=True,
    type=click.Choice(list(DATABASES)),
    default=list(DATABASES),
    show_default=True,
    help="Which database; repeatable.",
)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var/bench"),
    show_default=True,
    help="For the filled databases, which are kept for the next run, and for logs.",
)
@click.option("--json", "to_program", is_flag=True, help="One JSON object instead of a table.")
def queue(
    comments: int, waiting: int, kinds: Sequence[str], folder: Path, to_program: bool
) -> None:
    """Measure the moderators' queue with so many COMMENTS, of which so many are WAITING.

    Exit code 0 when everything was measured, whether or not a target was reached, else 1.
    """
    if waiting > comments:
        sentence = f"--waiting {waiting} is more than --comments {comments}: only those can wait"
        raise click.UsageError(sentence)
    console, size, busy = Console(stderr=True), Size(comments, waiting), os.getloadavg()[0]
    folder = folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    measurements = {}
    try:
        with console.status("") as status:
            contents = Contents(
                f"filled_{comments}_{waiting}",
                lambda database: fill(database, size, status.update),
            )
            for kind in kinds:
                with DATABASES[kind](folder, contents) as url:
                    measurements[kind] = measure(folder, url, size, status.update)
    except (NotMeasured, click.ClickException, OSError) as problem:
        click.echo(f"Not measured: {problem}", err=True)
        sys.exit(1)
    _print(
        lines(measurements),
        f"{comments:,} comments, {waiting:,} waiting; load before {busy:.1f}.",
        as_json=to_program,
    )


def _print(results: Sequence[Line], note: str, *, as_json: bool) -> None:
    if as_json:
        fields = [
            {"name": line.name, "values": line.values, "reached": line.reached} for line in results
        ]
        click.echo(json.dumps({"results": fields, "notes": [note]}))
        return
    table = Table(caption=note, caption_justify="left")
    table.add_column("")
    for column in (*results[0].values, "target", "met"):
        table.add_column(column, justify="right")
    for line in results:
        met = {None: "", True: "yes", False: "NO"}[line.reached]
        values = map(shown, line.values.values())
        table.add_row(line.name, *values, in_words(line.target), met)
    Console().print(table)


if __name__ == "__main__":
    queue()
