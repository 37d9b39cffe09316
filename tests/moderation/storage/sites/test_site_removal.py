"""A site goes with all that hangs on it, and nothing of another site goes with it."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

import moderation.storage.sites.site_removal as removal_module
from moderation.accounts.moderators import ALL_SITES, Role
from moderation.comments import Status
from moderation.notifications.webhooks import Event
from moderation.review.notes import RejectReason
from moderation.review.reports import Reason, Report
from moderation.review.search_filter import Filter
from moderation.sanctions import SanctionKind
from moderation.sites import Site, SiteNotFound
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.moved_pages import MovedPages
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.erasures import Erasures
from moderation.storage.notifications.outbox import Outbox
from moderation.storage.notifications.webhooks import Webhooks
from moderation.storage.review.notes import Notes
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.review.reports import Reports
from moderation.storage.review.sanctions import Sanctions
from moderation.storage.schema.metadata import metadata
from moderation.storage.schema.sites import sites as sites_table
from moderation.storage.search.bulk_decisions import BulkDecisions
from moderation.storage.search.search import Search
from moderation.storage.sites.rows_below import rows_below
from moderation.storage.sites.site_keys import SiteKeys
from moderation.storage.sites.site_removal import SiteRemoval
from moderation.storage.system.audit_log import AuditLog
from tests.support.clock import FakeClock
from tests.support.factories import settle, submission
from tests.support.flagged_comments import GOOD, add_scored, as_seen
from tests.support.web_app import SECRET

# What people and the server have, and no site.
OF_NO_SITE = {
    "address_keys",
    "api_tokens",
    "audit_log",
    "bulks",
    "database_identity",
    "digests",
    "feeds",
    "moderators",
    "recovery_codes",
    "sessions",
    "unnamed_proxies",
    "credential_uses",
    "workers",
}
Rows = dict[str, list[str]]


def rows(database: Database) -> Rows:
    """Everything that can belong to a site, and the bulks."""
    tables = [table for table in metadata.sorted_tables if table.name not in OF_NO_SITE - {"bulks"}]
    with database.read() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table)))) for table in tables
        }


@pytest.fixture
def anna(database: Database, clock: FakeClock) -> int:
    return Moderators(database, clock).add("Anna").id


def fill(database: Database, clock: FakeClock, name: str, anna: int) -> None:
    """Use a site as it is used: read, decided, reported, answered, told, moved."""
    site = Sites(database, clock).add(Site(0, name, name, ("https://paper.example",)))
    SiteKeys(database, clock).make(name)
    Moderators(database, clock).add(f"Only {name}", Role.VIEWER, sites=[name])
    Webhooks(database, clock, SECRET).add("https://hooks.example/", list(Event), site=name)
    reader, scope = Submitter("a" * 32), (database, clock, ALL_SITES)
    first = add_scored(database, clock, GOOD, site=name, sender=reader)
    Reports(database, clock).add(first.id, site, Report(Reason.ABUSE, "Rude."), "reader")
    answer = add_scored(database, clock, site=name, sender=reader, parent=first.id)
    Notes(*scope).add(answer.id, "Asked the desk.", moderator_id=anna)
    until = clock() + timedelta(days=1)
    Sanctions(*scope).impose(answer.id, SanctionKind.BAN, until, moderator_id=anna, reason="Spam.")
    ReviewQueue(*scope).decide(as_seen(answer), Status.REJECTED, moderator_id=anna)
    _decide_together(database, clock, name, anna)
    Outbox(database, clock).fan_out()
    add_scored(database, clock, site=name, page="/a")
    MovedPages(database, clock).move(site, "/a", "/moved")


def _decide_together(database: Database, clock: FakeClock, name: str, anna: int) -> None:
    waits = add_scored(database, clock, site=name, text="Fool, as they say.")
    scope = (database, clock, ALL_SITES)
    BulkDecisions(*scope, Search(*scope)).decide(
        Filter(site=name, status=Status.FLAGGED),
        Status.REJECTED,
        upto=waits.id,
        moderator_id=anna,
        reason=RejectReason.SPAM,
    )


def test_every_table_is_of_a_site_or_known_to_be_of_none() -> None:
    of_a_site = {table.name for table, _ in rows_below(sites_table, sites_table.c.id == 1)}

    assert set(metadata.tables) - of_a_site == OF_NO_SITE


def test_what_is_left_is_what_was_there_before(
    database: Database, clock: FakeClock, anna: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(removal_module, "_BATCH", 2)
    fill(database, clock, "demo", anna)
    Outbox(database, clock).fan_out()
    before = rows(database)
    fill(database, clock, "post", anna)
    assert rows(database) != before

    SiteRemoval(database, clock).remove("post")

    assert rows(database) == before
    with pytest.raises(SiteNotFound):
        Sites(database, clock).get("post")


def test_it_is_said_beforehand_what_goes(database: Database, clock: FakeClock, anna: int) -> None:
    fill(database, clock, "demo", anna)
    before = rows(database)

    contents = SiteRemoval(database, clock).contents("demo")

    assert rows(database) == before
    assert contents.moderators == ("Only demo",)
    expected = {"comments": 4, "pages": 2, "webhooks": 1, "site_keys": 1, "notes": 1, "reports": 1}
    assert expected.items() <= contents.rows.items()
    assert 0 not in contents.rows.values()


def test_the_audit_log_says_who_removed_what(
    database: Database, clock: FakeClock, anna: int
) -> None:
    fill(database, clock, "demo", anna)

    SiteRemoval(database, clock).remove("demo", by="moderator Anna")

    removed, closed = AuditLog(database).newest(2)
    assert (removed.actor, removed.action, removed.subject) == (
        "moderator Anna",
        "site_removed",
        "site demo",
    )
    assert '"moderators":["Only demo"]' in (removed.before or "")
    assert (closed.action, '"origins":[]' in (closed.after or "")) == ("site_changed", True)


def test_a_later_comment_with_an_old_number_is_not_found_by_old_words(
    database: Database, clock: FakeClock, site: Site
) -> None:
    add_scored(database, clock, text="Rhubarb, rhubarb!")
    erased = add_scored(database, clock, GOOD, text="Rhubarb again.")
    Erasures(database, clock).by_author(erased.id)
    MovedPages(database, clock).move(site, "/a", "/moved")
    SiteRemoval(database, clock).remove("demo")

    Sites(database, clock).add(site)
    add_scored(database, clock, text="Celery.")

    search = Search(database, clock, ALL_SITES)
    assert search.newest(Filter(text="rhubarb"), limit=10).cards == []
    assert len(search.newest(Filter(text="celery"), limit=10).cards) == 1
    if database.write_lock is not None:
        with database.write() as connection:
            check = "INSERT INTO comment_words (comment_words) VALUES ('integrity-check')"
            connection.execute(text(check))


def test_who_submits_at_that_moment_is_told_that_there_is_no_site(
    database: Database, clock: FakeClock, site: Site, comments: Comments
) -> None:
    SiteRemoval(database, clock).remove("demo")

    with pytest.raises(SiteNotFound):
        comments.add(site, submission(), Submitter())


def test_who_is_interrupted_goes_on(
    database: Database, clock: FakeClock, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(removal_module, "_BATCH", 1)
    settle(database, clock, site, GOOD, GOOD, GOOD)
    removal = SiteRemoval(database, clock)
    with monkeypatch.context() as patch:
        patch.setattr(SiteRemoval, "_remove_rest", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            removal.remove("demo")

    assert Sites(database, clock).get("demo").origins == ()
    removal.remove("demo")
    assert Sites(database, clock).all() == []


def _interrupt(*_arguments: object) -> None:
    raise KeyboardInterrupt
