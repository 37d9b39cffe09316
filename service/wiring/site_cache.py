"""A cache of all sites: every request needs one, and they hardly ever change.

Each second the audit log's last number is looked at, whose transactions wait for each other: while
it stays, no site has changed, however many there are.
"""

import hmac
import time
from collections.abc import Callable, Mapping, Sequence

from moderation.keys import hash_token
from moderation.sites import Site, SiteKey
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import DatabaseUnavailable

_SECONDS = 1.0


class SiteCache:
    """All sites, at most a second old; while the database is away, as they last were."""

    def __init__(self, sites: Sites, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._sites = sites
        self._monotonic = monotonic
        self._by_name: Mapping[str, Site] = {}
        self._change = -1
        self._expires_at = 0.0

    def get(self, name: str) -> Site:
        """The site with this name; one that was added in the last second is found too.

        Raises:
            SiteNotFound: No site has this name.
            DatabaseUnavailable: The site is not cached, and the database does not answer.
        """
        return self._all().get(name) or self._sites.get(name)

    def all(self) -> Sequence[Site]:
        """All sites as they are now, by name, for whoever has just changed one.

        Raises:
            DatabaseUnavailable: The database does not answer.
        """
        self._refresh()
        return list(self._by_name.values())

    def by_key(self, key_hash: str) -> tuple[Site, SiteKey] | None:
        """The site with this key, and the key; None for no site's.

        A miss reads the sites again: a key works from the moment when it is shown.

        Raises:
            DatabaseUnavailable: No cached site has the key, and the database does not answer.
        """
        known = self._with_key(key_hash)
        if known is None:
            self._refresh()
            known = self._with_key(key_hash)
        return known

    def knows_key(self, key: str) -> bool:
        """Whether it is the key of a site; where nobody can be asked, it is not."""
        try:
            return self.by_key(hash_token(key)) is not None
        except DatabaseUnavailable:
            return False

    def _with_key(self, key_hash: str) -> tuple[Site, SiteKey] | None:
        keys = ((site, key) for site in self._all().values() for key in site.keys)
        return next(
            (pair for pair in keys if hmac.compare_digest(pair[1].key_hash, key_hash)), None
        )

    def has_origin(self, origin: str | None) -> bool:
        """Whether the origin belongs to any site, for answers given before the site is known.

        A miss reads the sites again: a browser does not repeat a preflight for a new site.
        """
        if self._is_cached(origin):
            return True
        self._expires_at = 0.0
        return self._is_cached(origin)

    def _is_cached(self, origin: str | None) -> bool:
        return any(site.lists(origin) for site in self._all().values())

    def _all(self) -> Mapping[str, Site]:
        if self._monotonic() >= self._expires_at:
            self._expires_at = self._monotonic() + _SECONDS
            try:
                self._refresh()
            except DatabaseUnavailable:
                return self._by_name
        return self._by_name

    def _refresh(self) -> None:
        change = (
            self._sites.last_change()
        )  # before the sites: what comes in between is seen next time
        if change != self._change:
            self._by_name = {site.name: site for site in self._sites.all()}
            self._change = change
