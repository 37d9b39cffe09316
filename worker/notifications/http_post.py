"""One signed POST: no redirect is followed, little of the answer is read, time is bounded.

By http.client and not a larger library: those resolve the name themselves, so that the address
that was checked need not be the one connected to, and none bounds the whole of a slow answer.
"""

import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlsplit

from moderation.notifications.allowed_targets import NotReachable
from moderation.notifications.deliveries import Outcome
from worker.notifications.checked_connection import NotConnected, Way, connect, encrypted

SECONDS = 10.0  # for all of connecting, sending and the answer's head
_READ = 8_192  # bytes of the answer's rest, which nobody looks at
_READ_SECONDS = 0.5
_ALONE = (400, 404, 409, 413, 415, 422)  # what may be said of one delivery, not of all
_LONGEST_WISH = timedelta(hours=4)
_LATE = "it did not answer in time"


def post(
    url: str, body: bytes, headers: Mapping[str, str], way: Way, *, seconds: float = SECONDS
) -> Outcome:
    """What came of it, in words for the webhook's owner."""
    until = time.monotonic() + seconds
    try:
        return _outcome(*_exchange(url, body, headers, way, until))
    except (NotConnected, NotReachable) as refusal:
        return Outcome(problem=str(refusal))
    except ssl.SSLCertVerificationError as error:
        return Outcome(problem=f"its certificate was not accepted: {error.verify_message}")
    except (OSError, HTTPException) as error:
        late = isinstance(error, TimeoutError) or time.monotonic() >= until
        return Outcome(problem=_LATE if late else "it did not answer as a web server does")


def _exchange(
    url: str, body: bytes, headers: Mapping[str, str], way: Way, until: float
) -> tuple[int, str]:
    """Status code and Retry-After."""
    with closing(connect(url, way, until)) as plain:
        secure = urlsplit(url).scheme == "https"
        with closing(encrypted(plain, url, way) if secure else plain) as line, _ending(line, until):
            if isinstance(line, ssl.SSLSocket):
                line.do_handshake()
            answer = _ask(line, url, body, headers)
            if time.monotonic() >= until:  # a head cut off by us looks like a short one
                raise TimeoutError
            _glance(line, answer)
            return answer.status, answer.getheader("Retry-After", "")


def _ask(line: socket.socket, url: str, body: bytes, headers: Mapping[str, str]) -> HTTPResponse:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "")
    connection.sock = line
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.putrequest("POST", path, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", parts.netloc)
    connection.putheader("Connection", "close")
    connection.putheader("Content-Length", str(len(body)))
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders(body)
    return connection.getresponse()


def _glance(line: socket.socket, answer: HTTPResponse) -> None:
    """Take what is there of the rest, so that its sender is not cut off while it speaks."""
    line.settimeout(_READ_SECONDS)
    with suppress(OSError, HTTPException):
        answer.read1(_READ)


@contextmanager
def _ending(line: socket.socket, until: float) -> Iterator[None]:
    """Ends the connection when time is up: a timeout alone starts anew with each byte."""
    left = max(until - time.monotonic(), 0.01)
    line.settimeout(left)
    timer = threading.Timer(left, _end, [line])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end(line: socket.socket) -> None:
    with suppress(OSError):  # closed already
        # Not SSLSocket's own, which would take the encryption off under the reading thread.
        socket.socket.shutdown(line, socket.SHUT_RDWR)


def _outcome(status: int, retry_after: str) -> Outcome:
    if 200 <= status < 300:
        return Outcome(status)
    if status == 410:
        return Outcome(status, "it answered 410 Gone", gone=True)
    if 300 <= status < 400:
        problem = f"it answered {status}, a redirect, which is not followed: give the last address"
        return Outcome(status, problem)
    wish = _wish(retry_after)
    return Outcome(status, f"it answered {status}", alone=status in _ALONE, retry_after=wish)


def _wish(retry_after: str) -> timedelta:
    """Retry-After in seconds; a date is left to our own rest."""
    if not retry_after.isascii() or not retry_after.isdigit() or len(retry_after) > 9:
        return timedelta()
    return min(timedelta(seconds=int(retry_after)), _LONGEST_WISH)
