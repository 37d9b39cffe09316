"""`parley model compare`: two versions of the classifier, measured on the same comments."""

import json
from pathlib import Path

import click
import numpy as np
from rich.console import Console
from rich.table import Table

from cli.classifier import labelled_rows, load_model, registry_of, unknown_version
from cli.wrong_use import read_settings
from models.datasets.labelled_file import Labelled
from models.features.array_types import Floats
from models.metrics.summary import Figures, measure
from models.serving.attributes import ATTRIBUTES
from models.serving.classifier import Classifier
from models.serving.registry import UnknownVersion

_TOXIC = "label"  # as in `parley policy preview`


@click.command(epilog="Example: parley model compare shipped 1-0123456789ab --data labelled.csv")
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
    figures_by_version = {name: dict(_figures(_find(name), rows)) for name in (first, second)}
    if not any(figures_by_version.values()):
        what = f"{data} has no column with both 0 and 1: nothing can be measured"
        raise click.ClickException(what)
    if as_json:
        click.echo(
            json.dumps({name: _plain(figures) for name, figures in figures_by_version.items()})
        )
        return
    Console(highlight=False, soft_wrap=True).print(_table(figures_by_version))


def _find(name: str) -> Classifier:
    registry = registry_of(read_settings())
    try:
        return load_model(registry.find(name))
    except UnknownVersion as unknown:
        if Path(name).is_dir():
            return load_model(Path(name))
        raise unknown_version(registry, name) from unknown


def _figures(classifier: Classifier, rows: Labelled) -> list[tuple[str, Figures]]:
    scores = classifier.score(rows.texts)
    return [
        (name, measure(np.array(labels), _scores(scores, name)))
        for name, labels in rows.labels.items()
        if {0.0, 1.0} <= set(labels)
    ]


def _scores(scores: list[dict[str, float]], name: str) -> Floats:
    attribute = "toxicity" if name == _TOXIC else name
    return np.array([row[attribute] for row in scores])


def _plain(figures: dict[str, Figures]) -> dict[str, dict[str, float]]:
    return {name: vars(values) for name, values in figures.items()}


def _table(figures_by_version: dict[str, dict[str, Figures]]) -> Table:
    headers = ("label", "version", "rows", "positives", "ROC AUC", "avg. precision", "ECE", "Brier")
    table = Table(*headers, box=None, pad_edge=False)
    for label in next(iter(figures_by_version.values())):
        for name, figures in figures_by_version.items():
            measured = figures[label]
            values = (measured.roc_auc, measured.average_precision, measured.ece, measured.brier)
            shown = (f"{value:.4f}" for value in values)
            table.add_row(label, name, str(measured.rows), str(measured.positives), *shown)
    return table
