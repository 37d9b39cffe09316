"""`parley train --language`: an operator's comments in, a model of their language out."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from cli.classifier import labelled_rows, path_in_use, registry_of
from cli.output.training_progress import run_with_progress
from cli.wrong_use import read_settings
from judging.spoken_languages import languages_beside
from models.datasets.labelled_file import BadLabels
from models.languages.own_language import COLUMNS, STEPS, LanguageNotLearned, OwnLanguage
from models.serving.artefact import ArtefactRefused
from models.serving.languages.grades import ENGLISH
from models.serving.languages.language_files import LanguageEntry, read_entries
from models.serving.languages.language_models import LanguageModels
from moderation.choices.site_languages import InvalidLanguages, language_code, language_name
from moderation.choices.suspect_words import LISTS
from moderation.notifications.wording import counted

_HALF = 0.5


def train_own_language(language: str, data: Path, out: Path | None, seed: int) -> None:
    """Train, and say how good the model is and how it comes into use.

    Raises:
        click.ClickException: The language, the file or the folder cannot be used, or the model is
            not good enough.
    """
    registry = registry_of(read_settings()).languages
    languages = LanguageModels(languages_beside(path_in_use()), registry)
    code = _known_code(language, languages)
    if not data.is_file():
        sentence = f"{data} is a folder: --language takes one file with the columns text and label"
        raise click.ClickException(sentence)
    labelled = labelled_rows(data, COLUMNS)
    own = OwnLanguage(code, LISTS.get(code, ()), seed, languages)

    def write(folder: Path) -> None:
        run_with_progress(lambda path, on_step: own.train(labelled, path, on_step), STEPS, folder)

    try:
        entry = registry.add(write) if out is None else _write_to(out, write)
    except (BadLabels, LanguageNotLearned, ArtefactRefused) as wrong:
        raise click.ClickException(str(wrong)) from wrong
    click.echo("\n".join(_report(entry)))
    if out is None:
        click.echo(f"`parley model use {entry.version}` lets workers use it from their next start.")


def _known_code(language: str, languages: LanguageModels) -> str:
    """The code of a language that a model can be trained of."""
    try:
        code = language_code(language)
    except InvalidLanguages as unknown:
        raise click.ClickException(str(unknown)) from unknown
    if code == ENGLISH:
        sentence = "English is trained without --language, from attributes such as toxicity"
        raise click.ClickException(sentence)
    if not languages.can_tell(code):
        sentence = (
            f"{language_name(code)} cannot be told from other languages here, so no comment would"
            " ever be scored by its model; `parley doctor` says whether a file is damaged"
        )
        raise click.ClickException(sentence)
    return code


def _write_to(out: Path, write: Callable[[Path], None]) -> LanguageEntry:
    if out.is_dir() and any(out.iterdir()):
        sentence = f"{out} is not empty: give --out a new folder"
        raise click.ClickException(sentence)
    write(out)
    (entry,) = read_entries(out).values()
    return entry


def _report(entry: LanguageEntry) -> list[str]:
    """What was measured, in sentences."""
    name, figures, held_out = language_name(entry.code), entry.figures, entry.figures["held_out"]
    before = figures.get("before")
    sentences = [
        f"{name}: {counted(figures['rows'], 'comment')}, {figures['toxic']:.0%} of them toxic.",
        f"Of {held_out['rows']:,} that it had not seen: AUC {held_out['auc']:.2f}; at the flag"
        f" {held_out['held']:.0%} of the ordinary ones wait, and {held_out['missed']:.0%} of the"
        " toxic ones pass.",
        f"Grade: {entry.grade}. Every comment in {name} waits, ordered by its score, unless a site"
        " lets it decide.",
    ]
    if before is not None:
        sentences.append(f"The model in use has an AUC of {before['auc']:.2f} on the same ones.")
    return [
        *sentences,
        *_share_identified(figures, name),
        f"The model {entry.version} is in {entry.folder}.",
    ]


def _share_identified(figures: Mapping[str, Any], name: str) -> list[str]:
    share = figures["identified"]
    sentence = (
        f"{share:.0%} of the comments are told as {name}; the others would not be scored by it."
    )
    question = " Are they in this language?" if share < _HALF else ""
    return [sentence + question]
