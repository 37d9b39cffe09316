"""A webhook of an operator, and the courier that serves it."""

from functools import partial

import pytest

from moderation.accounts.moderators import EVERYTHING
from moderation.comments import Comment
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import Reviewed
from moderation.storage.notifications.delivery_log import Sent
from moderation.storage.notifications.delivery_queue import Deliveries
from moderation.storage.notifications.outbox import Outbox
from moderation.storage.notifications.webhooks import Webhooks
from moderation.storage.review.queue import ReviewQueue
from tests.support.clock import FakeClock
from tests.support.flagged_comments import add_scored, as_seen
from tests.support.webhook_receiver import Receiver
from tests.support.webhooks import EVERY, LOCAL, SECRET, Add, Decide, Tell
from worker.notifications.webhook_sender import Courier


@pytest.fixture
def webhooks(database: Database, clock: FakeClock, site: Site) -> Webhooks:
    return Webhooks(database, clock, SECRET)


@pytest.fixture
def record(database: Database, clock: FakeClock) -> Sent:
    return Sent(database, clock)


@pytest.fixture
def outbox(database: Database, clock: FakeClock) -> Outbox:
    return Outbox(database, clock)


@pytest.fixture
def deliveries(database: Database, clock: FakeClock) -> Deliveries:
    return Deliveries(database, clock, SECRET, chance=lambda: 1.0)


@pytest.fixture
def courier(deliveries: Deliveries, clock: FakeClock) -> Courier:
    return Courier(deliveries, LOCAL, clock)


@pytest.fixture
def add(database: Database, clock: FakeClock, site: Site) -> Add:
    """`add_scored` to this database."""
    return partial(add_scored, database, clock)


@pytest.fixture
def hook(webhooks: Webhooks, receiver: Receiver) -> int:
    """The number of a webhook that is told everything."""
    return webhooks.add(receiver.url, EVERY)[0]


@pytest.fixture
def tell(outbox: Outbox, deliveries: Deliveries, courier: Courier) -> Tell:
    """What the teller does each second, in this thread; returns how many were sent."""

    def tell() -> int:
        outbox.spread()
        return sum(courier.serve(held) for held in deliveries.hold(10))

    return tell


@pytest.fixture
def decide(database: Database, clock: FakeClock) -> Decide:
    """A moderator's decision about a comment as it was returned."""
    anna = Moderators(database, clock).add("Anna")
    queue = ReviewQueue(database, clock, EVERYTHING)

    def decide(comment: Comment, status: Reviewed) -> Comment:
        return queue.revise(as_seen(comment), status, moderator_id=anna.id)

    return decide
