"""`parley policy show SITE`: the rules in force, and who changed them when."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import click

from cli.context import open_checked_database
from cli.refusals import refusals_as_sentences
from cli.wrong_use import read_settings
from moderation.clock import utc_now
from moderation.notifications.wording import counted
from moderation.pages.page_keys import page_key
from moderation.storage.comments.sites import Sites
from moderation.storage.sites.rule_versions import RuleVersions

_FEW = 8  # entries of a list that are shown


def show_rules(site_name: str, page: str | None, *, as_json: bool) -> None:
    """Print the rules of a site, or what a page changes of them."""
    key = None if page is None else page_key(page)
    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        site = Sites(database, utc_now).get(site_name)
        versions = RuleVersions(database, utc_now)
        document, changes = versions.in_force(site, key), versions.newest(site, key, limit=5)
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False))
        return
    for line in _lines(document):
        click.echo(line)
    if not document:
        click.echo(f"the page {key} has the rules of {site_name}")
    for version in changes:
        click.echo(f"changed {version.made_at:%Y-%m-%d %H:%M} UTC by {version.made_by}")


def _lines(document: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for name, value in document.items():
        if isinstance(value, dict):
            yield from _lines(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}={_shown(value)}"


def _shown(value: object) -> str:
    if isinstance(value, list) and len(value) > _FEW:
        first = json.dumps(value[:_FEW], ensure_ascii=False)
        return f"{first} and {counted(len(value) - _FEW, 'other')}"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
