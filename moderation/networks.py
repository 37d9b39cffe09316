"""IP addresses and networks, and which hosts are this machine."""

import ipaddress
import re
from collections.abc import Iterable

from moderation.keys import keyed_hash

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_MAPPED_BITS = 96  # of ::ffff:0:0/96
_MAX_PORT = 65_535
_HOP = re.compile(
    r"\[(?P<bracketed>[0-9a-f:.]+(?:%\w+)?)\](?::(?P<port>[0-9]{1,5}))?"
    r"|(?P<v4>[0-9.]+)(?::(?P<v4_port>[0-9]{1,5}))?"
    r"|(?P<v6>[0-9a-f:.]+(?:%\w+)?)",
    re.IGNORECASE | re.ASCII,
)


def is_this_machine(host: str) -> bool:
    """Whether what is sent to the host crosses no network, so that it need not be encrypted.

    This is the rule by which browsers trust plain HTTP (W3C, Secure Contexts, 3.1): the addresses
    127.0.0.0/8 and ::1, the name localhost and all names below it.

    Args:
        host: Name or address as `urlsplit(url).hostname` has it, without brackets.
    """
    return _is_localhost(host) or _is_loopback(host)


def name_to_resolve(host: str) -> str:
    """The name to look up for a host: localhost for all names below it.

    No name server is asked for them (RFC 6761, 6.3): its answer could be another machine.
    """
    return "localhost" if _is_localhost(host) else host


def unmapped(address: Address) -> Address:
    """The IPv4 address inside of ::ffff:0:0/96, any other as it is."""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return address if mapped is None else mapped


def forwarded_address(hop: str) -> Address:
    """The address of one hop of X-Forwarded-For; its port, brackets and zone are no part of it.

    Args:
        hop: As 192.0.2.1, 192.0.2.1:50001, 2001:db8::1, [2001:db8::1] or [2001:db8::1]:50001.

    Raises:
        ValueError: It is no address.
    """
    match = _HOP.fullmatch(hop.strip(" \t"))
    if match is None or int(match["port"] or match["v4_port"] or 0) > _MAX_PORT:
        sentence = "neither an address nor an address with a port"
        raise ValueError(sentence)
    address = match["bracketed"] or match["v4"] or match["v6"]
    return unmapped(ipaddress.ip_address(address.partition("%")[0]))


def is_within(address: Address, networks: Iterable[Network]) -> bool:
    """Whether the address is in one of the networks."""
    plain = unmapped(address)
    return any(plain in network for network in networks)


def network_hash(key: bytes, address: Address) -> str:
    """32 hexadecimal digits; one person's IPv6 network (/64) counts as one address."""
    plain = unmapped(address)
    if isinstance(plain, ipaddress.IPv6Address):
        return text_hash(key, str(ipaddress.ip_network((plain, 64), strict=False)))
    return text_hash(key, str(plain))


def text_hash(key: bytes, network: str) -> str:
    """The same of a network's text, or of what a peer has in place of an address."""
    return keyed_hash(key, network)[:32]


def unmapped_network(network: Network) -> Network:
    """The IPv4 network inside of ::ffff:0:0/96, any other as it is."""
    mapped = getattr(network.network_address, "ipv4_mapped", None)
    if mapped is None or network.prefixlen < _MAPPED_BITS:
        return network
    return ipaddress.ip_network((mapped, network.prefixlen - _MAPPED_BITS))


def _is_localhost(host: str) -> bool:
    return f".{host.lower().removesuffix('.')}".endswith(".localhost")


def _is_loopback(host: str) -> bool:
    try:
        return unmapped(ipaddress.ip_address(host)).is_loopback
    except ValueError:
        return False
