"""IP networks, and the names that this machine has everywhere."""

import ipaddress

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def is_loopback_name(host: str) -> bool:
    """Whether the name can only be this machine, where what is not encrypted crosses no network."""
    return host in ("localhost", "127.0.0.1", "::1")
