"""A thread that does not come on is seen."""

import threading
import time
from http.server import BaseHTTPRequestHandler

import pytest

from moderation.storage.notifications.delivery_log import DeliveryLog
from tests.support.program import wait_until
from tests.support.webhook_receiver import Receiver
from worker.notifications import main as module
from worker.notifications.main import hangs
from worker.notifications.step_times import StepTimes
from worker.notifications.webhook_sender import WebhookSender


def test_the_longest_of_all_present_steps_counts() -> None:
    steps, other_has_begun, other_may_end = StepTimes(), threading.Event(), threading.Event()

    def other() -> None:
        steps.begin_step()
        other_has_begun.set()
        other_may_end.wait()
        steps.end()

    thread = threading.Thread(target=other)
    thread.start()
    other_has_begun.wait()
    while_other_runs = steps.longest(time.monotonic() + 100)
    other_may_end.set()
    thread.join()

    assert while_other_runs >= 100
    assert steps.longest(time.monotonic() + 100) == 0


def test_a_sending_thread_is_in_a_step_until_its_turn_ends(
    hook: int, delivery_log: DeliveryLog, webhook_sender: WebhookSender, receiver: Receiver
) -> None:
    steps = webhook_sender.step_times
    lasting: list[float] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        lasting.append(steps.longest(time.monotonic() + 100))
        handler.send_response(204)
        handler.end_headers()

    receiver.answers.append(answer)
    delivery_log.send_test(hook)

    webhook_sender.start()
    wait_until(lambda: lasting and steps.longest(time.monotonic() + 100) == 0)

    assert lasting[0] >= 100


def test_a_sender_whose_thread_does_not_come_on_hangs(
    webhook_sender: WebhookSender, monkeypatch: pytest.MonkeyPatch
) -> None:
    webhook_sender.step_times.begin_step()
    before = hangs(webhook_sender)

    monkeypatch.setattr(module, "_STEP_SECONDS", -1.0)

    assert (before, hangs(webhook_sender)) == (False, True)
