"""An address is kept only as a keyed hash, and the key is forgotten."""

import hashlib
import hmac
import ipaddress
from datetime import datetime

from moderation.networks import unmapped
from moderation.storage.system.address_keys import PERIOD, AddressKeys, period_of


class AddressHashes:
    """Hashes addresses with a key that lives 30 days and is then deleted.

    Both the server's secret and the period's random key are needed to test a guess, so that
    neither the database alone nor, later, anyone can find the address again.
    """

    def __init__(self, secret: bytes, keys: AddressKeys) -> None:
        self._secret = secret
        self._keys = keys
        self._known: tuple[int, bytes] | None = None

    def hash(self, address: str, now: datetime) -> str:
        """32 hexadecimal digits; one person's IPv6 network (/64) counts as one address."""
        return _hash(self._key(period_of(now)), address)

    def known_hashes(self, address: str) -> list[str]:
        """Under which hashes the address is kept: by every key that there still is."""
        return [_hash(self._with_secret(random), address) for random in self._keys.all()]

    def recognised_until(self, moment: datetime) -> datetime:
        """When the key in use at this moment is replaced: from then nobody can be told again."""
        end = (period_of(moment) + 1) * PERIOD.total_seconds()
        return datetime.fromtimestamp(end, moment.tzinfo)

    def _key(self, period: int) -> bytes:
        if self._known is None or self._known[0] != period:
            self._known = (period, self._with_secret(self._keys.of_period(period)))
        return self._known[1]

    def _with_secret(self, random: str) -> bytes:
        return hmac.new(self._secret, random.encode(), hashlib.sha256).digest()


def _hash(key: bytes, address: str) -> str:
    return hmac.new(key, _network(address).encode(), hashlib.sha256).hexdigest()[:32]


def _network(address: str) -> str:
    try:
        parsed = unmapped(ipaddress.ip_address(address))
    except ValueError:
        return address  # a Unix socket's peer has no address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
