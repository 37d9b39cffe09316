"""Who may send to a webhook, and for how long: one worker at a time, each in its turn."""

import threading
from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from threading import Event as Flag

import pytest

from moderation.notifications.deliveries import DeliveryOutcome
from moderation.notifications.webhooks import Event
from moderation.storage.notifications.delivery_log import DeliveryLog
from moderation.storage.notifications.delivery_queue import LEASE, DeliveryQueue
from moderation.storage.notifications.outbox import Outbox
from moderation.storage.notifications.webhooks import Webhooks
from tests.support.clock import FakeClock
from tests.support.concurrency import together
from tests.support.program import wait_until
from tests.support.webhook_receiver import Receiver
from tests.support.webhooks import EVERY, LOCAL, Add, SendDue
from worker.notifications.webhook_sender import MAX_THREADS, WebhookSender


def answering(meanwhile: Callable[[], object]) -> Callable[[BaseHTTPRequestHandler], None]:
    """A receiver's answer, before which something else happens."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        meanwhile()
        handler.send_response(204)
        handler.end_headers()

    return answer


def test_many_workers_tell_each_event_once(
    add: Add,
    clock: FakeClock,
    webhooks: Webhooks,
    receiver: Receiver,
    outbox: Outbox,
    delivery_queue: DeliveryQueue,
) -> None:
    for _ in range(3):
        webhooks.add(receiver.url, EVERY)
    for text in map(str, range(20)):
        add(text=f"text {text}")

    def work() -> None:
        webhook_sender = WebhookSender(delivery_queue, LOCAL, clock)
        for _ in range(5):
            outbox.fan_out()
            for webhook in delivery_queue.lease(1):
                webhook_sender.send_due(webhook)

    assert together(*[work] * 4) == [None] * 4

    ids = [request.headers["webhook-id"] for request in receiver.received]
    assert (len(ids), len(set(ids))) == (60, 60)


@pytest.mark.usefixtures("hook")
def test_a_worker_that_died_is_relieved_when_its_lease_ends(
    add: Add,
    clock: FakeClock,
    receiver: Receiver,
    send_due: SendDue,
    outbox: Outbox,
    delivery_queue: DeliveryQueue,
) -> None:
    add()
    outbox.fan_out()
    [webhook] = delivery_queue.lease(1)
    due = delivery_queue.next_due(webhook)
    assert due

    clock.advance(LEASE.total_seconds() - 1)
    early = send_due()
    clock.advance(1)
    late = send_due()

    assert (early, late) == (0, 1)
    assert delivery_queue.next_due(webhook) is None
    assert not delivery_queue.settle(webhook, due, DeliveryOutcome(500, "it answered 500"))
    assert len(receiver.received) == 1


def test_switched_off_while_it_is_being_told_it_stays_off(
    add: Add,
    delivery_log: DeliveryLog,
    webhooks: Webhooks,
    receiver: Receiver,
    send_due: SendDue,
    hook: int,
) -> None:
    receiver.answers[:] = [answering(lambda: webhooks.switch(hook, on=False))]
    for _ in range(2):
        add()

    assert send_due() == 1
    assert not webhooks.get(hook).active
    assert [delivery.state for delivery in delivery_log.newest(hook)] == ["waiting", "delivered"]


def test_removed_while_it_is_being_told_it_is_gone(
    add: Add,
    delivery_log: DeliveryLog,
    webhooks: Webhooks,
    receiver: Receiver,
    send_due: SendDue,
    hook: int,
) -> None:
    receiver.answers[:] = [answering(lambda: webhooks.remove(hook))]
    for _ in range(2):
        add()

    assert send_due() == 1
    assert (webhooks.all(), delivery_log.newest(hook)) == ([], [])


@pytest.fixture
def due(webhooks: Webhooks, delivery_log: DeliveryLog, receiver: Receiver) -> None:
    """One more webhook than are told at the same time, with a test due to each."""
    for _ in range(MAX_THREADS + 1):
        number, _secret = webhooks.add(receiver.url, [Event.FLAGGED])
        delivery_log.send_test(number)


@pytest.mark.usefixtures("due")
def test_only_so_many_are_told_at_the_same_time(
    webhook_sender: WebhookSender, receiver: Receiver
) -> None:
    go = Flag()
    receiver.answers[:] = [answering(lambda: go.wait(60))] * MAX_THREADS

    began = [webhook_sender.start(), webhook_sender.start()]
    go.set()
    wait_until(lambda: webhook_sender.start() == 1)
    wait_until(lambda: len(receiver.received) == MAX_THREADS + 1)
    webhook_sender.finish(20)

    assert began == [MAX_THREADS, 0]


@pytest.mark.usefixtures("due")
def test_a_turn_that_breaks_gives_its_place_back(
    delivery_queue: DeliveryQueue, clock: FakeClock, receiver: Receiver
) -> None:
    broken = Flag()
    broken.set()

    def time() -> datetime:
        if broken.is_set():
            raise ValueError
        return clock()

    webhook_sender = WebhookSender(delivery_queue, LOCAL, time)
    began = [webhook_sender.start()]
    wait_until(lambda: not turns())
    broken.clear()
    clock.advance(LEASE.total_seconds() + 1)
    began.append(webhook_sender.start())
    wait_until(lambda: len(receiver.received) == MAX_THREADS)
    webhook_sender.finish(20)

    assert began == [MAX_THREADS, MAX_THREADS]


def turns() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("webhook-")]
