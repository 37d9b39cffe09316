"""One signed POST: no redirect is followed, little of the answer is read, time is bounded.

By http.client and not a larger library: those resolve the name themselves, so that the address
that was checked need not be the one connected to, and none bounds the whole of a slow answer.
"""

import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlsplit

from moderation.notifications.allowed_targets import NotReachable
from moderation.notifications.deliveries import MAX_DELAY, DeliveryOutcome
from worker.notifications.checked_connection import (
    ConnectionPolicy,
    NotConnected,
    connect,
    deadline,
    encrypted,
)

SECONDS = 10.0  # for all of connecting, sending and the answer's head
_READ = 8_192  # bytes of the answer's rest, which nobody looks at
_READ_SECONDS = 0.5
# What an address may say of one delivery that it does not want, and not of all.
_DELIVERY_SPECIFIC = (400, 404, 409, 413, 415, 422)
_LATE = "it did not answer in time"


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent to a webhook, and where."""

    url: str
    body: bytes
    headers: Mapping[str, str]


def post(
    request: Request, policy: ConnectionPolicy, *, seconds: float = SECONDS
) -> DeliveryOutcome:
    """Send it, and say what came of it in words for the webhook's owner."""
    until = time.monotonic() + seconds
    try:
        return _outcome(*_exchange(request, policy, until))
    except (NotConnected, NotReachable) as refusal:
        return DeliveryOutcome(problem=str(refusal))
    except ssl.SSLCertVerificationError as error:
        return DeliveryOutcome(problem=f"its certificate was not accepted: {error.verify_message}")
    except (OSError, HTTPException) as error:
        late = isinstance(error, TimeoutError) or time.monotonic() >= until
        return DeliveryOutcome(problem=_LATE if late else "it did not answer as a web server does")


def _exchange(request: Request, policy: ConnectionPolicy, until: float) -> tuple[int, str]:
    """Status code and Retry-After."""
    url = request.url
    with closing(connect(url, policy, until)) as plain:
        secure = urlsplit(url).scheme == "https"
        line = encrypted(plain, url, policy) if secure else plain
        with closing(line), deadline(line, until):
            if isinstance(line, ssl.SSLSocket):
                line.do_handshake()
            answer = _ask(line, request)
            if time.monotonic() >= until:  # a head cut off by us looks like a short one
                raise TimeoutError
            _drain_response(line, answer)
            return answer.status, answer.getheader("Retry-After", "")


def _ask(line: socket.socket, request: Request) -> HTTPResponse:
    parts = urlsplit(request.url)
    connection = HTTPConnection(parts.hostname or "")
    connection.sock = line
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.putrequest("POST", path, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", parts.netloc)
    connection.putheader("Connection", "close")
    connection.putheader("Content-Length", str(len(request.body)))
    for name, value in request.headers.items():
        connection.putheader(name, value)
    connection.endheaders(request.body)
    return connection.getresponse()


def _drain_response(line: socket.socket, answer: HTTPResponse) -> None:
    """Take what is there of the rest, so that its sender is not cut off while it speaks."""
    line.settimeout(_READ_SECONDS)
    with suppress(OSError, HTTPException):
        answer.read1(_READ)


def _outcome(status: int, retry_after: str) -> DeliveryOutcome:
    if 200 <= status < 300:
        return DeliveryOutcome(status)
    if status == 410:
        return DeliveryOutcome(status, "it answered 410 Gone", gone=True)
    if 300 <= status < 400:
        problem = f"it answered {status}, a redirect, which is not followed: give the last address"
        return DeliveryOutcome(status, problem)
    return DeliveryOutcome(
        status,
        f"it answered {status}",
        delivery_specific=status in _DELIVERY_SPECIFIC,
        retry_after=_retry_after(retry_after),
    )


def _retry_after(header: str) -> timedelta:
    """Retry-After in seconds; for a date our own back-off counts."""
    if not header.isascii() or not header.isdigit() or len(header) > 9:
        return timedelta()
    return min(timedelta(seconds=int(header)), MAX_DELAY)
