"""`parley policy`: what a pair of thresholds would mean, on an operator's own labelled comments."""

import json
from dataclasses import asdict
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from cli.classifier import labelled_rows, load_model
from cli.context import open_checked_database
from cli.output.picture_file import write_picture
from cli.output.share_bar import share_bar
from cli.output.threshold_plot import threshold_svg
from cli.policies.match import match
from cli.policies.rejection import reject, show
from cli.policies.rule_commands import set_rules, test_rules
from cli.refusals import refusals_as_sentences
from cli.score_option import Score
from cli.wrong_use import read_settings
from models.metrics.threshold_outcomes import (
    ThresholdOutcome,
    threshold_outcome,
    threshold_outcomes,
)
from models.serving.classifier import Classifier
from moderation.clock import utc_now
from moderation.notifications.wording import counted
from moderation.policy import DEFAULT, SitePolicy
from moderation.review.reason_sentences import in_percent
from moderation.storage.comments.sites import Sites

_Floats = NDArray[np.float64]
_SHARE = Score()
_STEPS = np.round(np.linspace(0.05, 0.95, 19), 2)
_UNREACHABLE = 2.0  # scores end at 1


@click.group(epilog="Example: parley policy preview --data labelled.csv")
def policy() -> None:
    """What the policy does with comments."""


policy.add_command(show)
policy.add_command(reject)
policy.add_command(match)
policy.add_command(set_rules)
policy.add_command(test_rules)


@policy.command()
@click.option("--data", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--flag", type=_SHARE, help="Hold from this toxicity up.")
@click.option("--reject", type=_SHARE, help="Reject from this toxicity up.")
@click.option("--site", "site_name", help="Start from the thresholds of this site.")
@click.option("--model", type=click.Path(file_okay=False, path_type=Path), help="Another artefact.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Draw it to a file.")
def preview(
    *,
    data: Path,
    flag: float | None,
    reject: float | None,
    site_name: str | None,
    model: Path | None,
    as_json: bool,
    svg: Path | None,
) -> None:
    """Show what two thresholds of toxicity would do with labelled comments.

    What reaches the second is rejected unseen only on a site that wants it: `parley policy reject`.
    Else it waits among what is likely to be rejected.

    \b
    DATA is CSV or JSON Lines with `text` and `label` (1 toxic, 0 not).
    Without --flag and --reject: those of the site, or of the model.
    Example:
      parley policy preview --data labelled.csv --flag 0.3 --reject 0.9
    """
    classifier = load_model(model)
    labels, scores = _labels_and_scores(classifier, data)
    flag, reject = _thresholds(classifier, _site_policy(site_name), flag, reject)
    chosen = threshold_outcome(labels, scores, flag=flag, reject=reject)
    steps = threshold_outcomes(labels, scores, _STEPS)
    if svg:
        write_picture(svg, threshold_svg(steps, chosen))
    if as_json:
        steps_as_json = [asdict(step) for step in steps]
        click.echo(json.dumps({"thresholds": asdict(chosen), "steps": steps_as_json}))
    else:
        click.echo(f"{classifier.measured_on} These figures are of your own comments.")
        Console(highlight=False).print(_report(chosen, steps))


def _labels_and_scores(classifier: Classifier, data: Path) -> tuple[_Floats, _Floats]:
    """Of each row that has a label: the label, 0 or 1, and its score for toxicity."""
    rows = labelled_rows(data, ("label",))
    labels = np.array(rows.labels["label"])
    scores = np.array([row["toxicity"] for row in classifier.score(rows.texts)])
    known = ~np.isnan(labels)
    return labels[known], scores[known]


def _thresholds(
    classifier: Classifier, site: SitePolicy, flag: float | None, reject: float | None
) -> tuple[float, float]:
    """What an option says, else what the site says, else what the model says."""
    own = classifier.thresholds["toxicity"]
    site_reject = site.reject.get("toxicity")
    return _first(flag, site.flag, own.flag), _first(reject, site_reject, own.reject)


def _site_policy(name: str | None) -> SitePolicy:
    if name is None:
        return DEFAULT
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        return Sites(database, utc_now).get(name).policy


def _first(*values: float | None) -> float:
    """The first that is set; where none is, a threshold that no score reaches."""
    return next((value for value in values if value is not None), _UNREACHABLE)


def _report(chosen: ThresholdOutcome, steps: list[ThresholdOutcome]) -> Group:
    low, high = chosen.interval or (0.0, 0.0)
    precision = f"{_percent(chosen.precision)} (95 % interval {low:.1%} to {high:.1%})"
    lines = (
        f"{counted(chosen.rows, 'comment')}, {chosen.positives:,} of them toxic",
        f"flag from {_limit(chosen.flag)}, reject from {_limit(chosen.reject)}",
        f"  rejected           {chosen.rejected:,}",
        f"  precision of these {precision if chosen.rejected else 'none is rejected'}",
        f"  toxic, but missed  {_percent(chosen.missed)}",
        f"  read by a person   {_percent(chosen.read)}",
        "",
    )
    return Group(*map(Text, lines), _plot(chosen, steps))


def _plot(chosen: ThresholdOutcome, steps: list[ThresholdOutcome]) -> Table:
    table = Table("from", "precision there and above", "toxic, but below", box=None, pad_edge=False)
    for step in steps:
        table.add_row(
            in_percent(step.flag),
            share_bar(step.precision),
            share_bar(step.missed),
            _mark(step, chosen),
        )
    return table


def _mark(step: ThresholdOutcome, chosen: ThresholdOutcome) -> str:
    """Which thresholds lie within the step's twentieth; rounded, as 0.3 - 0.25 is below 0.05."""
    limits = {"flag": chosen.flag, "reject": chosen.reject}
    beyond = {name: round(at - step.flag, 9) for name, at in limits.items()}
    return ", ".join(name for name, by in beyond.items() if 0 <= by < 0.05)


def _percent(share: float | None) -> str:
    return "none" if share is None else f"{share:.1%}"


def _limit(threshold: float) -> str:
    return f"{100 * threshold:.1f} %" if threshold <= 1 else "nowhere"
