"""What was told long ago is forgotten."""

import pytest

from moderation.storage.notifications import outbox as module
from moderation.storage.notifications.delivery_log import Sent
from moderation.storage.notifications.outbox import KEPT, Outbox
from moderation.storage.notifications.webhooks import Webhooks
from tests.support.clock import FakeClock
from tests.support.webhook_receiver import Receiver
from tests.support.webhooks import EVERY, Add, Tell


def test_what_is_over_and_done_is_forgotten(
    add: Add,
    clock: FakeClock,
    record: Sent,
    receiver: Receiver,
    tell: Tell,
    outbox: Outbox,
    hook: int,
) -> None:
    for _ in range(2):
        add()
    receiver.answers[:] = [204, 500]
    tell()
    clock.advance(KEPT.total_seconds())
    kept = outbox.prune()
    clock.advance(1)

    assert (kept, outbox.prune()) == (0, 1)
    assert [each.state for each in record.newest(hook)] == ["waiting"]


def test_what_waits_for_a_webhook_that_is_off_holds_up_no_forgetting(
    add: Add,
    clock: FakeClock,
    record: Sent,
    webhooks: Webhooks,
    receiver: Receiver,
    tell: Tell,
    outbox: Outbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PRUNED_AT_ONCE", 2)
    off, failing, well = (webhooks.add(receiver.url, EVERY)[0] for _ in range(3))
    for _ in range(2):
        add()
    receiver.answers[:] = [500, 500]
    tell()
    webhooks.switch(off, on=False)
    clock.advance(KEPT.total_seconds() + 1)
    record.send_again(off, record.newest(off)[0].id)

    assert [outbox.prune() for _ in range(3)] == [2, 1, 0]
    states = [[each.state for each in record.newest(number)] for number in (off, failing, well)]
    assert states == [["waiting"], ["waiting"] * 2, []]
