"""A webhook of an operator, and what sends to it."""

from functools import partial

import pytest

from moderation.accounts.moderators import ALL_SITES
from moderation.comments import Comment
from moderation.sites import Site
from moderation.storage.accounts.moderators import Moderators
from moderation.storage.database.engine import Database
from moderation.storage.decisions.moderator_decisions import ReviewStatus
from moderation.storage.notifications.delivery_log import DeliveryLog
from moderation.storage.notifications.delivery_queue import DeliveryQueue
from moderation.storage.notifications.outbox import Outbox
from moderation.storage.notifications.webhooks import Webhooks
from moderation.storage.review.queue import ReviewQueue
from tests.support.clock import FakeClock
from tests.support.flagged_comments import add_scored, as_seen
from tests.support.webhook_receiver import Receiver
from tests.support.webhooks import EVERY, LOCAL, SECRET, Add, Decide, SendDue
from worker.notifications.webhook_sender import WebhookSender


@pytest.fixture
def webhooks(database: Database, clock: FakeClock, site: Site) -> Webhooks:
    return Webhooks(database, clock, SECRET)


@pytest.fixture
def delivery_log(database: Database, clock: FakeClock) -> DeliveryLog:
    return DeliveryLog(database, clock)


@pytest.fixture
def outbox(database: Database, clock: FakeClock) -> Outbox:
    return Outbox(database, clock)


@pytest.fixture
def delivery_queue(database: Database, clock: FakeClock) -> DeliveryQueue:
    return DeliveryQueue(database, clock, SECRET, jitter=lambda: 1.0)


@pytest.fixture
def webhook_sender(delivery_queue: DeliveryQueue, clock: FakeClock) -> WebhookSender:
    return WebhookSender(delivery_queue, LOCAL, clock)


@pytest.fixture
def add(database: Database, clock: FakeClock, site: Site) -> Add:
    """`add_scored` to this database."""
    return partial(add_scored, database, clock)


@pytest.fixture
def hook(webhooks: Webhooks, receiver: Receiver) -> int:
    """The number of a webhook for every event."""
    return webhooks.add(receiver.url, EVERY)[0]


@pytest.fixture
def send_due(
    outbox: Outbox, delivery_queue: DeliveryQueue, webhook_sender: WebhookSender
) -> SendDue:
    """Do in this thread what the process does each second; returns how many were sent."""

    def send_due() -> int:
        outbox.fan_out()
        return sum(webhook_sender.send_due(webhook) for webhook in delivery_queue.lease(10))

    return send_due


@pytest.fixture
def decide(database: Database, clock: FakeClock) -> Decide:
    """A moderator's decision about a comment as it was returned."""
    anna = Moderators(database, clock).add("Anna")
    queue = ReviewQueue(database, clock, ALL_SITES)

    def decide(comment: Comment, status: ReviewStatus) -> Comment:
        return queue.decide(as_seen(comment), status, moderator_id=anna.id)

    return decide
