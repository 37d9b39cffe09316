"""The address of a client: a forwarded one counts only from the operator's own proxies."""

import ipaddress
from collections.abc import Sequence

from flask import Request

from moderation.networks import Address, Network, forwarded_address, is_within, unmapped
from moderation.proxies import is_private
from service.problems.errors import UnreadableAddress

FORWARDED_FOR = "X-Forwarded-For"
# By any of these a proxy says that it sends what somebody else asked; as WSGI spells them, since to
# look for a header by its own name takes ten times as long, and each request is looked at.
_FORWARDING = frozenset(("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"))


def client_address(request: Request, trusted: Sequence[Network]) -> str:
    """The last hop of X-Forwarded-For that is not a trusted proxy, else the peer.

    Args:
        request: The request.
        trusted: Addresses of the operator's own proxies.

    Raises:
        UnreadableAddress: A trusted proxy forwarded something that is no address. Whatever we took
            in its place would be the sender's choice, or one address for all readers.
    """
    hops, peer = _hops(request), request.remote_addr or ""
    if not hops and ":" not in peer:
        return peer  # an IPv4 address has one spelling, which need not be read
    address = peer_address(request)
    if address is None:
        return peer  # a Unix socket's peer has no address
    for hop in hops:
        if not is_within(address, trusted):
            break
        address = _parsed(hop)
    return str(address)


def is_forwarded(request: Request) -> bool:
    """Whether the peer says that somebody else asked."""
    return not request.environ.keys().isdisjoint(_FORWARDING)


def unknown_proxy(request: Request, trusted: Sequence[Network]) -> Address | None:
    """The peer, where it says that it forwards and is no proxy of the operator's; else None."""
    if not is_forwarded(request):
        return None
    peer = peer_address(request)
    return None if peer is None or is_within(peer, trusted) else peer


def hides_readers(request: Request, trusted: Sequence[Network]) -> bool:
    """Whether the address that we have is that of a proxy, and so of all readers behind it.

    So it is with a trusted proxy that forwards no address. A public peer that is not trusted may be
    a reader who wants to be taken for a proxy: that hides nobody.
    """
    if not trusted and not is_forwarded(request):
        return False
    peer = peer_address(request)
    if peer is not None and is_within(peer, trusted):
        return FORWARDED_FOR not in request.headers
    proxy = unknown_proxy(request, trusted)
    return proxy is not None and is_private(proxy)


def peer_address(request: Request) -> Address | None:
    """The other end of the connection; None where it has no address."""
    try:
        return unmapped(ipaddress.ip_address(request.remote_addr or ""))
    except ValueError:
        return None


def _hops(request: Request) -> list[str]:
    """From the nearest to the farthest."""
    if FORWARDED_FOR not in request.headers:
        return []
    return request.headers[FORWARDED_FOR].split(",")[::-1]


def _parsed(hop: str) -> Address:
    try:
        return forwarded_address(hop)
    except ValueError as error:
        sentence = (
            f"{FORWARDED_FOR} must be a list of IP addresses, and what the proxy sent is none:"
            " the proxy must add the address of its client"
        )
        raise UnreadableAddress(sentence) from error
