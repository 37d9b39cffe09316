"""A connection to an operator's address: named once, checked, and then to that address only."""

import queue
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from socket import getaddrinfo
from urllib.parse import urlsplit

from moderation.networks import Network, name_to_resolve
from moderation.notifications.allowed_targets import check_address

_NAME_SECONDS = 5.0


class NotConnected(ConnectionError):
    """There is no connection; the sentence says why, for the webhook's owner."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where connections may lead beside public addresses, and whose certificates count."""

    allowed: Sequence[Network] = ()
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)


def connect(url: str, way: Way, until: float) -> socket.socket:
    """A connection for the address, encrypted where it says https; `until` by time.monotonic.

    Raises NotConnected, and NotReachable before a byte is sent to where it must not lead.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    addresses = _addresses(name_to_resolve(host), port)
    for address in addresses:
        check_address(address, way.allowed)  # each: a name that leads to both is not trusted
    return _first(addresses, port, until)


def encrypted(plain: socket.socket, url: str, way: Way) -> ssl.SSLSocket:
    """The same connection over TLS, not yet shaken hands; the certificate is the name's."""
    host = urlsplit(url).hostname
    return way.trust.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)


def _addresses(host: str, port: int) -> list[str]:
    """Where the name leads now, asked once. In a thread: the system's own patience is longer."""
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(each[4][0]) for each in found)))
        except (OSError, UnicodeError):
            answers.put(OSError())

    threading.Thread(target=ask, name="name", daemon=True).start()
    try:
        found = answers.get(timeout=_NAME_SECONDS)
    except queue.Empty:
        found = OSError()
    if isinstance(found, OSError):
        sentence = "its name was not found"
        raise NotConnected(sentence)
    return found


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
