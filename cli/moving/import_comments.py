"""`parley import`: comments of another system."""

import ipaddress
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import IO

import click
from rich.console import Console
from rich.progress import Progress

from cli.context import open_checked_database
from cli.moving.import_report import print_counts, print_rows
from cli.moving.import_steps import ImportRequest, bring, order, read
from cli.refusals import refusals_as_sentences
from cli.wrong_use import read_settings
from moderation.clock import utc_now
from moderation.config.server_secret import server_secret
from moderation.config.settings import Settings
from moderation.imports.kinds import READERS
from moderation.imports.url_map import InvalidUrlMap, UrlMap
from moderation.networks import unmapped
from moderation.proxies import is_private
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.moving.new_rows import AddressHash
from moderation.storage.moving.staging import staging
from moderation.storage.system.address_keys import AddressKeys
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
        with staging(utc_now()) as staged:
            with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
                with _stops_with(_NOTHING_CAME):
                    read(request, staged, bar)
                    order(request, staged)
                with _stops_with(_NOTHING_CAME if is_dry else _SOME_CAME):
                    bring(request, staged, bar, (database, _address_hash(database, settings)))
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


def _address_hash(database: Database, settings: Settings) -> AddressHash:
    """Hashes an address as of a reader who comments now; a private one is a proxy's."""
    hashes, now = AddressHashes(server_secret(settings), AddressKeys(database)), utc_now()

    @lru_cache(maxsize=10_000)  # one reader wrote many of the comments
    def hash_address(value: str) -> str | None:
        try:
            address = unmapped(ipaddress.ip_address(value.strip()))
        except ValueError:
            return None
        return None if is_private(address) else hashes.hash(str(address), now)

    return hash_address
