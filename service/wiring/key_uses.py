"""When the use of a site's key is written down again: not for each text that it asks about."""

import time
from collections.abc import Callable

_SECONDS = 60.0
_MOST = 10_000  # keys that a process remembers


class KeyUses:
    """Lets one request of a minute, key and process write."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._written: dict[str, float] = {}

    def is_due(self, key_hash: str) -> bool:
        """Whether this request is to note the use; who asks next is told no."""
        now = self._monotonic()
        if now - self._written.get(key_hash, -_SECONDS) < _SECONDS:
            return False
        if len(self._written) >= _MOST:
            self._written.clear()
        self._written[key_hash] = now
        return True
