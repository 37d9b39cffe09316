"""`parley model`: the versions of the classifier, which of them is used, and how they compare."""

import json
from pathlib import Path
from typing import Any

import click
import numpy as np
from rich.console import Console
from rich.table import Table

from cli.classifier import labelled_rows, loaded, registry_of
from cli.context import read_settings
from models.datasets.labelled_file import Labelled
from models.features.array_types import Floats
from models.metrics.summary import Figures, measure
from models.serving.artefact import ArtefactRefused
from models.serving.attributes import ATTRIBUTES
from models.serving.classifier import Classifier
from models.serving.registry import ModelRegistry, UnknownVersion, Version

_TOXIC = "label"  # as in `parley policy preview`


@click.group(epilog="Example: parley model list")
def model() -> None:
    """Versions of the classifier."""


@model.command("list", epilog="Example: parley model list --json")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def list_versions(as_json: bool) -> None:
    """Show every version, with its figures on held-out comments."""
    settings = read_settings()
    registry = registry_of(settings)
    rows = [_as_json(version, registry.in_use()) for version in registry.versions()]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    table = Table("", "version", "toxicity ROC AUC", "folder", box=None, pad_edge=False)
    for row in rows:
        figure = row["problem"] or row["roc_auc"] or "not measured"
        table.add_row("*" if row["in_use"] else "", row["name"], str(figure), row["folder"])
    Console(highlight=False, soft_wrap=True).print(table)
    if settings.model:
        click.echo(f"PARLEY_MODEL wins over all of them: {settings.model}")


@model.command(epilog="Example: parley model use 1-0123456789ab")
@click.argument("name")
def use(name: str) -> None:
    """Let workers use version NAME from their next start; `shipped` is the one of Parley."""
    registry = registry_of(read_settings())
    try:
        registry.use(name)
    except UnknownVersion as unknown:
        raise _unknown(registry, name) from unknown
    except ArtefactRefused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"{name} is used by every worker and web server that starts from now on")


@model.command(epilog="Example: parley model compare shipped 1-0123456789ab --data labelled.csv")
@click.argument("first")
@click.argument("second")
@click.option("--data", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def compare(*, first: str, second: str, data: Path, as_json: bool) -> None:
    """Measure two versions on the same labelled comments.

    FIRST and SECOND are versions or folders. DATA is CSV or JSON Lines with `text` and any of the
    attributes (or `label` for toxicity) as columns of 1, 0 or nothing.
    """
    rows = labelled_rows(data, (_TOXIC, *ATTRIBUTES))
    found = {name: dict(_figures(_find(name), rows)) for name in (first, second)}
    if not any(found.values()):
        what = f"{data} has no column with both 0 and 1: nothing can be measured"
        raise click.ClickException(what)
    if as_json:
        click.echo(json.dumps({name: _plain(figures) for name, figures in found.items()}))
        return
    Console(highlight=False, soft_wrap=True).print(_table(found))


def _as_json(version: Version, in_use: str) -> dict[str, Any]:
    measured = version.manifest.get("held_out") or version.manifest.get("cross_validated") or {}
    figures = measured.get("toxicity", {})
    return {
        "name": version.name,
        "version": version.manifest.get("model_version"),
        "in_use": version.name == in_use,
        "roc_auc": figures.get("roc_auc"),
        "folder": str(version.path),
        "problem": version.problem,
    }


def _unknown(registry: ModelRegistry, name: str) -> click.ClickException:
    known = ", ".join(version.name for version in registry.versions())
    return click.ClickException(f"there is no version {name!r}; there are {known}")


def _find(name: str) -> Classifier:
    registry = registry_of(read_settings())
    try:
        return loaded(registry.find(name))
    except UnknownVersion as unknown:
        if Path(name).is_dir():
            return loaded(Path(name))
        raise _unknown(registry, name) from unknown


def _figures(classifier: Classifier, rows: Labelled) -> list[tuple[str, Figures]]:
    scores = classifier.score(rows.texts)
    return [
        (name, measure(np.array(labels), _scores(scores, name)))
        for name, labels in rows.labels.items()
        if {0.0, 1.0} <= set(labels)
    ]


def _scores(scores: list[dict[str, float]], name: str) -> Floats:
    attribute = "toxicity" if name == _TOXIC else name
    return np.array([each[attribute] for each in scores])


def _plain(figures: dict[str, Figures]) -> dict[str, dict[str, float]]:
    return {name: vars(each) for name, each in figures.items()}


def _table(found: dict[str, dict[str, Figures]]) -> Table:
    headers = ("label", "version", "rows", "positives", "ROC AUC", "avg. precision", "ECE", "Brier")
    table = Table(*headers, box=None, pad_edge=False)
    for label in next(iter(found.values())):
        for name, figures in found.items():
            each = figures[label]
            values = (each.roc_auc, each.average_precision, each.ece, each.brier)
            shown = (f"{value:.4f}" for value in values)
            table.add_row(label, name, str(each.rows), str(each.positives), *shown)
    return table
