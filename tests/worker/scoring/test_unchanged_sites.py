import dataclasses

from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from tests.support.clock import FakeClock
from worker.scoring.unchanged_sites import UnchangedSites


def test_sites_are_kept_while_none_changes(sites: Sites, site: Site) -> None:
    unchanged = UnchangedSites(sites)

    (first,) = unchanged.with_ids([site.id])
    (second,) = unchanged.with_ids([site.id])

    assert first is second


def test_a_change_counts_at_once(sites: Sites, site: Site) -> None:
    unchanged = UnchangedSites(sites)
    unchanged.with_ids([site.id])

    sites.change(site.name, lambda old: dataclasses.replace(old, title="Another title"))

    assert [own.title for own in unchanged.with_ids([site.id])] == ["Another title"]


def test_a_site_that_is_not_there_is_left_out(sites: Sites, site: Site) -> None:
    assert [own.id for own in UnchangedSites(sites).with_ids([site.id, site.id + 1])] == [site.id]


def test_who_has_joined_counts_at_once(
    database: Database, clock: FakeClock, sites: Sites, site: Site
) -> None:
    moderators = Moderators(database, clock)
    unchanged = UnchangedSites(sites, moderators.names)
    unchanged.with_ids([site.id])
    before = unchanged.staff()

    moderators.add("Anna")
    unchanged.with_ids([site.id])

    assert (before, unchanged.staff()) == ([], ["Anna"])
