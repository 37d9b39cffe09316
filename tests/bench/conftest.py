"""A server that counts: answers what its path asks for."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class _Counting(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """`/204` answers 204; `/200/close` ends the connection after it; or in chunks."""
        if self.path.endswith("/chunks"):
            self._answer_in_chunks()
            return
        body = b"" if self.path.startswith("/204") else self.path.encode() * 20_000
        self.send_response(int(self.path[1:4]))
        self.send_header("Content-Length", str(len(body)))
        if self.path.endswith("/close"):
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def _answer_in_chunks(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for size in (1, 70_000, 17):
            self.wfile.write(b"%x\r\n%s\r\n" % (size, b"\n" * size))
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Counting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()
