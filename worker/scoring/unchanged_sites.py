"""The sites of claimed comments and their people, read again only after a change."""

from collections.abc import Callable, Collection, Sequence

from moderation.sites import Site
from moderation.storage.comments.sites import Sites


class UnchangedSites:
    """Sites as they are now: of five queries a batch one is left while none of them changes."""

    def __init__(self, sites: Sites, staff: Callable[[], Sequence[str]] = tuple) -> None:
        """Read nothing yet; `staff` reads the names of all moderators."""
        self._sites = sites
        self._read_staff = staff
        self._by_id: dict[int, Site] = {}
        self._staff: Sequence[str] | None = None
        self._change = -1

    def with_ids(self, ids: Collection[int]) -> Sequence[Site]:
        """The sites that have these ids, in no order."""
        change = self._sites.last_change()  # before the sites: what comes in between counts next
        if change != self._change:
            self._by_id, self._staff, self._change = {}, None, change
        missing = set(ids) - self._by_id.keys()
        if missing:
            self._by_id.update((site.id, site) for site in self._sites.with_ids(missing))
        return [self._by_id[number] for number in ids if number in self._by_id]

    def staff(self) -> Sequence[str]:
        """The names of all moderators, at least as new as the sites that were last asked for."""
        if self._staff is None:
            self._staff = self._read_staff()
        return self._staff
