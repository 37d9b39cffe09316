"""What was sent long ago is forgotten."""

import pytest

from moderation.storage.notifications import outbox as module
from moderation.storage.notifications.delivery_log import DeliveryLog
from moderation.storage.notifications.outbox import RETENTION, Outbox
from moderation.storage.notifications.webhooks import Webhooks
from tests.support.clock import FakeClock
from tests.support.webhook_receiver import Receiver, receiving
from tests.support.webhooks import EVERY, Add, SendDue


def test_what_is_over_and_done_is_forgotten(
    add: Add,
    clock: FakeClock,
    delivery_log: DeliveryLog,
    receiver: Receiver,
    send_due: SendDue,
    outbox: Outbox,
    hook: int,
) -> None:
    for _ in range(2):
        add()
    receiver.answers[:] = [204, 500]
    send_due()
    clock.advance(RETENTION.total_seconds())
    kept = outbox.prune()
    clock.advance(1)

    assert (kept, outbox.prune()) == (0, 1)
    assert states_of(delivery_log, hook) == ["waiting"]


def test_what_waits_for_a_webhook_that_is_off_holds_up_no_forgetting(
    add: Add,
    clock: FakeClock,
    delivery_log: DeliveryLog,
    webhooks: Webhooks,
    receiver: Receiver,
    send_due: SendDue,
    outbox: Outbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PRUNE_BATCH", 2)
    with receiving() as broken:  # all are told at once
        broken.answers[:] = [500, 500]
        urls = (broken.url, broken.url, receiver.url)
        off, failing, well = (webhooks.add(url, EVERY)[0] for url in urls)
        for _ in range(2):
            add()
        send_due()
    webhooks.switch(off, on=False)
    clock.advance(RETENTION.total_seconds() + 1)
    delivery_log.send_again(off, delivery_log.newest(off)[0].id)

    assert [outbox.prune() for _ in range(3)] == [2, 1, 0]
    states = [states_of(delivery_log, number) for number in (off, failing, well)]
    assert states == [["waiting"], ["waiting"] * 2, []]


def states_of(delivery_log: DeliveryLog, number: int) -> list[str]:
    return [delivery.state for delivery in delivery_log.newest(number)]
