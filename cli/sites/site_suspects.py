"""`parley site suspects`: the words that make a site's comments wait."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import click

from cli.context import open_checked_database
from cli.refusals import refusals_as_sentences
from cli.wrong_use import read_settings
from moderation.choices.site_languages import InvalidLanguages, language_name
from moderation.choices.suspect_words import LISTS, InvalidSuspectWords, SuspectWords
from moderation.clock import utc_now
from moderation.sites import Site
from moderation.storage.comments.sites import Sites

_MOST_BYTES = 1_000_000


@click.command(epilog="Example: parley site suspects my-paper --list de --add 'gun sale*'")
@click.argument("name")
@click.option("--add", "added", multiple=True, help="A word or phrase; repeatable.")
@click.option("--remove", "removed", multiple=True, help="No longer this; repeatable.")
@click.option(
    "--file",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Add the words of a file, one a line.",
)
@click.option("--clear", is_flag=True, help="Remove all of its own words first.")
@click.option("--list", "listed", multiple=True, help=f"Use Parley's of {', '.join(LISTS)}.")
@click.option("--no-list", "unlisted", multiple=True, help="No longer this one; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def suspects(name: str, *, as_json: bool, **options: Any) -> None:
    """Show or change the words that make a comment on the site NAME wait.

    A word is found as a whole, in any case; a star at its end stands for any ending. In Chinese,
    Japanese, Korean and Thai it is found anywhere. Running workers follow at once.
    """
    lines = [] if options["path"] is None else _lines(options["path"])

    def changed(site: Site) -> Site:
        return dataclasses.replace(site, suspects=_changed(site.suspects, options, lines))

    with open_checked_database(read_settings()) as database, refusals_as_sentences():
        sites = Sites(database, utc_now)
        try:
            sites.change(name, changed)
        except (InvalidLanguages, InvalidSuspectWords) as error:
            raise click.UsageError(str(error)) from error
        words = sites.get(name).suspects
    if as_json:
        click.echo(json.dumps({"words": words.words, "lists": words.lists}, ensure_ascii=False))
        return
    for code in words.lists:
        click.echo(f"the list of {language_name(code)}: {', '.join(LISTS[code])}")
    click.echo("\n".join(words.words) if words.words else "no words of its own")


def _changed(words: SuspectWords, options: dict[str, Any], lines: list[str]) -> SuspectWords:
    kept = () if options["clear"] else words.words
    gone = set(SuspectWords().with_words(options["removed"]).words)
    unknown = sorted(word for word in gone if word.casefold() not in map(str.casefold, kept))
    if unknown:
        sentence = f"{unknown[0]!r} is none of the site's own words"
        raise InvalidSuspectWords(sentence)
    folded = {word.casefold() for word in gone}
    rest = [word for word in kept if word.casefold() not in folded]
    lists = SuspectWords().with_lists([*words.lists, *options["listed"]]).lists
    off = SuspectWords().with_lists(options["unlisted"]).lists
    return words.with_words([*rest, *options["added"], *lines]).with_lists(
        code for code in lists if code not in off
    )


def _lines(path: Path) -> list[str]:
    """The lines of a file of words; raises ClickException where it is none."""
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            sentence = f"{path} is larger than {_MOST_BYTES:,} bytes: it is no list of words"
            raise click.ClickException(sentence)
        return content.decode("utf-8-sig").splitlines()
    except OSError as error:
        sentence = f"{path} cannot be read: {error.strerror}"
        raise click.ClickException(sentence) from error
    except UnicodeDecodeError as error:
        sentence = f"{path} is not UTF-8: save it so, one word a line"
        raise click.ClickException(sentence) from error
