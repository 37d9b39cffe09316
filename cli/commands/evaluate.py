"""`parley evaluate`: what a model does with Parley's own test sentences, and what it costs here."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from cli.classifier import load_model, path_in_use
from models.evaluation.functional_tests import Functional, functional, share_right
from models.evaluation.resource_cost import BATCH, CHARACTERS, Cost, cost
from models.evaluation.robustness import Names, names


@click.command()
@click.option("--model", type=click.Path(file_okay=False, path_type=Path), help="Another artefact.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def evaluate(model: Path | None, *, as_json: bool) -> None:
    """Measure a model on Parley's own test sentences, and its time and memory on this machine.

    \b
    Takes some seconds. For figures on labelled comments: `parley model compare`.
    Example:
      parley evaluate
    """
    classifier, folder = load_model(model), model or path_in_use()
    tests, plain, costs = functional(classifier), names(classifier), cost(folder)
    if as_json:
        parts = {"functional": asdict(tests), "names": asdict(plain), "cost": asdict(costs)}
        click.echo(json.dumps(parts))
        return
    click.echo(f"Model {classifier.version}")
    for line in (*_tests(tests), *_names(plain), *_costs(costs)):
        click.echo(line)


def _tests(found: Functional) -> Iterator[str]:
    yield f"hateful sentences flagged       {share_right(found.hateful):.1%}"
    yield f"other sentences not flagged     {share_right(found.harmless):.1%}"
    for name, caught in found.spelling.items():
        yield f"still caught, {name:26} {caught.longest_word:.1%} {caught.every_word:.1%}"


def _names(found: Names) -> Iterator[str]:
    yield f"spread of names of groups       {found.spread:.3f}"
    yield f"plain sentences flagged         {found.plain_flagged:.1%}"


def _costs(found: Cost) -> Iterator[str]:
    yield f"one comment of {CHARACTERS} characters   {found.alone_ms:.3f} ms (median)"
    yield f"in batches of {BATCH}, one core    {found.batch_per_second:,.0f} comments a second"
    yield f"to load                         {found.load_ms:.1f} ms"
    yield f"memory added to a process       {_megabytes(found.memory_mb)}"
    yield f"artefact                        {_megabytes(found.artefact_mb)}"


def _megabytes(size: float | None) -> str:
    return "not told by this system" if size is None else f"{size:.1f} MB"
