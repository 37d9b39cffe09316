"""Who may send to a webhook, and for how long: one worker at a time, each in its turn."""

import threading
from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from threading import Event as Flag

import pytest

from moderation.notifications.deliveries import Outcome
from moderation.notifications.webhooks import Event
from moderation.storage.notifications.delivery_log import Sent
from moderation.storage.notifications.delivery_queue import LEASE, Deliveries
from moderation.storage.notifications.outbox import Outbox
from moderation.storage.notifications.webhooks import Webhooks
from tests.support.clock import FakeClock
from tests.support.concurrency import together
from tests.support.program import wait_until
from tests.support.webhook_receiver import Receiver
from tests.support.webhooks import EVERY, LOCAL, Add, Tell
from worker.notifications.webhook_sender import AT_ONCE, Courier


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
    deliveries: Deliveries,
) -> None:
    for _ in range(3):
        webhooks.add(receiver.url, EVERY)
    for text in map(str, range(20)):
        add(text=f"text {text}")

    def work() -> None:
        courier = Courier(deliveries, LOCAL, clock)
        for _ in range(5):
            outbox.spread()
            for held in deliveries.hold(1):
                courier.serve(held)

    assert together(*[work] * 4) == [None] * 4

    ids = [each.headers["webhook-id"] for each in receiver.received]
    assert (len(ids), len(set(ids))) == (60, 60)


@pytest.mark.usefixtures("hook")
def test_a_worker_that_died_is_relieved_when_its_lease_ends(
    add: Add,
    clock: FakeClock,
    receiver: Receiver,
    tell: Tell,
    outbox: Outbox,
    deliveries: Deliveries,
) -> None:
    add()
    outbox.spread()
    [held] = deliveries.hold(1)
    due = deliveries.next(held)
    assert due

    clock.advance(LEASE.total_seconds())
    early = tell()
    clock.advance(1)
    late = tell()

    assert (early, late) == (0, 1)
    assert deliveries.next(held) is None
    assert not deliveries.settle(held, due, Outcome(500, "it answered 500"))
    assert len(receiver.received) == 1


def test_switched_off_while_it_is_being_told_it_stays_off(
    add: Add, record: Sent, webhooks: Webhooks, receiver: Receiver, tell: Tell, hook: int
) -> None:
    receiver.answers[:] = [answering(lambda: webhooks.switch(hook, on=False))]
    for _ in range(2):
        add()

    assert tell() == 1
    assert not webhooks.get(hook).active
    assert [each.state for each in record.newest(hook)] == ["waiting", "delivered"]


def test_removed_while_it_is_being_told_it_is_gone(
    add: Add, record: Sent, webhooks: Webhooks, receiver: Receiver, tell: Tell, hook: int
) -> None:
    receiver.answers[:] = [answering(lambda: webhooks.remove(hook))]
    for _ in range(2):
        add()

    assert tell() == 1
    assert (webhooks.all(), record.newest(hook)) == ([], [])


@pytest.fixture
def due(webhooks: Webhooks, record: Sent, receiver: Receiver) -> None:
    """One more webhook than are told at the same time, with a test due to each."""
    for _ in range(AT_ONCE + 1):
        number, _secret = webhooks.add(receiver.url, [Event.FLAGGED])
        record.send_test(number)


@pytest.mark.usefixtures("due")
def test_only_so_many_are_told_at_the_same_time(courier: Courier, receiver: Receiver) -> None:
    go = Flag()
    receiver.answers[:] = [answering(lambda: go.wait(20))] * AT_ONCE

    began = [courier.start(), courier.start()]
    go.set()
    wait_until(lambda: courier.start() == 1)
    wait_until(lambda: len(receiver.received) == AT_ONCE + 1)
    courier.finish(20)

    assert began == [AT_ONCE, 0]


@pytest.mark.usefixtures("due")
def test_a_turn_that_breaks_gives_its_place_back(
    deliveries: Deliveries, clock: FakeClock, receiver: Receiver
) -> None:
    broken = Flag()
    broken.set()

    def time() -> datetime:
        if broken.is_set():
            raise ValueError
        return clock()

    courier = Courier(deliveries, LOCAL, time)
    began = [courier.start()]
    wait_until(lambda: not turns())
    broken.clear()
    clock.advance(LEASE.total_seconds() + 1)
    began.append(courier.start())
    wait_until(lambda: len(receiver.received) == AT_ONCE)
    courier.finish(20)

    assert began == [AT_ONCE, AT_ONCE]


def turns() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name.startswith("webhook-")]
