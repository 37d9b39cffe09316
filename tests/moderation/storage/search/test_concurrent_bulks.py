"""What others write while a bulk's transaction is open; SQLite has one writer anyway."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection

from moderation.accounts.moderators import ALL_SITES, Moderator
from moderation.comments import Comment, Status
from moderation.review.search_filter import Filter
from moderation.sites import Site
from moderation.storage.comments.comments import Comments
from moderation.storage.comments.new_comments import Submitter
from moderation.storage.comments.pages import Pages
from moderation.storage.database.engine import Database
from moderation.storage.decisions.records import update_page_counts
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.search.bulk_decisions import BulkDecisions
from moderation.storage.search.search import Search
from tests.support.clock import FakeClock
from tests.support.factories import submission
from tests.support.flagged_comments import GOOD, add_scored, as_seen
from tests.support.program import wait_until

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
WAITING = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active'"
WAITING += " AND wait_event_type = 'Lock'"


@pytest.fixture
def reject_approved(
    database: Database, clock: FakeClock, anna: Moderator
) -> Callable[[str], object]:
    """Reject all that is approved, up to this comment."""
    search = Search(database, clock, ALL_SITES)
    bulks = BulkDecisions(database, clock, ALL_SITES, search, sleep=lambda _seconds: None)
    return lambda upto: bulks.decide(
        Filter(status=Status.APPROVED), Status.REJECTED, upto=upto, moderator_id=anna.id
    )


@contextmanager
def waiting_for_the_page(
    database: Database, page: int, work: Callable[[], object]
) -> Iterator[Connection]:
    """Hold the page's count until the work waits for it, with all its other locks taken."""
    with ThreadPoolExecutor(1) as thread:
        with database.write() as connection:
            update_page_counts(connection, {page: 0})
            working = thread.submit(work)
            wait_until(lambda: waits(database))
            yield connection
        working.result(60)


def waits(database: Database) -> bool:
    with database.read() as connection:
        return connection.exec_driver_sql(WAITING).first() is not None


def approved(database: Database, clock: FakeClock, anna: Moderator, page: str) -> Comment:
    """By a moderator, so at another version than what the policy approved."""
    comment = add_scored(database, clock, page=page)
    return ReviewQueue(database, clock, ALL_SITES).decide(
        as_seen(comment), Status.APPROVED, moderator_id=anna.id
    )


def test_pages_are_counted_in_one_order_whatever_was_decided_about_them_before(
    database: Database,
    clock: FakeClock,
    site: Site,
    anna: Moderator,
    reject_approved: Callable[[str], object],
) -> None:
    add_scored(database, clock, GOOD, page="/first")
    newest = approved(database, clock, anna, "/second")
    pages = Pages(database)
    first, second = (pages.get(site, page).id or 0 for page in ("/first", "/second"))

    with waiting_for_the_page(
        database, first, lambda: reject_approved(newest.id)
    ) as settling_elsewhere:
        update_page_counts(settling_elsewhere, {second: 0})

    assert pages.counts(site, ["/first", "/second"]) == {"/first": 0, "/second": 0}


def test_a_comment_that_is_being_decided_can_be_replied_to(
    database: Database,
    clock: FakeClock,
    site: Site,
    comments: Comments,
    reject_approved: Callable[[str], object],
) -> None:
    parent = add_scored(database, clock, GOOD)
    page = Pages(database).get(site, "/a").id or 0

    with waiting_for_the_page(database, page, lambda: reject_approved(parent.id)):
        reply = comments.add(site, submission(parent=parent.id), Submitter())
        assert comments.get(reply.id) == reply

    assert comments.get(parent.id).status is Status.REJECTED
