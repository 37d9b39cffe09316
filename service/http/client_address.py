"""Whose request it is: a forwarded address counts only from the operator's own proxies."""

import ipaddress
from collections.abc import Sequence

from flask import Request

from moderation.networks import Network


def client_address(request: Request, trusted: Sequence[Network]) -> str:
    """The nearest hop that is not a trusted proxy, from the right of X-Forwarded-For."""
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
