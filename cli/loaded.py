"""The model and the labelled file of a command; what is wrong with them is one sentence."""

from collections.abc import Sequence
from pathlib import Path

import click

from models.classifier import ARTEFACT, ArtefactRefused, Classifier, load
from models.labelled import BadLabels, Labelled, read_labelled


def loaded(model: Path | None) -> Classifier:
    """The artefact in the folder, or the one that comes with Parley."""
    try:
        return load(model or ARTEFACT)
    except ArtefactRefused as refused:
        raise click.ClickException(str(refused)) from refused


def labelled_rows(path: Path, columns: Sequence[str]) -> Labelled:
    try:
        return read_labelled(path, columns)
    except BadLabels as wrong:
        raise click.ClickException(str(wrong)) from wrong
