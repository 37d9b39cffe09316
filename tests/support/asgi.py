"""Ask an application as an ASGI server does."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from service.gateway.gateway import Gateway
from tests.support.event_loop import run_async


@dataclass(frozen=True)
class Asked:
    """A request."""

    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "GET"
    body: bytes = b""


@dataclass(frozen=True)
class Answered:
    """What came back; names of headers in lower case, without the second in which it was made."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


def ask(gateway: Gateway, target: str, method: str = "GET", **headers: str) -> Answered:
    """Ask once; `If_None_Match` stands for If-None-Match."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return ask_at_once(gateway, Asked(target, named, method))[0]


def ask_at_once(gateway: Gateway, *requests: Asked) -> list[Answered]:
    """Ask all of them before any is answered."""

    async def ask_all() -> list[Answered]:
        return list(await asyncio.gather(*(_ask(gateway, request) for request in requests)))

    return run_async(ask_all())


async def _ask(gateway: Gateway, request: Asked) -> Answered:
    sent: list[dict[str, Any]] = []

    async def send(event: dict[str, Any]) -> None:
        sent.append(event)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": request.body, "more_body": False}

    await gateway(_scope(request), receive, send)
    start, body = sent
    pairs = [(name.decode(), value.decode()) for name, value in start["headers"] if name != b"date"]
    return Answered(start["status"], pairs, body["body"])


def _scope(request: Asked) -> dict[str, Any]:
    path, _, query = request.target.partition("?")
    own = [(name.lower().encode(), value.encode()) for name, value in request.headers.items()]
    return {
        "headers": [(b"host", b"127.0.0.1"), *own],
        "method": request.method,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "server": ("127.0.0.1", "8000"),
        "client": ("192.0.2.1", "50000"),
        "scheme": "http",
        "http_version": "1.1",
    }
