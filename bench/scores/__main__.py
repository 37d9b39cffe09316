"""`python -m bench.scores`: analyses a second, how long one waits, and the memory they add."""

import json
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from threading import Event, Thread

import click

from bench.load import Load, apart, drive
from bench.memory import check_memory
from bench.parley import Parley
from bench.problem import NotMeasured
from bench.programs import wait_for
from bench.scores.protocols import MOST_CHECKS, analyses, checks, coral_phases
from bench.scores.questions import PACE, Stream, waits
from bench.texts import texts

_CONNECTIONS = 8
_START_SECONDS = 60.0
_CHUNK_SECONDS = 1.0
_BACKLOG_A_SECOND = 5_000  # more than a worker decides in two such times
_SETTLED_READS = 20  # requests before memory is looked at: what any server loads is loaded


@click.command(epilog="Example: python -m bench.scores --seconds 20")
@click.option("--seconds", type=click.FloatRange(2, 120), default=20.0, show_default=True)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var/bench-scores"),
    show_default=True,
)
def bench(seconds: float, folder: Path) -> None:
    """Ask a web server for scores, alone and beside a worker that decides comments all the time."""
    try:
        click.echo(json.dumps(_measured(folder.absolute(), seconds), indent=1))
    except (NotMeasured, click.ClickException, OSError) as problem:
        click.echo(f"Not measured: {problem}", err=True)
        sys.exit(1)


def _measured(folder: Path, seconds: float) -> dict[str, float]:
    check_memory()
    folder.mkdir(parents=True, exist_ok=True)
    parley = Parley(folder, settings={"PARLEY_SCORE_LIMIT": "off", "PARLEY_SITE_KEY_LIMIT": "off"})
    try:
        key, phases = parley.score_key(), coral_phases(parley, texts(1_000))
        parley.serve()
        asked = analyses(parley, key, texts(1_000))
        before = _memory_after(parley, [parley.first_page("/a")])
        added = _memory_after(parley, asked) - before
        alone = _rate(parley, asked, seconds)
        together = _one_after_the_other(parley, checks(parley, key, texts(1_000)), seconds)
        _submit(parley, round(_BACKLOG_A_SECOND * seconds))
        _work(parley)
        steady = _waits(parley, asked, seconds)
        left = parley.pending()
        phased = _waits(parley, phases, seconds)
        left_then = parley.pending()
        with _submitting(parley):
            beside = _rate(parley, asked, seconds)
            crowded = _waits(parley, asked, seconds)
    finally:
        parley.stop()
    return {
        "analyses a second, alone": round(alone),
        f"comments a second, {MOST_CHECKS} in each question, one question after the other": round(
            MOST_CHECKS * together
        ),
        "analyses a second, beside a worker and as many submissions as come": round(beside),
        f"p99 at {PACE} a second, beside a worker with a backlog, ms": _p99(steady),
        "comments that the worker still had at the end of that": left,
        f"p99 of Coral's phase at {PACE} a second, beside a worker, ms": _p99(phased),
        "comments that the worker still had at the end of that too": left_then,
        f"p99 at {PACE} a second, beside a worker and submissions, ms": _p99(crowded),
        "memory of the web server before the first call (PSS), MB": round(before, 1),
        "memory that the calls add (PSS), MB": round(added, 1),
    }


def _memory_after(parley: Parley, requests: list[bytes]) -> float:
    load = Load("Parley", parley.port, requests, HTTPStatus.OK, 1, 30.0, max(_SETTLED_READS, 400))
    drive(load)
    return parley.web_memory().pss


def _rate(parley: Parley, requests: list[bytes], seconds: float) -> float:
    load = Load("Parley", parley.port, requests, HTTPStatus.OK, _CONNECTIONS, seconds)
    return drive(load).per_second


def _one_after_the_other(parley: Parley, requests: list[bytes], seconds: float) -> float:
    return drive(Load("Parley", parley.port, requests, HTTPStatus.OK, 1, seconds)).per_second


def _waits(parley: Parley, requests: list[bytes], seconds: float) -> list[float]:
    return apart("Parley", waits, Stream(parley.port, _many(requests, seconds)))


def _p99(milliseconds: list[float]) -> float:
    return round(statistics.quantiles(milliseconds, n=100, method="inclusive")[98], 1)


def _submit(parley: Parley, most: int) -> None:
    requests = parley.submissions("/backlog", texts(2_000))
    drive(Load("Parley", parley.port, requests, parley.accepted, _CONNECTIONS, 300.0, most))


def _work(parley: Parley) -> None:
    """Start the worker; with a backlog as old as this one nothing says that all is well."""
    before = parley.pending()
    parley.start_work()
    wait_for(lambda: parley.pending() < before, "deciding the first comments", _START_SECONDS)


def _many(requests: list[bytes], seconds: float) -> list[bytes]:
    number = round(PACE * seconds)
    return (requests * (number // len(requests) + 1))[:number]


@contextmanager
def _submitting(parley: Parley) -> Iterator[None]:
    """Comments are submitted all the while, by one connection that never waits."""
    over, requests = Event(), parley.submissions("/busy", texts(2_000))
    thread = Thread(target=_submit_until, args=(parley, requests, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _submit_until(parley: Parley, requests: list[bytes], over: Event) -> None:
    while not over.is_set():
        load = Load("Parley", parley.port, requests, parley.accepted, 1, _CHUNK_SECONDS)
        drive(load)


if __name__ == "__main__":  # not when the client's process imports this module again
    bench()
