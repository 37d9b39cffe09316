"""An address is kept only as a keyed hash, and the key is forgotten."""

import hmac
import ipaddress
from datetime import datetime

from moderation.networks import Address, network_hash, text_hash
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
        return _hash(self.key_at(now), address)

    def hash_parsed(self, address: Address, now: datetime) -> str:
        """The same of an address that was read already."""
        return network_hash(self.key_at(now), address)

    def known_hashes(self, address: str) -> list[str]:
        """Under which hashes the address is kept: by every key that there still is."""
        return [_hash(self._with_secret(random), address) for random in self._keys.all()]

    def recognised_until(self, moment: datetime) -> datetime:
        """When the key in use at this moment is replaced: from then nobody can be told again."""
        end = (period_of(moment) + 1) * PERIOD.total_seconds()
        return datetime.fromtimestamp(end, moment.tzinfo)

    def key_at(self, now: datetime) -> bytes:
        """Return the key of this moment's period."""
        period = period_of(now)
        if self._known is None or self._known[0] != period:
            self._known = (period, self._with_secret(self._keys.of_period(period)))
        return self._known[1]

    def _with_secret(self, random: str) -> bytes:
        return hmac.digest(self._secret, random.encode(), "sha256")


def _hash(key: bytes, address: str) -> str:
    if ":" not in address:
        return text_hash(key, address)  # IPv4 has one spelling, and need not be read
    try:
        return network_hash(key, ipaddress.ip_address(address))
    except ValueError:
        return text_hash(key, address)  # a Unix socket's peer has no address
