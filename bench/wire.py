"""HTTP as bytes: requests built before the clock starts, answers read as cheaply as can be."""

import json
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

HOST = "127.0.0.1"
_END = b"\r\n\r\n"
_LENGTH = b"content-length:"
_CHUNKED = b"transfer-encoding: chunked"
_JSON = "application/json"
_PIECE = 262_144  # bytes read at once


@dataclass(frozen=True, slots=True)
class Answer:
    """`stays` says whether the connection may be used again."""

    status: int
    body: bytes
    stays: bool


def get(port: int, path: str, headers: Mapping[str, str] | None = None) -> bytes:
    """A GET request."""
    return _request("GET", port, path, headers or {}, b"")


def post_json(port: int, path: str, fields: Mapping[str, object]) -> bytes:
    """A POST of one JSON object, as a script on a page of the server itself sends it."""
    own = {"Origin": f"http://{HOST}:{port}"}
    return post(port, path, json.dumps(fields).encode(), own)


def post(port: int, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    """A POST with headers of its own; of JSON unless they say otherwise."""
    framing = {"Content-Length": str(len(body))}
    return _request("POST", port, path, {"Content-Type": _JSON, **headers, **framing}, body)


def _request(method: str, port: int, path: str, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}:{port}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + _END + body


class Connection:
    """One keep-alive connection, opened anew where the server closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket = _connected(port)
        self._received = bytearray()
        self._whole = 0  # bytes of the answer that is arriving, 0 while they are not known
        self._chunk = 0  # where its next chunk begins, 0 while its head is incomplete

    def fileno(self) -> int:
        """For a selector."""
        return self._socket.fileno()

    def send(self, request: bytes) -> None:
        """Send one request; its answer must be received before the next."""
        self._received.clear()
        self._whole = 0
        self._chunk = 0
        self._socket.sendall(request)

    def receive(self) -> Answer | None:
        """Read what has arrived; the answer once it is complete. Raises ConnectionError."""
        piece = self._socket.recv(_PIECE)
        if not piece:
            sentence = "the connection was closed in the middle of an answer"
            raise ConnectionError(sentence)
        self._received += piece
        if not self._whole:
            self._find_length()
        if not self._whole or len(self._received) < self._whole:
            return None
        return _answer(bytes(self._received))

    def exchange(self, request: bytes) -> Answer:
        """Send, wait for the answer."""
        self.send(request)
        while (answer := self.receive()) is None:
            pass
        if not answer.stays:
            self.reopen()
        return answer

    def reopen(self) -> None:
        """A new connection in place of this one."""
        self._socket.close()
        self._socket = _connected(self._port)

    def close(self) -> None:
        """Close it."""
        self._socket.close()

    def _find_length(self) -> None:
        """Of head and body, as soon as what arrived tells it."""
        if not self._chunk:
            end = self._received.find(_END)
            if end < 0:
                return
            head = bytes(self._received[:end]).lower() + b"\r\n"
            if _CHUNKED not in head:
                self._whole = end + len(_END) + _length(head)
                return
            self._chunk = end + len(_END)
        while (line := self._received.find(b"\r\n", self._chunk)) >= 0:
            size = int(self._received[self._chunk : line].split(b";")[0], 16)
            self._chunk = line + 2 + size + 2
            if not size:
                self._whole = self._chunk
                return


def ask(port: int, request: bytes) -> Answer:
    """One request on a connection of its own. Raises OSError."""
    connection = Connection(port)
    try:
        return connection.exchange(request)
    finally:
        connection.close()


def _connected(port: int) -> socket.socket:
    connection = socket.create_connection((HOST, port), timeout=30)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _length(head: bytes) -> int:
    start = head.find(_LENGTH)
    if start < 0:
        sentence = "the answer does not say how long it is"
        raise ConnectionError(sentence)
    return int(head[start + len(_LENGTH) : head.index(b"\r\n", start)])


def _answer(received: bytes) -> Answer:
    head, _, body = received.partition(_END)
    head = head.lower()
    whole = b"".join(_chunks(body)) if _CHUNKED in head else body
    return Answer(int(head.split(b" ", 2)[1]), whole, b"connection: close" not in head)


def _chunks(body: bytes) -> Iterator[bytes]:
    start = 0
    while size := int(body[start : (line := body.index(b"\r\n", start))].split(b";")[0], 16):
        yield body[line + 2 : line + 2 + size]
        start = line + 2 + size + 2
