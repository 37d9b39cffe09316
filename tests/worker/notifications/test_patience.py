"""What becomes of deliveries, and of their webhook, when they do not arrive."""

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest

from moderation.notifications.deliveries import GIVE_UP_AFTER, SWITCH_OFF_AFTER, DeliveryState
from moderation.storage.notifications.delivery_log import DeliveryLog
from moderation.storage.notifications.webhooks import Webhooks
from tests.support.clock import FakeClock
from tests.support.webhook_receiver import Receiver
from tests.support.webhooks import Add, SendDue, received_events

Answer = Callable[[BaseHTTPRequestHandler], None]


def busy(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(429)
    handler.send_header("Retry-After", "600")
    handler.end_headers()


# One that fails holds up the next; one that is refused does not, but who refuses everything rests
# as well; and who asks for time gets it.
@pytest.mark.parametrize(
    ("answers", "texts", "sent"),
    [
        ([500, 503], "ab", [(0, "a"), (4, ""), (1, "a"), (14, ""), (1, "ab")]),
        ([422], "ab", [(0, "ab"), (4, ""), (1, "a")]),
        ([404] * 9, "abcdefghi", [(0, "abc"), (44, ""), (1, "a")]),
        ([busy], "a", [(0, "a"), (599, ""), (1, "a")]),
    ],
)
@pytest.mark.usefixtures("hook")
def test_after_a_failure_there_is_a_rest(
    add: Add,
    clock: FakeClock,
    receiver: Receiver,
    send_due: SendDue,
    answers: list[int | Answer],
    texts: str,
    sent: list[tuple[float, str]],
) -> None:
    """`sent` has the seconds since the time before, and what is sent then."""
    receiver.answers[:] = answers
    for text in texts:
        add(text=text)

    for seconds, now in sent:
        clock.advance(seconds)
        receiver.received.clear()
        assert send_due() == len(now)
        assert "".join(text for _, text in received_events(receiver)) == now


def test_what_fails_is_sent_again_with_the_same_id_and_signed_anew(
    add: Add,
    clock: FakeClock,
    delivery_log: DeliveryLog,
    webhooks: Webhooks,
    receiver: Receiver,
    send_due: SendDue,
    hook: int,
) -> None:
    receiver.answers[:] = [500, 503]
    for text in ("first", "second"):
        add(text=text)

    for seconds in (0, 5, 15):
        clock.advance(seconds)
        send_due()

    assert len({request.headers["webhook-id"] for request in receiver.received}) == 2
    stamps = [int(request.headers["webhook-timestamp"]) for request in receiver.received]
    assert [stamp - stamps[0] for stamp in stamps] == [0, 5, 20, 20]
    assert [delivery.attempts for delivery in delivery_log.newest(hook)] == [1, 3]
    assert webhooks.get(hook).failing_since is None


def test_a_delivery_is_given_up_after_days_and_can_be_sent_again(
    add: Add,
    clock: FakeClock,
    delivery_log: DeliveryLog,
    receiver: Receiver,
    send_due: SendDue,
    hook: int,
) -> None:
    receiver.answers[:] = [500, 500]
    add()
    send_due()
    clock.advance(GIVE_UP_AFTER.total_seconds())
    send_due()

    [failed] = delivery_log.newest(hook)
    clock.advance(86_400)
    nothing = send_due()
    delivery_log.send_again(hook, failed.id)

    assert (failed.state, failed.problem, nothing) == (DeliveryState.FAILED, "it answered 500", 0)
    assert send_due() == 1
    assert delivery_log.newest(hook)[0].state is DeliveryState.DELIVERED


def test_a_webhook_is_switched_off_after_days_of_failure_and_on_again(
    add: Add, clock: FakeClock, webhooks: Webhooks, receiver: Receiver, send_due: SendDue, hook: int
) -> None:
    receiver.answers[:] = [500] * 99
    for _ in range(SWITCH_OFF_AFTER.days + 1):
        add()
        send_due()
        clock.advance(86_400)

    off = webhooks.get(hook)
    assert not off.active
    assert off.problem == (
        "switched off: nothing arrived since 2026-01-31; at last it answered 500"
    )
    add(text="decided meanwhile")
    receiver.answers.clear()
    receiver.received.clear()
    webhooks.switch(hook, on=True)
    add(text="decided later")
    send_due()
    assert webhooks.get(hook).problem is None
    texts = [text for _, text in received_events(receiver)]
    assert texts[-1] == "decided later"
    assert "decided meanwhile" not in texts


def test_gone_means_never_again(
    add: Add, webhooks: Webhooks, receiver: Receiver, send_due: SendDue, hook: int
) -> None:
    receiver.answers[:] = [410]
    for _ in range(2):
        add()

    assert send_due() == 1
    off = webhooks.get(hook)
    assert (off.active, off.problem) == (
        False,
        "switched off: it answered 410 Gone, which means never again",
    )
