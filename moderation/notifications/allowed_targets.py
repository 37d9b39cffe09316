"""Which IP addresses a webhook may connect to: public ones, and those that a setting allows."""

import ipaddress
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from moderation.networks import Address, Network, name_to_resolve, unmapped

_LOOPBACK = "127.0.0.1"
# Of IPv6 only what is given out to networks, without what carries an IPv4 address inside (2002::,
# 2001:0::) or is for protocols and examples.
_GIVEN_OUT = ipaddress.ip_network("2000::/3")
_NOT_HOSTS = tuple(map(ipaddress.ip_network, ("2001::/23", "2001:db8::/32", "2002::/16")))


class NotReachable(PermissionError):
    """This Parley must not connect to the address; the message says which it is."""


def check_address(address: str, allowed: Sequence[Network]) -> None:
    """Check an IP address before a connection to it.

    Args:
        address: IPv4 or IPv6, with or without a zone.
        allowed: Networks that need not be public.

    Raises:
        NotReachable: It is not public, and in none of the allowed networks.
    """
    ip = unmapped(ipaddress.ip_address(address.partition("%")[0]))
    if any(ip in network for network in allowed) or _is_public(ip):
        return
    sentence = f"it leads to {ip}, which is not public: PARLEY_WEBHOOK_PRIVATE can allow it"
    raise NotReachable(sentence)


def check_literal(url: str, allowed: Sequence[Network]) -> None:
    """Check a URL whose host is an IP address or this machine, when an admin enters it.

    Another host passes: where its name leads is checked at each connection.

    Args:
        url: As `webhook_url` gives it.
        allowed: Networks that need not be public.

    Raises:
        NotReachable: It leads to an address that is not public and not allowed.
    """
    host = urlsplit(url).hostname or ""
    with suppress(ValueError):
        check_address(_LOOPBACK if name_to_resolve(host) == "localhost" else host, allowed)


def _is_public(ip: Address) -> bool:
    if ip.is_multicast or ip.is_reserved or not ip.is_global:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return True
    return ip in _GIVEN_OUT and not any(ip in network for network in _NOT_HOSTS)
