"""The application as an ASGI server calls it: whole bodies in, a thread for each request."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from service.gateway.environ import environ_of
from service.gateway.large_bodies import body_limit, is_large
from service.gateway.request_body import ClientGone, Receive, read_body
from service.http.body import MAX_BODY

Scope = dict[str, Any]
Send = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Gateway:
    """Calls a WSGI application for each request, once the request is here as a whole.

    A client that sends slowly is waited for in the event loop, where it costs a socket and no
    thread. Threads are for what the application itself waits for.
    """

    def __init__(
        self, application: WSGIApplication, threads: int, knows_key: Callable[[str], bool]
    ) -> None:
        """Start no thread yet.

        Args:
            application: The WSGI application.
            threads: How many requests it may answer at once; the others wait.
            knows_key: Whether this is the key of a site, whose server may send larger bodies.
        """
        self._application = application
        self._knows_key = knows_key
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="request")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        loop = asyncio.get_running_loop()
        limit = MAX_BODY
        if is_large(scope):
            limit = await loop.run_in_executor(self._threads, body_limit, scope, self._knows_key)
        try:
            body = await read_body(scope["headers"], receive, limit=limit)
        except ClientGone:
            return
        answer = await loop.run_in_executor(self._threads, self._call, environ_of(scope, body))
        start = {"type": "http.response.start", "status": answer.status, "headers": answer.headers}
        await send(start)
        await send({"type": "http.response.body", "body": answer.body})

    def _call(self, environ: WSGIEnvironment) -> _Answer:
        start = _Start()
        chunks = self._application(environ, start)
        try:
            body = b"".join(chunks)
        finally:
            if callable(close := getattr(chunks, "close", None)):
                close()
        return _Answer(start.status, start.headers, body)


class _Start(StartResponse):
    """Keeps status and headers; a later call, after an error, replaces them (PEP 3333)."""

    status = 500
    headers: list[tuple[bytes, bytes]]

    def __call__(
        self, status: str, headers: list[tuple[str, str]], _exc_info: object = None, /
    ) -> Callable[[bytes], object]:
        self.status = int(status.split(" ", 1)[0])
        self.headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
        ]
        return _no_write


def _no_write(_: bytes) -> object:
    sentence = "answers are returned, not written"
    raise NotImplementedError(sentence)
