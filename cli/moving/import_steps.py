"""The three steps of an import: read all of the file, order its threads, store them."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.progress import Progress

from cli.sites.keys_of_pages import key_of_export, key_of_source
from moderation.clock import utc_now
from moderation.imports.kinds import PARLEY
from moderation.imports.records import BrokenFile
from moderation.imports.url_map import UrlMap
from moderation.sites import Site
from moderation.storage.database.engine import Database
from moderation.storage.moving.kept_addresses import KnownAs
from moderation.storage.moving.source_batches import batches, size_of
from moderation.storage.moving.staging import Staging
from moderation.storage.moving.threads import order_threads, place_pages
from moderation.storage.moving.transfer import Transfer
from moderation.text.prepared_texts import AddressHash
from moderation.text.second_process import SecondProcess


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What is asked for."""

    kind: str
    path: Path
    site: Site
    urls: UrlMap
    is_dry: bool


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """Where it comes to, and what helps to bring it."""

    database: Database
    address_hash: AddressHash
    known_as: KnownAs
    process: SecondProcess


def read(request: ImportRequest, staged: Staging, bar: Progress, process: SecondProcess) -> None:
    """Read the file to its end; raises BrokenFile."""
    size = size_of(request.path)
    task = bar.add_task("reading", total=size)
    for rows, number_of_bytes in batches(request.kind, request.path, utc_now(), process):
        staged.put(rows)
        bar.advance(task, number_of_bytes)
    bar.update(task, completed=size)
    if request.kind != PARLEY and not staged.number_of_rows():
        sentence = f"no comment of {request.kind} is in {request.path.name}: is it another kind?"
        raise BrokenFile(sentence)


def order(request: ImportRequest, staged: Staging) -> None:
    """Find the page and the place of each comment; raises BrokenFile."""
    is_parley = request.kind == PARLEY

    def key_of(page: str, url: str) -> str:
        if is_parley:
            return key_of_export(request.urls, page)
        return key_of_source(request.site, request.urls.new_address(url))

    place_pages(staged, request.urls, key_of)
    order_threads(staged, keeps_erased=is_parley)


def bring(
    request: ImportRequest,
    staged: Staging,
    bar: Progress,
    target: ImportTarget,
) -> None:
    """Store what is not here yet, or look at it in a dry run; raises SiteNotFound."""
    label = "comparing" if request.is_dry else "storing"
    task = bar.add_task(label, total=staged.number_in_order())
    on_rows = partial(bar.advance, task)
    transfer = Transfer(
        target.database,
        utc_now,
        request.site,
        request.kind,
        target.address_hash,
        on_rows,
        target.known_as,
        target.process,
    )
    if request.is_dry:
        transfer.look(staged)
        return
    transfer.bring(staged)
    if request.kind == PARLEY:
        transfer.bring_rest(staged)
