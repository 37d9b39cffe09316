"""`parley train`: labelled files in, artefact and card out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from cli.classifier import labelled_rows, path_in_use, registry_of
from cli.output.training_progress import run_with_progress
from cli.own_language import train_own_language
from cli.wrong_use import read_settings
from models.datasets.corpus import BadTrainingData
from models.datasets.labelled_file import BadLabels
from models.fitting.progress import ProgressCallback
from models.languages.language_rows import FOLDER as LANGUAGES
from models.languages.language_training import language_steps, train_languages
from models.serving.artefact import ArtefactRefused
from models.serving.attributes import ATTRIBUTES
from models.training.adapt import adapt, step_count
from models.training.train import STEPS
from models.training.train import train as train_classifier


@dataclass(frozen=True)
class Training:
    """Puts an artefact in a folder, and reports each of its steps as it begins."""

    steps: int
    run: Callable[[Path, ProgressCallback], None]


@click.command()
@click.option(
    "--data",
    required=True,
    type=click.Path(exists=True, path_type=Path),
    help="Your labelled comments (CSV or JSON Lines), or the folder of Parley's own files.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the artefact, replaced at the end; else a new version beside the others.",
)
@click.option("--language", help="Of your comments, where it is not English, as nl.")
@click.option("--seed", default=1, show_default=True, help="Seed of folds and fits.")
def train(data: Path, out: Path | None, language: str | None, seed: int) -> None:
    """Train the classifier and write its artefact and card.

    A file has `text` and any of the attributes as columns of 1, 0 or nothing; the model that is in
    use learns from it. From the folder of Parley's own files all models are trained anew, the
    English one and those of other languages.

    With --language the file has `text` and `label`, 1 where a comment is toxic and 0 where not. A
    model of that language is made from it alone, which Parley may have none of.

    \b
    Example:
      parley train --data comments.csv
      parley train --language nl --data comments.csv
      parley train --data DIR --out models/artefact
    """
    if language is not None:
        train_own_language(language, data, out, seed)
        return
    training = _adaptation(data, seed) if data.is_file() else _full_training(data, seed)
    try:
        if out:
            run_with_progress(training.run, training.steps, out)
        else:
            out = _add_to_registry(training)
    except (BadTrainingData, BadLabels, ArtefactRefused) as wrong:
        raise click.ClickException(str(wrong)) from wrong
    click.echo(f"The artefact is in {out}; its card is {out / 'CARD.md'}.")


def _adaptation(data: Path, seed: int) -> Training:
    rows = labelled_rows(data, ATTRIBUTES)
    base = path_in_use()
    return Training(
        step_count(rows), lambda out, on_step: adapt(rows, base, out, seed=seed, on_step=on_step)
    )


def _full_training(data: Path, seed: int) -> Training:
    """The English model, and those of other languages where the folder has files of them."""
    with_languages = (data / LANGUAGES).is_dir()

    def run(out: Path, on_step: ProgressCallback) -> None:
        train_classifier(data, out, seed=seed, on_step=on_step)
        if with_languages:
            train_languages(data, out / "languages", seed=seed, on_step=on_step)

    return Training(STEPS + (language_steps(data) if with_languages else 0), run)


def _add_to_registry(training: Training) -> Path:
    def write(folder: Path) -> None:
        run_with_progress(training.run, training.steps, folder)

    version = registry_of(read_settings()).add(write)
    click.echo(f"`parley model use {version.name}` lets the workers use it from their next start.")
    return version.path
