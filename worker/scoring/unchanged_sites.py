"""The sites of claimed comments, read again only after a change."""

from collections.abc import Collection, Sequence

from moderation.sites import Site
from moderation.storage.comments.sites import Sites


class UnchangedSites:
    """Sites as they are now: of four queries a batch one is left while none of them changes."""

    def __init__(self, sites: Sites) -> None:
        self._sites = sites
        self._by_id: dict[int, Site] = {}
        self._change = -1

    def with_ids(self, ids: Collection[int]) -> Sequence[Site]:
        """The sites that have these ids, in no order."""
        change = self._sites.last_change()  # before the sites: what comes in between counts next
        if change != self._change:
            self._by_id, self._change = {}, change
        missing = set(ids) - self._by_id.keys()
        if missing:
            self._by_id.update((site.id, site) for site in self._sites.with_ids(missing))
        return [self._by_id[number] for number in ids if number in self._by_id]
