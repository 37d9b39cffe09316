"""The model and the labelled file of a command; what is wrong with them is one sentence."""

from collections.abc import Sequence
from pathlib import Path

import click

from cli.wrong_use import read_settings
from judging.spoken_languages import LANGUAGES, languages_beside
from models.datasets.labelled_file import BadLabels, Labelled, read_labelled
from models.serving.artefact import ArtefactRefused
from models.serving.classifier import Classifier, load
from models.serving.registry import ModelRegistry
from moderation.config.settings import Settings


def load_model(model: Path | None) -> Classifier:
    """The artefact in the folder, or the one that the workers use; languages as they have them."""
    path = model or path_in_use()
    open_languages(path)
    try:
        return load(path)
    except ArtefactRefused as refused:
        raise click.ClickException(str(refused)) from refused


def open_languages(path: Path) -> None:
    """Take the languages beside an artefact, and the operator's own, as a worker has them."""
    LANGUAGES.open(languages_beside(path), registry_of(read_settings()).languages)


def registry_of(settings: Settings) -> ModelRegistry:
    return ModelRegistry(settings.models)


def labelled_rows(path: Path, columns: Sequence[str]) -> Labelled:
    try:
        return read_labelled(path, columns)
    except BadLabels as wrong:
        raise click.ClickException(str(wrong)) from wrong


def path_in_use() -> Path:
    """The artefact that a worker would start with."""
    settings = read_settings()
    return settings.model or registry_of(settings).path_in_use()


def unknown_version(registry: ModelRegistry, name: str) -> click.ClickException:
    """The refusal of a version that is not there, with those that are."""
    known = ", ".join(version.name for version in registry.versions())
    return click.ClickException(f"there is no version {name!r}; there are {known}")
