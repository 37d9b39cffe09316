"""`parley policy match`: which threshold holds what another service held."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click
import numpy as np
from rich.console import Console

from cli.classifier import load_model
from cli.context import open_checked_database
from cli.output.match_plot import match_svg
from cli.output.match_report import match_report
from cli.output.outcome_sentences import decision_on_text
from cli.output.picture_file import write_picture
from cli.policies.comparison import Comparison, Question, compare
from cli.refusals import refusals_as_sentences
from cli.wrong_use import read_settings
from judging.loaded_model import policy_of
from models.datasets.labelled_file import BadLabels
from models.datasets.old_service_file import OldService, read_old_service
from models.features.array_types import Floats
from models.metrics.curves import NEVER
from models.serving.classifier import Classifier
from moderation.clock import utc_now
from moderation.comments import Status
from moderation.policy import ATTRIBUTES, Policy
from moderation.storage.comments.sites import Sites


@click.command(epilog="Example: parley policy match --data old.csv --site my-paper")
@click.option("--data", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--from", "held_from", type=float, help="The old service held from this score up.")
@click.option("--site", "site_name", help="Compare with all that this site would hold.")
@click.option("--attribute", type=click.Choice(ATTRIBUTES), default="toxicity", show_default=True)
@click.option("--model", type=click.Path(file_okay=False, path_type=Path), help="Another artefact.")
@click.option("--show", default=5, show_default=True, type=click.IntRange(0), help="Differences.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Draw it to a file.")
def match(
    *,
    data: Path,
    held_from: float | None,
    site_name: str | None,
    attribute: str,
    model: Path | None,
    show: int,
    as_json: bool,
    svg: Path | None,
) -> None:
    """Find the thresholds that hold what another service held.

    \b
    DATA is CSV or JSON Lines with `text`, with `decision` (held or passed)
    or `score` of the other service, and perhaps with `label` (1 if it is
    right to hold the comment, 0 if not).

    Without --site the scores of one attribute are compared, as by a program that asks Parley for
    scores. With --site it is all that the site would hold, for any attribute or its language.
    """
    if site_name and attribute != "toxicity":
        sentence = "a site's own threshold is of toxicity: leave out --site, or --attribute"
        raise click.UsageError(sentence)
    classifier, old = load_model(model), _old_service(data, held_from)
    policy = _policy(classifier, site_name) if site_name else None
    scores = _scores(classifier, attribute, old.texts, policy)
    comparison = compare(Question(attribute, site_name), old, scores)
    if svg:
        write_picture(svg, match_svg(comparison))
    if as_json:
        click.echo(json.dumps(_as_json(comparison, show), ensure_ascii=False))
    else:
        click.echo(f"{classifier.measured_on} These figures are of your own comments.")
        Console(highlight=False).print(match_report(comparison, show))


def _old_service(data: Path, held_from: float | None) -> OldService:
    try:
        return read_old_service(data, held_from)
    except BadLabels as wrong:
        raise click.ClickException(str(wrong)) from wrong


def _policy(classifier: Classifier, site_name: str) -> Policy:
    """The site's, without its own threshold of toxicity: that is the one to choose."""
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        site = Sites(database, utc_now).get(site_name)
    if site.policy.premoderated:
        sentence = f"on {site_name} every comment waits, so no threshold changes what is held"
        raise click.ClickException(sentence)
    return policy_of(classifier).for_site(replace(site.policy, flag=1.0))


def _scores(
    classifier: Classifier, attribute: str, texts: Sequence[str], policy: Policy | None
) -> Floats:
    rows = classifier.score(texts)
    scores = np.array([row[attribute] for row in rows])
    if policy is None:
        return scores
    pairs = zip(texts, rows, strict=True)
    decisions = [decision_on_text(text, row, policy) for text, row in pairs]
    anyway = [decision.status is not Status.APPROVED for decision in decisions]
    return np.where(anyway, NEVER, scores)


def _as_json(comparison: Comparison, show: int) -> dict[str, Any]:
    old = comparison.old
    by_gap = (comparison.gaps.only_first, comparison.gaps.only_second)
    only_old, only_parley = (
        [{"line": old.lines[place], "text": old.texts[place]} for place in places[:show]]
        for places in by_gap
    )
    return {
        "old": asdict(comparison.old_holding),
        "left_out": old.left_out,
        "held_anyway": comparison.anyway,
        "matches": [asdict(matched) for matched in comparison.matched],
        "steps": [{"threshold": limit, **asdict(held)} for limit, held in comparison.steps],
        "only_old": only_old,
        "only_parley": only_parley,
    }
