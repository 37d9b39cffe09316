"""The audit log in a database: with the change or not at all, in one chain, never edited."""

from collections.abc import Callable

import pytest
from sqlalchemy import Delete, Update, delete, update
from sqlalchemy.exc import DBAPIError

from moderation.accounts.moderators import ALL_SITES, ModeratorExists
from moderation.audit_chain import AuditAction, AuditEntry, BrokenChain
from moderation.comments import DecisionConflict, Status
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import ReviewStatus
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.schema.system import audit_log
from moderation.storage.sites.site_keys import SiteKeys
from moderation.storage.system import audit_log as audit_module
from moderation.storage.system.audit_log import AuditLog, append_audit
from tests.support.clock import START, FakeClock
from tests.support.concurrency import together
from tests.support.flagged_comments import add_scored, as_seen


@pytest.fixture
def log(database: Database) -> AuditLog:
    return AuditLog(database)


def whats(log: AuditLog) -> list[str]:
    return [row.action for row in reversed(log.newest(100))]


def test_a_decision_is_noted_without_the_text(
    database: Database, clock: FakeClock, site: Site, log: AuditLog
) -> None:
    anna = Moderators(database, clock).add("Anna")
    comment = add_scored(database, clock, text="You are all fools.")

    queue = ReviewQueue(database, clock, ALL_SITES)
    queue.decide(as_seen(comment), Status.REJECTED, moderator_id=anna.id)

    row = log.newest(1)[0]
    assert (row.at, row.actor, row.action) == (START, "moderator Anna", "comment_decided")
    assert row.subject == f"comment {comment.id}"
    assert row.before == '{"status":"flagged","version":2}'
    assert row.after == '{"status":"rejected","version":3}'
    assert "fools" not in repr(log.newest(100))
    assert log.verify().rows == 3


def test_changes_of_sites_are_noted_once_they_change_something(
    site: Site, sites: Sites, site_keys: SiteKeys, log: AuditLog
) -> None:
    sites.set_origins("demo", site.origins)
    sites.set_origins("demo", ("https://other.example",))
    site_keys.make("demo")

    assert whats(log) == ["site_added", "site_changed", "site_key_made"]
    row = log.newest(2)[1]
    assert '"origins":["https://paper.example"]' in (row.before or "")
    assert '"origins":["https://other.example"]' in (row.after or "")


def test_what_fails_is_not_noted(database: Database, clock: FakeClock, log: AuditLog) -> None:
    moderators = Moderators(database, clock)
    moderators.add("Anna")

    with pytest.raises(ModeratorExists):
        moderators.add("Anna")

    assert whats(log) == ["moderator_added"]


@pytest.mark.parametrize("change", [update(audit_log).values(actor="x"), delete(audit_log)])
def test_the_database_refuses_to_edit_the_log(
    database: Database, site: Site, log: AuditLog, change: Update | Delete
) -> None:
    with pytest.raises(DBAPIError, match="append-only"), database.engine.begin() as connection:
        connection.execute(change)

    assert log.verify().rows == 1


def test_an_edit_by_who_got_around_that_is_found(
    database: Database, site: Site, site_keys: SiteKeys, log: AuditLog
) -> None:
    for _ in range(3):
        site_keys.make("demo")

    with database.write() as connection:
        for statement in _WITHOUT_TRIGGER[connection.dialect.name]:
            connection.exec_driver_sql(statement)
        second = audit_log.c.number == 2
        connection.execute(update(audit_log).where(second).values(actor="moderator Bea"))
        for statement in _WITH_TRIGGER[connection.dialect.name]:
            connection.exec_driver_sql(statement)

    with pytest.raises(BrokenChain, match="row 2 was changed"):
        log.verify()


def test_a_long_log_is_read_by_pages(
    database: Database, log: AuditLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_module, "_PAGE", 3)
    entries = [AuditEntry("operator", AuditAction.SITE_KEY_MADE, f"site {at}") for at in range(7)]
    with database.write() as connection:
        append_audit(connection, START, *entries)

    assert log.verify().rows == 7


def test_many_at_once_make_one_chain(
    database: Database, clock: FakeClock, site: Site, log: AuditLog
) -> None:
    anna = Moderators(database, clock).add("Anna")
    comments = [add_scored(database, clock) for _ in range(8)]
    queue = ReviewQueue(database, clock, ALL_SITES)

    def decide(number: int, status: ReviewStatus) -> Callable[[], object]:
        comment = comments[number]
        return lambda: queue.decide(as_seen(comment), status, moderator_id=anna.id)

    both: tuple[ReviewStatus, ...] = (Status.APPROVED, Status.REJECTED)
    outcomes = together(*(decide(number, status) for number in range(8) for status in both))

    assert sum(isinstance(outcome, DecisionConflict) for outcome in outcomes) == 8
    assert log.verify().rows == 2 + 8
    assert whats(log).count("comment_decided") == 8


_WITHOUT_TRIGGER = {
    "sqlite": ["DROP TRIGGER audit_log_no_UPDATE"],
    "postgresql": ["ALTER TABLE audit_log DISABLE TRIGGER audit_log_append_only"],
}
_WITH_TRIGGER = {
    "sqlite": [],
    "postgresql": ["ALTER TABLE audit_log ENABLE TRIGGER audit_log_append_only"],
}
