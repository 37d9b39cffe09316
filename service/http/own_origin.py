"""Which origins are those of this server's own pages."""

from urllib.parse import urlsplit

from moderation.networks import is_this_machine
from moderation.pages.origins import origin_of


def is_own_origin(origin: str, public_url: str) -> bool:
    """Whether pages of this server have the origin; the Host header has no say, anybody sends it.

    Where the public address is this machine, each of its names will do: localhost and 127.0.0.1.
    """
    if origin == origin_of(public_url):
        return True
    same_port = urlsplit(public_url).port == _port_of(origin)
    return same_port and is_local_http(public_url) and is_local_http(origin)


def is_local_http(url: str) -> bool:
    """Whether the URL is plain HTTP on this machine, where no cookie must be Secure."""
    try:
        address = urlsplit(url)
    except ValueError:
        return False
    return address.scheme == "http" and is_this_machine(address.hostname or "")


def _port_of(origin: str) -> int | None:
    try:
        return urlsplit(origin).port
    except ValueError:
        return -1
