"""Notices a proxy that no setting names: all its readers look like one person with one address."""

import time
from collections.abc import Callable

import structlog

from moderation.networks import Address
from moderation.proxies import place_of
from moderation.storage.database.engine import DatabaseUnavailable
from moderation.storage.system.unnamed_proxies import UnnamedProxies

_AGAIN_SECONDS = 3_600.0  # so often each process writes down the same proxy
_MOST = 64  # places that one process remembers; more are no proxies but somebody's game

log = structlog.get_logger()


class ProxyWatch:
    """Logs such a proxy once for each process, and keeps it for readiness and moderators."""

    def __init__(
        self, proxies: UnnamedProxies, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """Start without any.

        Args:
            proxies: Where all processes keep them.
            monotonic: A clock in seconds that never goes back.
        """
        self._proxies = proxies
        self._monotonic = monotonic
        self._noticed_at: dict[str, float] = {}

    def notice(self, proxy: Address) -> None:
        """Keep that this peer forwards requests; says so in the log the first time.

        Args:
            proxy: The peer.
        """
        place, now = place_of(proxy), self._monotonic()
        last = self._noticed_at.get(place)
        if last is None and len(self._noticed_at) >= _MOST:
            return
        if last is not None and now - last < _AGAIN_SECONDS:
            return
        self._noticed_at[place] = now
        if last is None:
            log.warning("proxy_not_trusted", proxy=place, setting="PARLEY_TRUSTED_PROXIES")
        try:
            self._proxies.add(place)
        except DatabaseUnavailable:
            del self._noticed_at[place]  # the next request tries again
