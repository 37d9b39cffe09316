"""The sites as of a second ago: every request asks for one, and they hardly ever change."""

import time
from collections.abc import Callable, Mapping

from moderation.sites import Site
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import DatabaseAway

_SECONDS = 1.0


class KnownSites:
    """Remembers all sites for a second; while the database is away, as they last were."""

    def __init__(self, sites: Sites, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._sites = sites
        self._monotonic = monotonic
        self._by_name: Mapping[str, Site] = {}
        self._until = 0.0

    def get(self, name: str) -> Site:
        """The site with this name, a new one at once; raises SiteNotFound, DatabaseAway."""
        return self._known().get(name) or self._sites.get(name)

    def have_origin(self, origin: str | None) -> bool:
        """Whether the origin is any site's, for answers given before it is known which.

        A new site's at once, too: a browser would not ask again.
        """
        if self._has(origin):
            return True
        self._until = 0.0
        return self._has(origin)

    def _has(self, origin: str | None) -> bool:
        return any(origin in site.origins for site in self._known().values())

    def _known(self) -> Mapping[str, Site]:
        if self._monotonic() >= self._until:
            self._until = self._monotonic() + _SECONDS
            try:
                self._by_name = {site.name: site for site in self._sites.all()}
            except DatabaseAway:
                return self._by_name
        return self._by_name
