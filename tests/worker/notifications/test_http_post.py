"""One POST to whatever an operator's address turns out to be."""

import socket
import ssl
import time
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from moderation.notifications.deliveries import DeliveryOutcome
from tests.support.certificate import certificate
from tests.support.webhook_receiver import Receiver, receiving
from tests.support.webhooks import LOCAL
from worker.notifications import checked_connection as connect
from worker.notifications.checked_connection import ConnectionPolicy
from worker.notifications.http_post import Request, post

LATE = "it did not answer in time"


def request_to(url: str) -> Request:
    return Request(url, b"{}", {})


def test_what_is_sent_arrives(receiver: Receiver) -> None:
    outcome = post(Request(receiver.url, "é".encode(), {"webhook-id": "msg_1"}), LOCAL)

    assert outcome == DeliveryOutcome(204)
    [received] = receiver.received
    assert (received.path, received.body) == ("/hook?a=b", "é".encode())
    assert received.headers["Host"] == receiver.url.split("/")[2]
    assert received.headers["webhook-id"] == "msg_1"


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, DeliveryOutcome(200)),
        (299, DeliveryOutcome(299)),
        (404, DeliveryOutcome(404, "it answered 404", delivery_specific=True)),
        (401, DeliveryOutcome(401, "it answered 401")),
        (410, DeliveryOutcome(410, "it answered 410 Gone", gone=True)),
        (500, DeliveryOutcome(500, "it answered 500")),
    ],
)
def test_an_answer_is_an_outcome(receiver: Receiver, status: int, outcome: DeliveryOutcome) -> None:
    receiver.answers.append(status)

    assert post(request_to(receiver.url), LOCAL) == outcome


def answering(raw: bytes) -> Any:
    """An answer byte for byte; what the client hangs up on is not our matter."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        with suppress(OSError):
            handler.wfile.write(raw)

    return answer


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    where = receiver.url.encode()
    receiver.answers.append(answering(b"HTTP/1.1 307 X\r\nLocation: " + where + b"\r\n\r\n"))

    outcome = post(request_to(receiver.url), LOCAL)

    assert outcome.status == 307
    assert "which is not followed" in (outcome.problem or "")
    assert len(receiver.received) == 1


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [(b"120", 120), (b"9999999", 14400), (b"-1", 0), (b"Sat, 31 Jan", 0)],
)
def test_a_wish_to_wait_is_heard_within_bounds(
    receiver: Receiver, retry_after: bytes, seconds: int
) -> None:
    receiver.answers.append(
        answering(b"HTTP/1.1 503 X\r\nRetry-After: " + retry_after + b"\r\n\r\n")
    )

    outcome = post(request_to(receiver.url), LOCAL)

    assert outcome == DeliveryOutcome(
        503, "it answered 503", retry_after=timedelta(seconds=seconds)
    )


def test_of_a_huge_answer_little_is_read(receiver: Receiver) -> None:
    receiver.answers.append(answering(b"HTTP/1.1 200 X\r\n\r\n" + b"a" * 50_000_000))

    assert post(request_to(receiver.url), LOCAL) == DeliveryOutcome(200)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"SSH-2.0-x\r\n",
        b"HTTP/1.1 200 " + b"a" * 70_000,
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 X\r\n" + b"a: b\r\n" * 200 + b"\r\n",
    ],
)
def test_what_is_no_web_server_is_said_to_be_none(receiver: Receiver, raw: bytes) -> None:
    receiver.answers.append(answering(raw))

    outcome = post(request_to(receiver.url), LOCAL)

    assert outcome == DeliveryOutcome(problem="it did not answer as a web server does")


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """A byte every 20 ms for ever: no single wait is long."""
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        while True:
            handler.wfile.write(b"x")
            time.sleep(0.02)
    except OSError:
        handler.close_connection = True


@pytest.mark.timeout(60)
def test_a_slow_answer_ends_when_time_is_up(receiver: Receiver) -> None:
    receiver.answers.append(dripping)

    outcome = post(request_to(receiver.url), LOCAL, seconds=0.3)

    assert outcome == DeliveryOutcome(problem=LATE)


def test_one_that_never_speaks_ends_when_time_is_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"

        for scheme in ("http", "https"):
            address = url.replace("http:", f"{scheme}:")
            assert post(request_to(address), LOCAL, seconds=0.2) == DeliveryOutcome(problem=LATE)


def test_a_closed_port_is_told_of() -> None:
    outcome = post(request_to("http://127.0.0.1:1/"), LOCAL)

    assert outcome.problem == "it could not be connected to: Connection refused"


def test_a_name_below_localhost_leads_to_this_machine(receiver: Receiver) -> None:
    url = receiver.url.replace("127.0.0.1", "hooks.parley.localhost")

    assert post(request_to(url), LOCAL) == DeliveryOutcome(204)
    assert post(request_to(url), ConnectionPolicy()).problem == (
        "it leads to 127.0.0.1, which is not public: PARLEY_WEBHOOK_PRIVATE can allow it"
    )


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "[::ffff:127.0.0.1]"]
)
def test_no_spelling_of_a_private_address_is_connected_to(receiver: Receiver, host: str) -> None:
    url = receiver.url.replace("127.0.0.1", host)

    outcome = post(request_to(url), ConnectionPolicy())

    assert "is not public" in (outcome.problem or "")
    assert receiver.received == []


def test_a_name_is_asked_once_and_the_address_checked_is_the_one_connected_to(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that answers otherwise the second time changes nothing."""
    asked: list[str] = []
    port = receiver.url.split("/")[2].split(":")[1]

    def resolver(host: str, port: int, **_: object) -> list[Any]:
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "127.0.0.2"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(connect, "getaddrinfo", resolver)

    assert post(request_to(f"http://rebound.example:{port}/hook"), LOCAL) == DeliveryOutcome(204)
    assert asked == ["rebound.example"]
    assert receiver.received[0].headers["Host"] == f"rebound.example:{port}"


def test_a_name_of_a_public_and_a_private_address_is_refused(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolver(host: str, port: int, **_: object) -> list[Any]:
        return [(2, 1, 6, "", (address, port)) for address in ("1.1.1.1", "10.0.0.1")]

    monkeypatch.setattr(connect, "getaddrinfo", resolver)

    outcome = post(request_to("https://both.example/"), LOCAL)

    assert outcome.problem == (
        "it leads to 10.0.0.1, which is not public: PARLEY_WEBHOOK_PRIVATE can allow it"
    )


def test_a_name_that_is_none_is_told_of() -> None:
    assert post(request_to("https://no-such.invalid/"), LOCAL).problem == "its name was not found"


@pytest.mark.parametrize(
    ("host", "days", "trusted", "problem"),
    [
        ("hook.example", 1, True, None),
        ("other.example", 1, True, "not valid for 'other.example'"),
        ("hook.example", -1, True, "certificate has expired"),
        ("hook.example", 1, False, "self-signed certificate"),
    ],
)
def test_the_certificate_must_be_the_names(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    host: str,
    days: int,
    trusted: bool,
    problem: str | None,
) -> None:
    path = certificate(tmp_path, "hook.example", days=days)
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(path)
    trust = ssl.create_default_context(cafile=str(path) if trusted else None)
    local = [(2, 1, 6, "", (str(ip_address("127.0.0.1")), 0))]
    monkeypatch.setattr(connect, "getaddrinfo", lambda *_, **__: local)

    with receiving(server) as receiver:
        url = receiver.url.replace("127.0.0.1", host)
        outcome = post(request_to(url), ConnectionPolicy(LOCAL.allowed, trust))

    assert (outcome.status == 204) is (problem is None)
    assert (problem or "") in (outcome.problem or "")
    assert len(receiver.received) == (1 if problem is None else 0)
