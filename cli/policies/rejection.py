"""`parley policy show` and `reject`: what is rejected unseen, by site and attribute."""

import click

from cli.classifier import load_model
from cli.context import open_checked_database
from cli.output.short_line import short_line
from cli.policies.shown_rules import show_rules
from cli.refusals import refusals_as_sentences
from cli.score_option import Score
from cli.wrong_use import read_settings
from models.serving.classifier import Classifier
from moderation.accounts.moderators import ALL_SITES
from moderation.clock import utc_now
from moderation.notifications.wording import counted
from moderation.policy import ATTRIBUTES, DECIDING, SitePolicy
from moderation.review.reason_sentences import in_percent
from moderation.review.rejection_outcome import RejectionOutcome
from moderation.storage.automatic.rejection_previews import RejectionPreviews
from moderation.storage.comments.sites import Sites
from moderation.storage.review.cards import Card

_SCORE = Score(above_zero=True)


@click.command(epilog="Example: parley policy show my-paper")
@click.argument("site_name", metavar="[SITE]", required=False)
@click.option("--page", help="What this page of SITE changes of its rules.")
@click.option("--json", "as_json", is_flag=True, help="The rules of SITE as one line of JSON.")
def show(site_name: str | None, *, page: str | None, as_json: bool) -> None:
    """Show what the settings of the model do and what sites have chosen, or the rules of SITE."""
    if site_name is not None:
        show_rules(site_name, page, as_json=as_json)
        return
    if page or as_json:
        sentence = "--page and --json are about the rules of a site: name it, as my-paper"
        raise click.UsageError(sentence)
    classifier = load_model(None)
    for setting, chosen in classifier.settings.items():
        click.echo(f"{setting}: {chosen.sentence}")
        for name in ATTRIBUTES:
            limits = chosen.thresholds[name]
            likely = limits.reject if name in DECIDING else None
            waits = f"waits {_score(limits.flag)}, likely to be rejected {_score(likely)}"
            click.echo(f"  {name:16} {waits}")
    click.echo(classifier.measured_on)
    with open_checked_database(read_settings()) as database:
        for site in Sites(database, utc_now).all():
            rejected = (
                f"{name} from {in_percent(score)}" for name, score in site.policy.reject.items()
            )
            unseen = f"{', '.join(rejected) or 'nothing'} is rejected unseen"
            click.echo(f"{site.name}: {_chosen(site.policy)}; {unseen}")


@click.command(epilog="Example: parley policy reject my-paper spam --from 0.95 --yes")
@click.argument("site_name", metavar="SITE")
@click.argument("attribute", type=click.Choice(ATTRIBUTES))
@click.option("--from", "threshold", type=_SCORE, help="This score; else the model's own.")
@click.option("--off", is_flag=True, help="Reject nothing any more for this attribute.")
@click.option("--yes", is_flag=True, help="Do it, not only say what it would have done.")
def reject(
    site_name: str, attribute: str, *, threshold: float | None, off: bool, yes: bool
) -> None:
    """Reject comments on SITE unseen where they score high for ATTRIBUTE.

    Without --yes nothing is changed: it says what this would have done with the last decisions of
    the site's moderators.
    """
    if off and threshold is not None:
        sentence = "--off rejects nothing, so it takes no --from: give one of them"
        raise click.UsageError(sentence)
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        sites = Sites(database, utc_now)
        sites.get(site_name)
        if off:
            sites.set_rejection(site_name, attribute, None)
            click.echo(f"{site_name}: nothing is rejected unseen for {attribute}")
            return
        score = _threshold(load_model(None), attribute, threshold)
        tried = RejectionPreviews(database, ALL_SITES).of(site_name, attribute, score)
        _print(tried.preview, tried.errors, f"{attribute} from {in_percent(score)} up")
        if yes:
            sites.set_rejection(site_name, attribute, score)
            click.echo(
                f"{site_name}: from now on {attribute} from {in_percent(score)} up is rejected"
            )
        else:
            click.echo("nothing was changed: add --yes to reject so from now on")


def _threshold(classifier: Classifier, attribute: str, threshold: float | None) -> float:
    click.echo(classifier.measured_on)
    own = classifier.thresholds[attribute].reject
    if threshold is None and own is None:
        sentence = f"the model has no threshold to reject for {attribute}: give one with --from"
        raise click.UsageError(sentence)
    return threshold if threshold is not None else float(own or 1)


def _print(preview: RejectionOutcome, errors: list[Card], what: str) -> None:
    decisions = counted(preview.decisions, "decision")
    click.echo(f"{what}: of the last {decisions} of the site's moderators")
    click.echo(f"  would have been rejected unseen     {preview.rejected:,}")
    click.echo(f"  of these a moderator approved       {preview.approved:,}{_interval(preview)}")
    click.echo(f"  of these were decided in bulk       {preview.in_bulk:,}")
    for card in errors:
        comment = f"{card.comment.name}: {card.comment.text}"
        click.echo(f"  approved, as: {short_line(comment)}")


def _interval(preview: RejectionOutcome) -> str:
    if preview.error is None:
        return ""
    low, high = preview.error.interval.low, preview.error.interval.high
    return f" ({preview.error.observed:.1%}, 95 % interval {low:.1%} to {high:.1%})"


def _chosen(policy: SitePolicy) -> str:
    if policy.flag is None:
        return str(policy.strictness)
    return f"its own, waits from toxicity {100 * policy.flag:g} %"


def _score(threshold: float | None) -> str:
    return "nowhere" if threshold is None else f"from {in_percent(threshold)}"
