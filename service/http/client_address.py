"""The address of a client: a forwarded one counts only from the operator's own proxies."""

import ipaddress
from collections.abc import Sequence

from flask import Request

from moderation.networks import Network


def client_address(request: Request, trusted: Sequence[Network]) -> str:
    """The last hop of X-Forwarded-For that is not a trusted proxy, else the peer.

    Args:
        request: The request.
        trusted: Addresses of the operator's own proxies.
    """
    hops = request.headers.get("X-Forwarded-For", "").split(",") if trusted else []
    address = request.remote_addr or ""
    for hop in reversed(hops):
        if not _within(address, trusted) or not hop.strip():
            break
        address = hop.strip()
    return address


def _within(address: str, networks: Sequence[Network]) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in networks)
