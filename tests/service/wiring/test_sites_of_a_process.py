"""A web process reads the sites again when one of them has changed, and only then."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import event

from moderation.clock import Clock
from moderation.sites import Site
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.sites.coral_secrets import CoralSecrets
from moderation.storage.sites.rule_versions import RuleVersions
from moderation.storage.sites.site_keys import SiteKeys
from service.wiring.site_cache import SiteCache


class Seconds:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def cache(sites: Sites, seconds: Seconds) -> SiteCache:
    return SiteCache(sites, seconds)


def _origins(database: Database, clock: Clock) -> None:
    Sites(database, clock).set_origins("demo", ("https://new.example",))


def _settings(database: Database, clock: Clock) -> None:
    Sites(database, clock).change("demo", lambda site: replace(site, max_text=99))


def _key(database: Database, clock: Clock) -> None:
    SiteKeys(database, clock).make("demo")


def _secret(database: Database, clock: Clock) -> None:
    CoralSecrets(database, clock).add("demo", "a" * 32)


def _rules(database: Database, clock: Clock) -> None:
    RuleVersions(database, clock).change("demo", {"repeats": 3})


@pytest.mark.parametrize("change", [_origins, _settings, _key, _secret, _rules])
def test_each_change_is_seen_after_a_second(
    cache: SiteCache,
    seconds: Seconds,
    site: Site,
    database: Database,
    clock: Clock,
    change: Callable[[Database, Clock], None],
) -> None:
    before = cache.get("demo")
    change(database, clock)
    seconds.now += 1

    assert cache.get("demo") != before
    assert cache.get("demo") == Sites(database, clock).get("demo")


def test_without_a_change_they_are_not_read_again(
    cache: SiteCache, seconds: Seconds, site: Site, database: Database, clock: Clock
) -> None:
    asked: list[object] = []
    before = cache.get("demo")
    event.listen(database.engine, "checkout", lambda *about: asked.append(about))

    seconds.now += 1
    unchanged = cache.get("demo")
    times_asked = len(asked)
    Sites(database, clock).add(replace(site, id=0, name="other"))
    seconds.now += 1
    changed = cache.get("demo")

    assert unchanged is before
    assert times_asked == 1
    assert changed is not before  # the same, but read again
    assert changed == before
