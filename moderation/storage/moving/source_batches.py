"""What is staged of a file, some at a time, read in a process of its own where there is much."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from moderation.imports.kinds import READERS
from moderation.imports.records import SourcePage, SourceRecord, UnreadableRow
from moderation.imports.source_files import SourceFile
from moderation.storage.moving.sqlite_tables import table_rows
from moderation.storage.moving.staged_rows import StagedRow, StagedRows, refused_row, staged_row
from moderation.text.second_process import SecondProcess

Batch = tuple[StagedRows, int]  # and how many bytes were read for them
TABLES = ("pages", "authors", "comments", "refused", "labels", "parley")
_AT_A_TIME = 2_000
_LARGE = 8_000_000  # bytes; what a second process saves of smaller files, its start takes


def batches(
    kind: str, path: Path, now: datetime, process: SecondProcess | None = None
) -> Iterator[Batch]:
    """Yield what a file has, with rows that no comment can be made of as refused.

    Args:
        kind: The system that the file is of.
        path: The file, or a folder of several.
        now: Nothing in the file can be much later.
        process: Reads a large file, where there is one.

    Raises:
        BrokenFile: It cannot be read to its end.
    """
    if process is None or size_of(path) < _LARGE:
        yield from _read(kind, path, now)
        return
    process.begin(_read, kind, path, now)
    yield from process.items()


def size_of(path: Path) -> int:
    """How many bytes the file has, or all files of the folder."""
    paths = path.iterdir() if path.is_dir() else [path]
    return sum(path.stat().st_size for path in paths if path.is_file())


def _read(kind: str, path: Path, now: datetime) -> Iterator[Batch]:
    octets: list[int] = []
    records = READERS[kind](SourceFile(path, table_rows, octets.append))
    for rows in _rows(records, now):
        yield rows, sum(octets)
        octets.clear()


def _rows(records: Iterable[SourceRecord], now: datetime) -> Iterator[StagedRows]:
    iterator, pages = iter(records), set[str]()
    while batch := list(islice(iterator, _AT_A_TIME)):
        rows: StagedRows = {name: [] for name in TABLES}
        for record in batch:
            if isinstance(record, SourcePage) and _is_known(pages, record.id):
                continue
            table, row = _staged(record, now)
            rows[table].append(row)
        yield rows


def _staged(record: SourceRecord, now: datetime) -> tuple[str, StagedRow]:
    try:
        return staged_row(record, now)
    except UnreadableRow as error:
        return "refused", refused_row(record, error)


def _is_known(pages: set[str], page_id: str) -> bool:
    """Many files name the page with each comment: it need not be put there each time."""
    if page_id in pages:
        return True
    if len(pages) > _AT_A_TIME:
        pages.clear()
    pages.add(page_id)
    return False
