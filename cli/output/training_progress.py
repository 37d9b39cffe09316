"""The steps of a training in a terminal: a bar, or a line for each where nobody watches."""

from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from models.fitting.progress import ProgressCallback

Run = Callable[[Path, ProgressCallback], None]


def run_with_progress(run: Run, steps: int, out: Path) -> None:
    """Let a training write to a folder, and report each of its steps as it begins."""
    console = Console(stderr=True)
    if console.is_terminal:
        _with_bar(console, run, steps, out)
    else:
        run(out, click.echo)


def _with_bar(console: Console, run: Run, steps: int, out: Path) -> None:
    columns = (TextColumn("{task.description:48}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("", total=steps, completed=-1)

        def on_step(step: str) -> None:  # a step is done when the next one begins
            progress.update(bar, description=step, advance=1)

        run(out, on_step)
        progress.update(bar, completed=steps)
