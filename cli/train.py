"""`parley train`: labelled files in, artefact and card out."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from cli.loaded import shelf_of
from cli.opened import read_settings
from models.corpus import BadTrainingData
from models.train import STEPS
from models.train import train as train_classifier


@click.command()
@click.option(
    "--data",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the labelled files.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the artefact, replaced at the end; else a new version beside the others.",
)
@click.option("--seed", default=1, show_default=True, help="Seed of folds and fits.")
def train(data: Path, out: Path | None, seed: int) -> None:
    """Train the classifier and write its artefact and card.

    \b
    Example:
      parley train --data DIR
      parley train --data DIR --out models/artefact
    """
    try:
        if out:
            _train(data, out, seed)
        else:
            out = _shelved(data, seed)
    except BadTrainingData as wrong:
        raise click.ClickException(str(wrong)) from wrong
    click.echo(f"The artefact is in {out}; its card is {out / 'CARD.md'}.")


def _shelved(data: Path, seed: int) -> Path:
    version = shelf_of(read_settings()).add(lambda folder: _train(data, folder, seed))
    click.echo(f"`parley model use {version.name}` lets the workers use it from their next start.")
    return version.path


def _train(data: Path, out: Path, seed: int) -> None:
    console = Console(stderr=True)
    if console.is_terminal:
        _with_bar(console, data, out, seed)
    else:
        train_classifier(data, out, seed=seed, tell=click.echo)


def _with_bar(console: Console, data: Path, out: Path, seed: int) -> None:
    columns = (TextColumn("{task.description:48}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("", total=STEPS, completed=-1)

        def tell(step: str) -> None:  # a step is done when the next one begins
            progress.update(bar, description=step, advance=1)

        train_classifier(data, out, seed=seed, tell=tell)
        progress.update(bar, completed=STEPS)
