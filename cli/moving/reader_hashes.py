"""Under which hash the author of an imported comment is known."""

import ipaddress
from functools import lru_cache

from moderation.networks import network_hash, unmapped
from moderation.proxies import is_private


@lru_cache(maxsize=10_000)  # one reader wrote many of the comments
def reader_hash(key: bytes, value: str) -> str | None:
    """Hash an address as that of a reader who comments now.

    Args:
        key: Of this time.
        value: What the file has as the address.

    Returns:
        None for what is no address, or a private one: that is a proxy's.
    """
    try:
        address = unmapped(ipaddress.ip_address(value.strip()))
    except ValueError:
        return None
    return None if is_private(address) else network_hash(key, address)
