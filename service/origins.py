"""Which origins are any site's, remembered for a second."""

import time
from collections.abc import Callable
from contextlib import suppress

from moderation.storage.engine import DatabaseAway
from moderation.storage.sites import Sites

_SECONDS = 1.0


class Origins:
    """The origins of all sites, for answers given before it is known which site is meant."""

    def __init__(self, sites: Sites, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._sites = sites
        self._monotonic = monotonic
        self._known: frozenset[str] = frozenset()
        self._until = 0.0

    def include(self, origin: str | None) -> bool:
        """As of a second ago; while the database is away, as last known."""
        if self._monotonic() >= self._until:
            with suppress(DatabaseAway):
                self._known = frozenset(o for site in self._sites.all() for o in site.origins)
            self._until = self._monotonic() + _SECONDS
        return origin in self._known
