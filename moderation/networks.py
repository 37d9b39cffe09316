"""IP addresses and networks, and which hosts are this machine."""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


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


def _is_localhost(host: str) -> bool:
    return f".{host.lower().removesuffix('.')}".endswith(".localhost")


def _is_loopback(host: str) -> bool:
    try:
        return unmapped(ipaddress.ip_address(host)).is_loopback
    except ValueError:
        return False
