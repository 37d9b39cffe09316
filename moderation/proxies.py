"""Proxies that forward requests and that PARLEY_TRUSTED_PROXIES does not name."""

import ipaddress
from collections.abc import Iterable

from moderation.networks import Address, Network, is_within

PUBLIC = "public"  # in place of every public address: it may be a reader's own
# RFC 1918, RFC 6598 (between a provider and its customers), RFC 4193.
_PRIVATE = tuple(
    ipaddress.ip_network(network)
    for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
)


def place_of(proxy: Address) -> str:
    """What is kept of where a proxy is: its address if that is private."""
    return str(proxy) if is_private(proxy) else PUBLIC


def is_private(address: Address) -> bool:
    """Whether a peer is on this machine or its own networks, where proxies are and readers not."""
    return address.is_loopback or address.is_link_local or is_within(address, _PRIVATE)


def proxy_warning(places: Iterable[str], trusted: Iterable[Network]) -> str | None:
    """Say what an operator must set; None where all these proxies are trusted by now.

    Args:
        places: Of proxies that forwarded requests lately, by `place_of`.
        trusted: PARLEY_TRUSTED_PROXIES.
    """
    networks = tuple(trusted)
    unnamed = [place for place in places if not _is_trusted(place, networks)]
    if not unnamed:
        return None
    if unnamed == [PUBLIC]:
        return (
            "requests from public addresses say that they were forwarded: if they come by a proxy"
            " of yours, name its networks in PARLEY_TRUSTED_PROXIES"
        )
    addresses = ", ".join(place for place in unnamed if place != PUBLIC)
    return (
        f"requests are forwarded by {addresses}, which PARLEY_TRUSTED_PROXIES does not name: all"
        " readers have one address, so they share one limit and none of them can be banned"
    )


def _is_trusted(place: str, networks: Iterable[Network]) -> bool:
    return place != PUBLIC and is_within(ipaddress.ip_address(place), networks)
