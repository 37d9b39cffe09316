"""A connection to a webhook's address that cannot be led elsewhere by a name server.

The name is resolved once, each address is checked, and the connection is to one of these.
"""

import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from socket import getaddrinfo
from urllib.parse import urlsplit

from moderation.networks import Network, name_to_resolve
from moderation.notifications.allowed_targets import check_address

_NAME_SECONDS = 5.0


class NotConnected(ConnectionError):
    """There is no connection; the message says why, for the webhook's owner."""


@dataclass(frozen=True, slots=True)
class ConnectionPolicy:
    """Where connections may lead, and whose certificates count.

    Attributes:
        allowed: Networks that need not be public.
        trust: The certificate authorities.
    """

    allowed: Sequence[Network] = ()
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)


def connect(url: str, policy: ConnectionPolicy, until: float) -> socket.socket:
    """Connect, not yet encrypted.

    Args:
        url: Where to.
        policy: Which addresses are allowed.
        until: When to give up, by time.monotonic.

    Raises:
        NotReachable: One of its addresses is not allowed; no byte was sent.
        NotConnected: It has no address, or none that answers in time.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    addresses = _addresses(name_to_resolve(host), port)
    for address in addresses:
        check_address(address, policy.allowed)  # each: a name that leads to both is not trusted
    return _first(addresses, port, until)


def encrypted(plain: socket.socket, url: str, policy: ConnectionPolicy) -> ssl.SSLSocket:
    """The same connection over TLS, before the handshake, which checks the host's certificate."""
    host = urlsplit(url).hostname
    return policy.trust.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)


@contextmanager
def deadline(line: socket.socket, until: float) -> Iterator[None]:
    """Shut the connection when time is up: a timeout alone starts anew with each byte."""
    left = max(until - time.monotonic(), 0.01)
    line.settimeout(left)
    timer = threading.Timer(left, _shut, [line])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _shut(line: socket.socket) -> None:
    with suppress(OSError):  # closed already
        # Not SSLSocket's own, which would take the encryption off under the reading thread.
        socket.socket.shutdown(line, socket.SHUT_RDWR)


def _addresses(host: str, port: int) -> list[str]:
    """Resolve the name, in a thread: the system itself would wait longer."""
    answers: queue.SimpleQueue[list[str]] = queue.SimpleQueue()

    def resolve() -> None:
        try:
            infos = getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(info[4][0]) for info in infos)))
        except (OSError, UnicodeError):
            answers.put([])

    threading.Thread(target=resolve, name="resolver", daemon=True).start()
    addresses: list[str] = []
    with suppress(queue.Empty):
        addresses = answers.get(timeout=_NAME_SECONDS)
    if not addresses:
        sentence = "its name was not found"
        raise NotConnected(sentence)
    return addresses


def _first(addresses: Sequence[str], port: int, until: float) -> socket.socket:
    problem = "it did not answer in time"
    for address in addresses:
        left = until - time.monotonic()
        if left <= 0:
            break
        try:
            return socket.create_connection((address, port), timeout=left)
        except TimeoutError:
            problem = "it did not answer in time"
        except OSError as error:
            problem = f"it could not be connected to: {error.strerror or 'no way there'}"
    raise NotConnected(problem)
