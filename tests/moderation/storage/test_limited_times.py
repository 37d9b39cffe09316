"""A clock that was wrong parks nothing for as long as it was wrong."""

import re
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest

from moderation.accounts.moderators import ALL_SITES, SignedOut, SignInLinkExpired
from moderation.comments import Comment
from moderation.notifications.digests import DigestFrequency
from moderation.notifications.webhooks import Event
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.accounts.sessions import Sessions
from moderation.storage.accounts.sign_in import SignIn
from moderation.storage.database.engine import Database
from moderation.storage.decisions.backlog import Backlog
from moderation.storage.decisions.claims import PendingComments
from moderation.storage.notifications.delivery_log import DeliveryLog
from moderation.storage.notifications.delivery_queue import DeliveryQueue
from moderation.storage.notifications.digest_preferences import DigestPreferences
from moderation.storage.notifications.due_digests import DueDigests
from moderation.storage.notifications.webhooks import Webhooks
from moderation.storage.review.card_context import CardContexts
from moderation.storage.review.holds import Holds
from moderation.storage.review.queue_orders import QueueOrder
from moderation.storage.schema.column_types import UtcTime
from moderation.storage.schema.metadata import metadata
from tests.support.clock import FakeClock
from tests.support.flagged_comments import add_scored
from tests.support.webhooks import SECRET

ROOT = Path(__file__).parents[3] / "moderation" / "storage"
YEAR = timedelta(days=365).total_seconds()
# What is meant to last as long as somebody says, what only the holder of a lease asks, and what
# is thrown away when it is old: later, if a clock was ahead.
UNLIMITED = {
    "sanctions.c.expires_at > now",
    "webhooks.c.lease_until > lease_until",
    "reader_mails.c.next_attempt_at <= over",
}


def test_no_end_in_the_future_is_compared_without_a_limit() -> None:
    ends = {
        column.name
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, UtcTime)
        and re.search("until$|^expires_at$|^next_|^retry_", column.name)
    }
    comparison = re.compile(rf"\w+\.c\.(?:{'|'.join(sorted(ends))}) *[<>]=? *\w+")

    compared = {
        match for path in ROOT.rglob("*.py") for match in comparison.findall(path.read_text())
    }

    assert ends >= {"lease_until", "expires_at", "backoff_until", "retry_at", "link_until"}
    assert compared == UNLIMITED


@pytest.mark.parametrize(
    ("back", "is_free"), [(0, False), (9, False), (11, True), (3600, True), (YEAR, True)]
)
def test_a_claim_is_free_once_its_clock_turns_out_to_be_wrong(
    scoring: PendingComments, pending: Comment, clock: FakeClock, back: float, is_free: bool
) -> None:
    scoring.claim(1)
    clock.advance(-back)

    assert bool(scoring.claim(1).comments) is is_free


@pytest.mark.parametrize(("back", "is_seen"), [(0, False), (3, True), (YEAR, True)])
def test_a_comment_from_the_future_is_swept(
    backlog: Backlog, pending: Comment, clock: FakeClock, back: float, is_seen: bool
) -> None:
    clock.advance(-back)

    assert backlog.has_unclaimed() is is_seen


@pytest.fixture
def anna(database: Database, clock: FakeClock) -> int:
    return Moderators(database, clock).add("Anna").id


@pytest.fixture
def ben(database: Database, clock: FakeClock) -> int:
    return Moderators(database, clock).add("Ben").id


@pytest.mark.parametrize(("back", "is_free"), [(0, False), (59, False), (61, True), (YEAR, True)])
def test_a_webhook_is_sent_to_again(
    database: Database, site: Site, clock: FakeClock, back: float, is_free: bool
) -> None:
    hook = Webhooks(database, clock, SECRET).add("https://a.example/", list(Event))[0]
    DeliveryLog(database, clock).send_test(hook)
    queue = DeliveryQueue(database, clock, SECRET)
    first = queue.lease(1)
    clock.advance(-back)

    again = queue.lease(1)

    assert (len(first), bool(again)) == (1, is_free)
    assert not again or queue.next_due(again[0])


@pytest.mark.parametrize(("back", "is_free"), [(0, False), (59, False), (61, True), (YEAR, True)])
def test_a_card_can_be_taken_by_others(
    database: Database,
    site: Site,
    clock: FakeClock,
    anna: int,
    ben: int,
    back: float,
    is_free: bool,
) -> None:
    card = add_scored(database, clock).id
    holds = Holds(database, clock, ALL_SITES)
    holds.hold(card, anna)
    clock.advance(-back)
    context = CardContexts(database, clock, ALL_SITES).of([card], moderator_id=ben)[card]

    assert (holds.held(anna) is None, context.held_by is None) == (is_free, is_free)
    assert (holds.take(ben, QueueOrder.OLDEST) == card) is is_free


@pytest.mark.parametrize(("back", "is_offered"), [(0, False), (3_601, True), (YEAR, True)])
def test_a_skipped_card_is_offered_again(
    database: Database, site: Site, clock: FakeClock, anna: int, back: float, is_offered: bool
) -> None:
    card = add_scored(database, clock).id
    holds = Holds(database, clock, ALL_SITES)
    holds.skip(card, anna)
    clock.advance(-back)

    assert (holds.take(anna, QueueOrder.OLDEST) == card) is is_offered


@pytest.mark.parametrize(("back", "is_over"), [(0, False), (43_199, False), (43_201, True)])
def test_a_session_does_not_outlast_its_life(
    database: Database, clock: FakeClock, anna: int, back: float, is_over: bool
) -> None:
    moderator = Moderators(database, clock).get("Anna")
    session = SignIn(database, clock).by_provider(moderator)
    clock.advance(-back)

    with pytest.raises(SignedOut) if is_over else nullcontext():
        Sessions(database, clock).moderator(session)


@pytest.mark.parametrize(("back", "is_over"), [(0, False), (86_399, False), (86_401, True)])
def test_a_link_does_not_outlast_its_life(
    database: Database, clock: FakeClock, anna: int, back: float, is_over: bool
) -> None:
    link = Moderators(database, clock).new_link("Anna")
    clock.advance(-back)

    with pytest.raises(SignInLinkExpired) if is_over else nullcontext():
        SignIn(database, clock).moderator_of_link(link)


@pytest.mark.parametrize(("back", "is_due"), [(0, False), (3_600, False), (7_200, True)])
def test_a_digest_of_a_period_that_has_not_begun_is_sent(
    database: Database, clock: FakeClock, anna: int, back: float, is_due: bool
) -> None:
    session = SignIn(database, clock).by_provider(Moderators(database, clock).get("Anna"))
    preferences = DigestPreferences(database, clock)
    preferences.choose(session, DigestFrequency.HOURLY, "anna@paper.example")
    preferences.confirm(Moderators(database, clock).get("Anna").id, "anna@paper.example")
    clock.advance(3_600)
    first = list(DueDigests(database, clock).claim())
    clock.advance(-back)

    assert (len(first), bool(list(DueDigests(database, clock).claim()))) == (1, is_due)
