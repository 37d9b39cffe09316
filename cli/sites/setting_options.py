"""The options of `parley site set`, and the site that they make of another."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import click

from cli.score_option import Score
from cli.sites.safeguard_options import SAFEGUARD_OPTIONS, changed_safeguards
from judging.language_reports import raised_languages
from moderation.choices.site_languages import SiteLanguages
from moderation.choices.strictness import Strictness
from moderation.comments import MAX_TEXT
from moderation.own_comments.edits import MAX_EDIT_MINUTES
from moderation.site_fields import (
    InvalidSite,
    site_edit_minutes,
    site_max_text,
    site_origins,
    site_rate,
    site_title,
)
from moderation.sites import Site, SiteRates

_SHARE = Score()
_MODEL = "model"
_SERVER = "server"


class _FlagThreshold(click.ParamType[float | str]):
    name = "score"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float | str:
        return _MODEL if value == _MODEL else float(_SHARE.convert(value, param, ctx))


_OPTIONS = (
    click.option(
        "--origin", "origins", multiple=True, help="This one in place of all; repeatable."
    ),
    click.option("--add-origin", "added", multiple=True, help="One more; repeatable."),
    click.option("--remove-origin", "removed", multiple=True, help="No longer this; repeatable."),
    click.option("--title", help="What people call it."),
    click.option(
        "--setting",
        "strictness",
        type=click.Choice([str(name) for name in Strictness]),
        help="How careful; in place of its own toxicity. `parley policy show` says what each does.",
    ),
    click.option("--languages", help="Of its pages, as en,de; others wait for a person."),
    click.option("--default-language", help="What a text too short to tell is taken for."),
    click.option(
        "--raise", "raised", multiple=True, help="A language whose scores decide; repeatable."
    ),
    click.option("--lower", "lowered", multiple=True, help="No longer this one; repeatable."),
    click.option("--flag", type=_FlagThreshold(), help="Hold from this toxicity up, or `model`."),
    click.option(
        "--premoderate/--no-premoderate", "premoderated", default=None, help="All comments wait."
    ),
    click.option(
        "--abuse-is-spam/--no-abuse-is-spam", default=None, help="What Akismet's programs hear."
    ),
    click.option("--max-text", type=click.IntRange(1, MAX_TEXT), help="Characters of a comment."),
    click.option(
        "--edit-minutes",
        type=click.IntRange(0, MAX_EDIT_MINUTES),
        help="How long an author may change a comment; 0: not at all.",
    ),
    click.option(
        "--nudge/--no-nudge", "nudges", default=None, help="Tell authors once which words wait."
    ),
    click.option("--reader-mail/--no-reader-mail", default=None, help="Readers may ask for mails."),
    click.option("--submit-limit", help="Of one reader: '30 per minute', `off`, `server`."),
    click.option("--key-limit", help="Of all its servers: the same."),
    *SAFEGUARD_OPTIONS,
)


def setting_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each setting of a site."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def changed_site(site: Site, options: Mapping[str, Any]) -> Site:
    """The site with the settings that are given; raises InvalidSite, InvalidLanguages."""
    flag, title, max_text = options["flag"], options["title"], options["max_text"]
    minutes, policy = options["edit_minutes"], site.policy
    if options["strictness"] is not None:
        policy = policy.with_strictness(Strictness(options["strictness"]))
    if flag is not None:
        policy = policy.with_flag(None if flag == _MODEL else flag)
    if options["premoderated"] is not None:
        policy = replace(policy, premoderated=options["premoderated"])
    if options["abuse_is_spam"] is not None:
        policy = replace(policy, abuse_is_spam=options["abuse_is_spam"])
    return replace(
        site,
        title=site.title if title is None else site_title(title),
        origins=_origins(site.origins, options),
        policy=policy,
        max_text=site.max_text if max_text is None else site_max_text(max_text),
        edit_minutes=site.edit_minutes if minutes is None else site_edit_minutes(minutes),
        nudges=_given(options["nudges"], site.nudges),
        reader_mail=_given(options["reader_mail"], site.reader_mail),
        rates=SiteRates(
            _rate(site.rates.submit, options["submit_limit"]),
            _rate(site.rates.key, options["key_limit"]),
        ),
        languages=_languages(site.languages, options),
        safeguards=changed_safeguards(site.safeguards, options),
    )


def _given(value: bool | None, current: bool) -> bool:
    return current if value is None else value


def _languages(current: SiteLanguages, options: Mapping[str, Any]) -> SiteLanguages:
    """The languages given in place of the current ones; raises InvalidLanguages."""
    codes = options["languages"]
    given = current.codes if codes is None else [code for code in codes.split(",") if code.strip()]
    languages = current.with_codes(given, options["default_language"])
    for code in options["raised"]:
        languages = raised_languages(languages, code)
    for code in options["lowered"]:
        languages = languages.with_raised(code, raised=False)
    return languages


def _origins(current: tuple[str, ...], options: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Those that are there or given in their place, with those added, without those removed."""
    added, removed = (
        options["added"],
        set(site_origins(options["removed"]) if options["removed"] else ()),
    )
    kept = tuple(options["origins"]) or current
    unknown = sorted(removed - set(site_origins(kept)))
    if unknown:
        sentence = f"{unknown[0]} is none of the site's origins, which are {', '.join(current)}"
        raise InvalidSite(sentence)
    return site_origins(origin for origin in site_origins([*kept, *added]) if origin not in removed)


def _rate(current: str | None, value: str | None) -> str | None:
    """A rate that is given in place of the current one; None for the server's."""
    if value is None:
        return current
    return None if value.strip().lower() == _SERVER else site_rate(value)
