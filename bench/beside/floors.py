"""The floors: how often a second the bare parts do what Parley does around its work."""

import os
import sys
import time
from collections.abc import Sequence
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path

from bench.beside.floor_app import DATABASE, connect, insert
from bench.load import Load, apart, drive
from bench.programs import Program, free_port, started
from bench.texts import NAMES, texts
from bench.wire import HOST, ask, get, post_json

_THREADS = "8"
_PAGE = "/articles/bridge"


class Floor(StrEnum):
    """One part alone, under the server that Parley uses."""

    WSGI = "a bare WSGI answer"
    FLASK = "a bare Flask answer"
    FLASK_INSERT = "Flask with a durable insert"
    INSERT = "a durable insert alone"


class Floors:
    """The running floors. `folder` gets their database and what they say."""

    def __init__(self, folder: Path) -> None:
        self._database = folder / "floor.db"
        for file in folder.glob("floor.db*"):
            file.unlink()
        connect(str(self._database)).close()
        self._folder = folder
        self._programs: list[Program] = []
        self._bare = self._serve("bare")
        self._flask = self._serve("flask_floor", "--factory")
        self._submissions = [
            post_json(
                self._flask, "/", {"page": _PAGE, "name": NAMES[k % len(NAMES)], "text": text}
            )
            for k, text in enumerate(texts(4_000))
        ]

    def rate(self, floor: Floor, seconds: float, connections: int) -> float:
        """Answers, or inserts, a second."""
        if floor is Floor.INSERT:
            return apart(floor, _inserts, (str(self._database), seconds))
        port, requests, status = self._requests(floor)
        return drive(Load(floor, port, requests, status, connections, seconds)).per_second

    def stop(self) -> None:
        """End them."""
        for program in self._programs:
            program.stop()

    def _requests(self, floor: Floor) -> tuple[int, Sequence[bytes], int]:
        if floor is Floor.FLASK_INSERT:
            return self._flask, self._submissions, HTTPStatus.ACCEPTED
        port = self._bare if floor is Floor.WSGI else self._flask
        return port, [get(port, "/")], HTTPStatus.OK

    def _serve(self, name: str, *options: str) -> int:
        port = free_port()
        command = (
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--http", "1"),
            *("--host", HOST, "--port", str(port), "--blocking-threads", _THREADS),
            *("--no-log", *options, f"bench.beside.floor_app:{name}"),
        )
        log, environment = self._folder / f"{name}.log", dict(os.environ)
        program = Program(command, log, environment | {DATABASE: str(self._database)})
        self._programs.append(program)
        started(program, lambda: _answers(port), name)
        return port


def _answers(port: int) -> bool:
    try:
        return ask(port, get(port, "/")).status == HTTPStatus.OK
    except OSError:
        return False


def _inserts(given: tuple[str, float]) -> float:
    """Inserts a second by one process over one connection."""
    database, seconds = given
    connection = connect(database)
    written, number, began = texts(1_000), 0, time.monotonic()
    while (passed := time.monotonic() - began) < seconds:
        insert(connection, _PAGE, NAMES[number % len(NAMES)], written[number % len(written)])
        number += 1
    connection.close()
    return number / passed
