"""`parley import`: comments of another system."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import IO

import click
from rich.console import Console
from rich.progress import Progress

from cli.context import open_checked_database
from cli.moving.import_report import print_counts, print_rows
from cli.moving.import_steps import ImportRequest, ImportTarget, bring, order, read
from cli.moving.reader_hashes import reader_hash
from cli.refusals import refusals_as_sentences
from cli.wrong_use import read_settings
from moderation.accounts.email_addresses import InvalidEmailAddress, email_address
from moderation.clock import utc_now
from moderation.config.server_secret import server_secret
from moderation.config.settings import Settings
from moderation.imports.kinds import READERS
from moderation.imports.url_map import InvalidUrlMap, UrlMap
from moderation.notifications.reader_mails import address_hash as email_hash
from moderation.sites import Site
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.moving.kept_addresses import KnownAddress, KnownAs
from moderation.storage.moving.staging import staging
from moderation.storage.system.address_keys import AddressKeys
from moderation.text.prepared_texts import AddressHash
from moderation.text.second_process import second_process
from service.wiring.address_hashing import AddressHashes

_NOTHING_CAME = "stopped: nothing has come"
_SOME_CAME = "stopped: what has come stays, and the same command goes on from there"


@click.command(
    "import", epilog="Example: parley import disqus export.xml.gz --site my-paper --dry-run"
)
@click.argument("kind", type=click.Choice(list(READERS)), metavar="KIND")
@click.argument("path", type=click.Path(exists=True, path_type=Path), metavar="FILE")
@click.option("--site", "name", required=True, help="The site that they come to.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Only say, row by row, what would come.")
@click.option(
    "--urls",
    type=click.File(encoding="utf-8-sig"),
    help="Lines OLD NEW for addresses that changed; * at the end of both is any rest.",
)
def import_comments(
    kind: str, path: Path, name: str, *, is_dry: bool, urls: IO[str] | None
) -> None:
    """Bring the comments of another system's FILE to a site.

    KIND is disqus, wordpress, isso, remark42, commento, coral, cusdis, waline, artalk, or parley
    for what `parley export` wrote. Threads, times and statuses are kept, and nobody is notified.
    What is here already does not come twice.
    """
    settings, url_map = read_settings(), _url_map(urls)
    with open_checked_database(settings) as database, refusals_as_sentences():
        request = ImportRequest(kind, path, Sites(database, utc_now).get(name), url_map, is_dry)
        with staging() as staged, second_process() as process:
            with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
                with _stops_with(_NOTHING_CAME):
                    read(request, staged, bar, process)
                    order(request, staged)
                with _stops_with(_NOTHING_CAME if is_dry else _SOME_CAME):
                    hashed = _no_hash if is_dry else _address_hash(database, settings)
                    known_as = _known_as(request.site, settings)
                    bring(request, staged, bar, ImportTarget(database, hashed, known_as, process))
            print_rows(staged, is_dry=is_dry)
            print_counts(staged, is_dry=is_dry)


@contextmanager
def _stops_with(sentence: str) -> Iterator[None]:
    """Say what became of it when somebody presses Ctrl-C."""
    try:
        yield
    except KeyboardInterrupt as interrupt:
        raise click.ClickException(sentence) from interrupt


def _url_map(urls: IO[str] | None) -> UrlMap:
    try:
        return UrlMap.parse(urls or ())
    except InvalidUrlMap as error:
        sentence = f"--urls: {error}"
        raise click.UsageError(sentence) from error
    except UnicodeDecodeError as error:
        sentence = "--urls: the file is not UTF-8"
        raise click.UsageError(sentence) from error


def _known_as(site: Site, settings: Settings) -> KnownAs:
    """Reads the authors' e-mail addresses; none of them where the site mails no readers."""
    secret = server_secret(settings)

    @lru_cache(maxsize=10_000)
    def known_as(value: str) -> KnownAddress | None:
        try:
            address = email_address(value)
        except InvalidEmailAddress:
            return None
        return KnownAddress(address, email_hash(secret, site.id, address))

    return known_as if site.reader_mail else lambda _value: None


def _no_hash(_address: str) -> None:
    """A dry run makes no key to hash with."""


def _address_hash(database: Database, settings: Settings) -> AddressHash:
    """Hashes addresses as those of readers who comment now, in a second process too."""
    hashes = AddressHashes(server_secret(settings), AddressKeys(database))
    return partial(reader_hash, hashes.key_at(utc_now()))
