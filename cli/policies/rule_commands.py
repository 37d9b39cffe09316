"""`parley policy set` and `test`: the rules of a site or a page."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from cli.classifier import load_model
from cli.context import open_checked_database
from cli.output.outcome_sentences import outcome_sentence
from cli.output.rule_report import rule_report
from cli.policies.rule_changes import file_document, with_values
from cli.refusals import refusals_as_sentences
from cli.wrong_use import read_settings
from judging.comment_scoring import read_each
from judging.judge import Judge, spoken_on
from judging.loaded_model import Model, policy_of
from judging.rule_previews import rule_outcome
from moderation.accounts.moderators import ALL_SITES
from moderation.clock import utc_now
from moderation.pages.page_keys import page_key
from moderation.review.rule_outcome import RuleOutcome
from moderation.review.setting_outcome import RecentComment
from moderation.rules.circumstances import Circumstances
from moderation.rules.document import changes_of
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.automatic.tried_rules import TriedRules
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.reasons import reason_as_json
from moderation.storage.sites.rule_versions import RuleVersions

_SHOWN = 10


@click.command("set", epilog="Example: parley policy set my-paper first_comments=2 --yes")
@click.argument("site_name", metavar="SITE")
@click.argument("values", metavar="NAME=VALUE", nargs=-1)
@click.option("--page", help="Of this page alone: what it changes of the site's rules.")
@click.option(
    "--file",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Start from the document of a JSON file, not from the rules in force.",
)
@click.option("--back", is_flag=True, help="Take the last change back.")
@click.option("--show", default=_SHOWN, show_default=True, type=click.IntRange(0))
@click.option("--yes", is_flag=True, help="Do it, not only say what it would have done.")
def set_rules(
    site_name: str, values: tuple[str, ...], *, show: int, yes: bool, **options: Any
) -> None:
    """Change the rules of SITE, after a look at what they would have done.

    A VALUE is JSON, a word, or @FILE for the lines of a file:

    \b
      first_comments=2
      links.most=1 links.action=reject
      banned_words.words=@words.txt
      quiet_hours='{"zone": "Europe/Berlin", "begin": "22:00", "end": "07:00"}'

    Without --yes nothing is changed: it says which of the site's last 1,000 comments would have
    become something else. A change takes effect at once everywhere.
    """
    page = None if options["page"] is None else page_key(options["page"])
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        versions, site = RuleVersions(database, utc_now), Sites(database, utc_now).get(site_name)
        if options["back"]:
            _refuse_values(values, options["path"])
            document = versions.former(site, page)
        else:
            start = versions.in_force(site, page)
            path = options["path"]
            document = with_values(start if path is None else file_document(path), values)
        outcome = _outcome(database, site, document, page)
        click.echo("\n".join(rule_report(outcome, show)))
        if yes:
            versions.change(site_name, document, page)
        click.echo(_done(site_name, page) if yes else "nothing was changed: add --yes to do it")


@click.command("test", epilog="Example: parley policy test my-paper 'Buy now: www.shop.example'")
@click.argument("site_name", metavar="SITE")
@click.argument("texts", metavar="TEXT", nargs=-1, required=True)
@click.option("--name", default="Ada", show_default=True, help="The author's.")
@click.option("--page", help="As on this page.")
@click.option("--approved", type=click.IntRange(0), help="How many of the author's are approved.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each text.")
def test_rules(site_name: str, texts: tuple[str, ...], *, as_json: bool, **options: Any) -> None:
    """Say what would become of each TEXT on SITE now, and why; nothing is stored."""
    page = None if options["page"] is None else page_key(options["page"])
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        site = Sites(database, utc_now).get(site_name)
        changes = changes_of(RuleVersions(database, utc_now).in_force(site, page)) if page else {}
        staff = Moderators(database, utc_now).names()
    classifier = load_model(None)
    judge = Judge(policy_of(classifier), staff)
    known = Circumstances(site.rules.changed(changes), utc_now(), options["approved"])
    comments = [RecentComment(k, options["name"], text, None) for k, text in enumerate(texts)]
    readings = read_each(classifier, comments, lambda _: spoken_on(site))
    for comment in comments:
        decision = judge.decision(readings[comment.id], comment, site, known)
        if as_json:
            reasons = [reason_as_json(reason) for reason in decision.reasons]
            click.echo(json.dumps({"status": decision.status, "reasons": reasons}))
        else:
            click.echo(f"{decision.status}: {outcome_sentence(decision)}")


def _outcome(
    database: Database, site: Site, document: Mapping[str, Any], page: str | None
) -> RuleOutcome | None:
    """What the document would have made of the last comments; raises InvalidRules."""
    trial = TriedRules(database, ALL_SITES).of(site, changes_of(document), page)
    classifier = load_model(None)
    model = Model(classifier, policy_of(classifier))
    return rule_outcome(model, trial, site, Moderators(database, utc_now).names())


def _refuse_values(values: Sequence[str], path: Path | None) -> None:
    if values or path is not None:
        sentence = "--back takes the last change back, so it takes no values and no --file"
        raise click.UsageError(sentence)


def _done(site_name: str, page: str | None) -> str:
    where = site_name if page is None else f"{page} of {site_name}"
    return f"{where}: the rules are in force; parley policy set {site_name} --back takes them back"
