"""`parley site show` and `set`: what a site takes, and from where."""

import json
from dataclasses import asdict
from typing import Any

import click

from cli.classifier import open_languages, path_in_use
from cli.context import open_checked_database
from cli.refusals import refusals_as_sentences
from cli.sites.language_question import confirm_raised
from cli.sites.safeguard_options import safeguard_lines
from cli.sites.setting_options import changed_site, setting_options
from cli.sites.site_keys import key_as_json, key_line
from cli.wrong_use import read_settings
from moderation.choices.site_languages import InvalidLanguages, SiteLanguages, language_name
from moderation.clock import utc_now
from moderation.notifications.wording import counted
from moderation.review.reason_sentences import in_percent
from moderation.site_fields import InvalidSite, check_reader_mail
from moderation.sites import Site
from moderation.storage.comments.sites import Sites


@click.command(epilog="Example: parley site show my-paper --json")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def show(name: str, as_json: bool) -> None:
    """Show all settings and keys of the site NAME."""
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        site = Sites(database, utc_now).get(name)
    if as_json:
        click.echo(json.dumps(site_as_json(site), ensure_ascii=False))
        return
    for line in site_lines(site):
        click.echo(line)


@click.command("set", epilog="Example: parley site set my-paper --add-origin https://www.a.example")
@click.argument("name")
@setting_options
@click.option("--yes", is_flag=True, help="Ask nothing before a language is raised.")
def change(name: str, *, yes: bool, **options: Any) -> None:
    """Change the settings that are given of the site NAME; the others stay.

    --raise first shows the figures of the language, and asks. Running servers and workers follow
    within seconds. What is rejected unseen is set by `parley policy reject`, which first
    shows what it would have done.
    """
    if not any(value is not None and value != () for value in options.values()):
        sentence = f"say what to change, as in --help: `parley site show {name}` says what is set"
        raise click.UsageError(sentence)
    settings = read_settings()
    with open_checked_database(settings) as database, refusals_as_sentences():
        sites = Sites(database, utc_now)
        try:
            has_mail_server = settings.mail is not None
            check_reader_mail(is_on=bool(options["reader_mail"]), has_mail_server=has_mail_server)
            if options["raised"]:
                open_languages(path_in_use())
                changed_site(sites.get(name), options)  # refused before anything is asked
                confirm_raised(options["raised"], yes=yes)
            sites.change(name, lambda site: changed_site(site, options))
        except (InvalidLanguages, InvalidSite) as error:
            raise click.UsageError(str(error)) from error
        site = sites.get(name)
    for line in site_lines(site):
        click.echo(line)


def site_lines(site: Site) -> list[str]:
    """A site as people read it."""
    rejected = [f"{name} from {in_percent(score)}" for name, score in site.policy.reject.items()]
    own, words = site.policy.flag, site.suspects
    lines = [
        f"{site.name}: {site.title}",
        *(f"  origin           {origin}" for origin in site.origins),
        f"  setting          {site.policy.strictness}",
        *([] if own is None else [f"  own threshold    waits from toxicity {100 * own:g} %"]),
        *(["  waits            everything"] if site.policy.premoderated else []),
        f"  rejected unseen  {', '.join(rejected) or 'nothing'}",
        f"  spam is          {'spam and abuse' if site.policy.abuse_is_spam else 'spam alone'}",
        f"  languages        {_languages(site.languages)}",
        f"  suspect words    {counted(len(words.words), 'word')} of its own"
        f"{''.join(f', the list of {language_name(code)}' for code in words.lists)}",
        f"  longest text     {counted(site.max_text, 'character')}",
        f"  may be changed   {_edit_time(site.edit_minutes)}",
        f"  nudge            {'authors are told once' if site.nudges else 'off'}",
        f"  reader mail      {'on' if site.reader_mail else 'off'}",
        f"  of one reader    {_rate(site.rates.submit)}",
        f"  of its servers   {_rate(site.rates.key)}",
        *safeguard_lines(site.safeguards),
        *(f"  key              {key_line(key)}" for key in site.keys),
    ]
    return lines if site.keys else [*lines, "  key              none"]


def site_as_json(site: Site) -> dict[str, object]:
    """A site as a program reads it."""
    return {
        "name": site.name,
        "title": site.title,
        "origins": site.origins,
        "flag": site.policy.flag,
        "reject": dict(site.policy.reject),
        "premoderated": site.policy.premoderated,
        "abuse_is_spam": site.policy.abuse_is_spam,
        "setting": site.policy.strictness,
        "languages": site.languages.codes,
        "default_language": site.languages.default,
        "raised_languages": site.languages.raised,
        "suspect_words": site.suspects.words,
        "suspect_lists": site.suspects.lists,
        "max_text": site.max_text,
        "edit_minutes": site.edit_minutes,
        "nudges": site.nudges,
        "reader_mail": site.reader_mail,
        "submit_limit": site.rates.submit,
        "key_limit": site.rates.key,
        "safeguards": asdict(site.safeguards),
        "has_key": bool(site.keys),
        "keys": [key_as_json(key) for key in site.keys],
    }


def _languages(languages: SiteLanguages) -> str:
    names = [language_name(code) for code in languages.codes]
    raised = [language_name(code) for code in languages.raised]
    decided = f"; decided by its own word: {', '.join(raised)}" if raised else ""
    return (
        f"{', '.join(names)}; {language_name(languages.default)} where it cannot be told{decided}"
    )


def _edit_time(minutes: int) -> str:
    return f"by its author, for {counted(minutes, 'minute')}" if minutes else "by nobody"


def _rate(rate: str | None) -> str:
    if rate is None:
        return "as many comments as the server's settings say"
    return "any number of comments" if rate == "off" else f"at most {rate}"
