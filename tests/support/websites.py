"""Websites of other origins, with Parley's script on their pages."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.support.program import Program


class _OnePage(BaseHTTPRequestHandler):
    """Answers every path with what the page is now; `policy` is its Content-Security-Policy."""

    def __init__(self, *arguments: Any, html: Callable[[], str], policy: str | None) -> None:
        self.html, self.policy = html, policy
        super().__init__(*arguments)

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if self.policy is not None:
            self.send_header("Content-Security-Policy", self.policy)
        self.end_headers()
        self.wfile.write(self.html().encode())

    def log_message(self, *_arguments: object) -> None:
        """Not on the tests' output."""


@contextmanager
def website(html: str | Callable[[], str], policy: str | None = None) -> Iterator[str]:
    """A website's origin; all its paths have one page."""
    page = html if callable(html) else lambda: html
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_OnePage, html=page, policy=policy))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def page_with(program: Program, attributes: str, body: str = '<div id="parley"></div>') -> str:
    script = f'<script src="{program.url}/embed.js" {attributes} async></script>'
    return f"<!doctype html><html lang=en><title>Elsewhere</title>{script}{body}</html>"
