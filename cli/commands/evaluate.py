"""`parley evaluate`: what a model does with Parley's own test sentences, and what it costs here."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from cli.classifier import load_model, path_in_use
from models.evaluation.functional_tests import (
    FunctionalResults,
    run_functional_tests,
    share_right,
)
from models.evaluation.resource_cost import BATCH, CHARACTERS, Cost, measure_cost
from models.evaluation.robustness import IdentityTermBias, identity_term_bias


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
    tests, bias = run_functional_tests(classifier), identity_term_bias(classifier)
    cost = measure_cost(folder)
    if as_json:
        parts = {"functional": asdict(tests), "names": asdict(bias), "cost": asdict(cost)}
        click.echo(json.dumps(parts))
        return
    click.echo(f"Model {classifier.version}")
    for line in (*_test_lines(tests), *_bias_lines(bias), *_cost_lines(cost)):
        click.echo(line)


def _test_lines(results: FunctionalResults) -> Iterator[str]:
    yield f"hateful sentences flagged       {share_right(results.hateful):.1%}"
    yield f"other sentences not flagged     {share_right(results.harmless):.1%}"
    for name, result in results.spelling.items():
        yield f"still caught, {name:26} {result.longest_word:.1%} {result.every_word:.1%}"


def _bias_lines(bias: IdentityTermBias) -> Iterator[str]:
    yield f"spread of names of groups       {bias.spread:.3f}"
    yield f"plain sentences flagged         {bias.plain_flagged:.1%}"


def _cost_lines(cost: Cost) -> Iterator[str]:
    yield f"one comment of {CHARACTERS} characters   {cost.alone_ms:.3f} ms (median)"
    yield f"in batches of {BATCH}, one core    {cost.batch_per_second:,.0f} comments a second"
    yield f"to load                         {cost.load_ms:.1f} ms"
    yield f"memory added to a process       {_megabytes(cost.memory_mb)}"
    yield f"artefact                        {_megabytes(cost.artefact_mb)}"


def _megabytes(size: float | None) -> str:
    return "not told by this system" if size is None else f"{size:.1f} MB"
