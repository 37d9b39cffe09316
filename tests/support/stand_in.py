"""Another system's HTTP API: it notes what is asked and answers what the test says."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: Mapping[str, str]
    body: Any


@dataclass
class StandIn:
    """Answers are by path without its query; any other path is answered with an empty object."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    answers: dict[str, object] = field(default_factory=dict)


@contextmanager
def standing_in() -> Iterator[StandIn]:
    """The API on a free port of 127.0.0.1."""
    api = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            content = json.loads(body) if body else None
            api.asked.append(Asked(self.command, self.path, dict(self.headers), content))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(api.answers.get(self.path.partition("?")[0], {})).encode())

        do_GET = do_POST = do_PUT = answer  # noqa: N815 names of the library

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    api.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=[0.02])
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
