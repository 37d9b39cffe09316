"""Clients that open a connection and say nothing more stop nobody."""

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from tests.support.program import Program, running

SOCKETS = 300  # more than the web server has threads
HEAD = "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {}\r\nContent-Length: 900\r\n\r\na"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with running(tmp_path_factory.mktemp("var")) as program:
        yield program


def begin(program: Program, path: str, kind: str, stack: ExitStack) -> socket.socket:
    address = urlsplit(program.url)
    connection = socket.create_connection((address.hostname, address.port), timeout=60)
    connection.sendall(HEAD.format(path, kind).encode())
    return stack.enter_context(connection)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/v1/comments", "application/json"),
        ("/v1/comments/WoyixB63yosAog5x/reports", "application/x-www-form-urlencoded"),
        ("/moderate/sign-in", "application/x-www-form-urlencoded"),
        ("/v1/moderation/comments/WoyixB63yosAog5x/notes", "application/json"),
        ("/healthz", "application/json"),
    ],
)
def test_bodies_that_never_come_keep_nobody_waiting(program: Program, path: str, kind: str) -> None:
    with ExitStack() as stack:
        silent = [begin(program, path, kind, stack) for _ in range(SOCKETS)]

        assert program.get("/v1/comments?site=demo&page=/a").status == 200
        assert program.get("/moderate/sign-in").status == 200
        silent[0].setblocking(False)
        with pytest.raises(BlockingIOError):
            silent[0].recv(1)  # none of them was turned away meanwhile


@pytest.mark.slow
def test_body_that_never_comes_is_answered_408_and_the_connection_closed(program: Program) -> None:
    with ExitStack() as stack:
        silent = begin(program, "/v1/comments", "application/json", stack)

        answer = b"".join(iter(lambda: silent.recv(65_536), b""))

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"urn:parley:body-too-slow" in answer


def test_counts_of_100_long_pages_fit_into_an_address(program: Program) -> None:
    pages = "".join(f"&page=/{'%E6%97%A5' * 60}-{number}" for number in range(100))

    answer = program.get(f"/v1/counts?site=demo{pages}", Origin="https://any.example")

    assert answer.status == 200
    assert len(json.loads(answer.text)["counts"]) == 100
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
