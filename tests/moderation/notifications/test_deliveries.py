"""When a delivery is tried again, when that ends, and when its webhook is switched off."""

from datetime import datetime, timedelta

import pytest

from moderation.notifications.deliveries import (
    GIVE_UP_AFTER,
    SWITCH_OFF_AFTER,
    Attempt,
    DeliveryOutcome,
    DeliveryProgress,
    DeliveryState,
    WebhookHealth,
    backoff,
    health_after,
    progress_after,
)
from tests.support.clock import START

ARRIVED = DeliveryOutcome(204)
DOWN = DeliveryOutcome(500, "it answered 500")
REFUSED = DeliveryOutcome(422, "it answered 422", delivery_specific=True)
GONE = DeliveryOutcome(410, "it answered 410 Gone", gone=True)
BUSY = DeliveryOutcome(429, "it answered 429", retry_after=timedelta(minutes=10))
MOMENT = timedelta(microseconds=1)


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("failures", "least", "most"),
    [(1, 2.5, 5), (2, 7.5, 15), (3, 22.5, 45), (8, 5467.5, 10935), (9, 7200, 14400)],
)
def test_the_back_off_grows_to_four_hours(failures: int, least: float, most: float) -> None:
    assert backoff(failures, 0) == timedelta(seconds=least)
    assert backoff(failures, 1) == timedelta(seconds=most)
    assert backoff(failures + 1000, 1) <= timedelta(hours=4)


@pytest.mark.parametrize(
    ("failures", "outcome", "seconds"),
    [
        (0, DOWN, 5),
        (1, DOWN, 15),
        (0, REFUSED, None),
        (1, REFUSED, None),
        (2, REFUSED, 45),
        (0, BUSY, 600),
        (5, BUSY, 1215),  # its own back-off is longer
    ],
)
def test_after_a_failure_a_webhook_rests(
    failures: int, outcome: DeliveryOutcome, seconds: float | None
) -> None:
    before = WebhookHealth(failures=failures, failing_since=START if failures else None)

    health = health_after(before, Attempt(outcome, START, jitter=1.0))

    assert health == WebhookHealth(
        failures=failures + 1,
        failing_since=START,
        backoff_until=None if seconds is None else after(seconds),
        problem=outcome.problem,
    )
    assert health.may_send is (seconds is None)


def test_one_that_arrives_makes_up_for_every_failure() -> None:
    failing = WebhookHealth(True, 7, START, after(100), "it answered 500")

    health = health_after(failing, Attempt(ARRIVED, after(101), jitter=0.5))

    assert health == WebhookHealth()
    assert health.may_send


@pytest.mark.parametrize(
    ("outcome", "failing_for", "problem"),
    [
        (DOWN, SWITCH_OFF_AFTER - MOMENT, None),
        (DOWN, SWITCH_OFF_AFTER, "nothing arrived since 2026-01-31; at last it answered 500"),
        (REFUSED, SWITCH_OFF_AFTER, "nothing arrived since 2026-01-31; at last it answered 422"),
        (GONE, timedelta(), "it answered 410 Gone, which means never again"),
    ],
)
def test_a_webhook_is_switched_off_after_days_of_failure_or_when_it_is_gone(
    outcome: DeliveryOutcome, failing_for: timedelta, problem: str | None
) -> None:
    failing = WebhookHealth(failures=1, failing_since=START)

    health = health_after(failing, Attempt(outcome, START + failing_for, jitter=1.0))

    assert health.active is (problem is None)
    assert health.problem == (outcome.problem if problem is None else f"switched off: {problem}")
    assert not health.may_send


@pytest.mark.parametrize("outcome", [ARRIVED, DOWN, REFUSED, GONE, BUSY])
def test_what_was_switched_off_during_an_attempt_stays_as_it_is(outcome: DeliveryOutcome) -> None:
    off = WebhookHealth(False, 2, START, after(45), "switched off by an admin")

    assert health_after(off, Attempt(outcome, after(50), jitter=0.5)) == off
    assert not off.may_send


@pytest.mark.parametrize(
    ("outcome", "tried_for", "state", "seconds"),
    [
        (ARRIVED, timedelta(), DeliveryState.DELIVERED, 0),
        (ARRIVED, GIVE_UP_AFTER, DeliveryState.DELIVERED, 0),
        # It waits for its webhook, so that the order stays.
        (DOWN, timedelta(), DeliveryState.WAITING, 0),
        (BUSY, timedelta(), DeliveryState.WAITING, 0),
        # It alone may be at fault: it waits, and the next is sent.
        (REFUSED, timedelta(), DeliveryState.WAITING, 45),
        (DOWN, GIVE_UP_AFTER - MOMENT, DeliveryState.WAITING, 0),
        (DOWN, GIVE_UP_AFTER, DeliveryState.FAILED, 0),
        (REFUSED, GIVE_UP_AFTER, DeliveryState.FAILED, 0),
    ],
)
def test_an_attempt_leaves_a_delivery_arrived_waiting_or_given_up(
    outcome: DeliveryOutcome, tried_for: timedelta, state: DeliveryState, seconds: float
) -> None:
    now = START + tried_for

    progress = progress_after(2, START + GIVE_UP_AFTER, Attempt(outcome, now, jitter=1.0))

    assert progress == DeliveryProgress(state, 3, now + timedelta(seconds=seconds))
