"""Whoever decides, and however: the decision reaches the outbox, and nothing goes around it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

import moderation
from moderation.accounts.moderators import ALL_SITES, Moderator
from moderation.comments import Comment, Status
from moderation.review.search_filter import Filter
from moderation.sites import Site
from moderation.storage.database.engine import Database
from moderation.storage.notifications.webhooks import Webhooks
from moderation.storage.review.queue import ReviewQueue
from moderation.storage.review.reports import ReportedComments
from moderation.storage.schema.decisions import decisions
from moderation.storage.schema.notifications import outbox
from moderation.storage.search.bulk_decisions import BulkDecisions
from moderation.storage.search.search import Search
from tests.support.clock import FakeClock
from tests.support.flagged_comments import add_scored, as_seen
from tests.support.webhooks import EVERY, SECRET

_INSERTS = re.compile(
    r"decisions\.insert\(|insert(?:_for|_rows)?\([^)]*\)?\(?\bdecisions\b|INTO decisions"
)


@pytest.fixture
def webhooks(database: Database, clock: FakeClock, site: Site) -> Webhooks:
    return Webhooks(database, clock, SECRET)


@pytest.fixture
def hook(webhooks: Webhooks) -> int:
    """The number of an active webhook."""
    return webhooks.add("https://hooks.example/", EVERY)[0]


def by_policy(database: Database, clock: FakeClock, _anna: Moderator) -> Comment:
    return add_scored(database, clock)


def by_moderator(database: Database, clock: FakeClock, anna: Moderator) -> Comment:
    queue, flagged = ReviewQueue(database, clock, ALL_SITES), by_policy(database, clock, anna)
    return queue.decide(as_seen(flagged), Status.APPROVED, moderator_id=anna.id)


def undone(database: Database, clock: FakeClock, anna: Moderator) -> None:
    queue, approved = ReviewQueue(database, clock, ALL_SITES), by_moderator(database, clock, anna)
    queue.decide(as_seen(approved), Status.FLAGGED, moderator_id=anna.id)


def by_report(database: Database, clock: FakeClock, anna: Moderator) -> None:
    reports, approved = (
        ReportedComments(database, clock, ALL_SITES),
        by_moderator(database, clock, anna),
    )
    reports.decide(as_seen(approved), Status.REJECTED, moderator_id=anna.id)


def in_bulk(database: Database, clock: FakeClock, anna: Moderator) -> str:
    newest = [add_scored(database, clock) for _ in range(3)][-1]
    return bulks(database, clock).decide(
        Filter(), Status.REJECTED, upto=newest.id, moderator_id=anna.id
    )


def bulk_undone(database: Database, clock: FakeClock, anna: Moderator) -> None:
    done = in_bulk(database, clock, anna)
    bulks(database, clock).undo(done, moderator_id=anna.id)


def bulks(database: Database, clock: FakeClock) -> BulkDecisions:
    search = Search(database, clock, ALL_SITES)
    return BulkDecisions(database, clock, ALL_SITES, search, sleep=lambda _seconds: None)


WAYS = [(by_policy, 1), (by_moderator, 2), (undone, 3), (by_report, 3), (in_bulk, 6)]
WAYS += [(bulk_undone, 9)]


@pytest.mark.parametrize(("decide", "number"), WAYS)
@pytest.mark.usefixtures("hook")
def test_every_decision_reaches_the_outbox(
    database: Database,
    clock: FakeClock,
    anna: Moderator,
    decide: Callable[..., object],
    number: int,
) -> None:
    decide(database, clock, anna)

    assert len(decision_ids(database)) == number
    assert enqueued(database) == decision_ids(database)


@pytest.mark.parametrize("decide", [decide for decide, _ in WAYS])
def test_nothing_is_enqueued_while_no_webhook_is_active(
    database: Database,
    clock: FakeClock,
    webhooks: Webhooks,
    hook: int,
    anna: Moderator,
    decide: Callable[..., object],
) -> None:
    webhooks.switch(hook, on=False)

    decide(database, clock, anna)

    assert enqueued(database) == []


def test_only_the_decision_at_hand_is_enqueued(
    database: Database,
    webhooks: Webhooks,
    flagged: Comment,
    queue: ReviewQueue,
    anna: Moderator,
) -> None:
    webhooks.add("https://hooks.example/", EVERY)

    queue.decide(as_seen(flagged), Status.APPROVED, moderator_id=anna.id)

    assert enqueued(database) == decision_ids(database)[1:]


def test_nothing_else_inserts_decisions() -> None:
    root = Path(moderation.__file__).parents[1]
    packages = ("cli", "moderation", "service", "worker")
    files = [path for package in packages for path in (root / package).rglob("*.py")]

    inserting = [path.stem for path in files if _INSERTS.search(path.read_text())]

    assert inserting == ["records"]


def decision_ids(database: Database) -> list[int]:
    with database.read() as connection:
        return list(connection.execute(select(decisions.c.id).order_by("id")).scalars())


def enqueued(database: Database) -> list[int]:
    with database.read() as connection:
        query = select(outbox.c.decision_id).order_by(outbox.c.decision_id)
        return list(connection.execute(query).scalars())
