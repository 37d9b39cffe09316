"""Deliveries to a webhook: what came of one, when it is tried again, and when that ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from moderation.notifications.signing import check_webhook_secret

GIVE_UP_AFTER = timedelta(days=3)  # of trying one delivery
SWITCH_OFF_AFTER = timedelta(days=5)  # without one delivery that arrived
_MAX_REFUSALS = 3  # in a row: then they are the webhook's fault, and not the deliveries'
_FIRST_BACKOFF = timedelta(seconds=5)
MAX_DELAY = timedelta(hours=4)  # of a webhook or a delivery, after a failure
_GROWTH = 3  # 5 s, 15 s, 45 s, ... 4 hours after eight failures


class DeliveryState(StrEnum):
    """Where a delivery is on its way."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"  # given up


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to a webhook, as admins see it.

    Attributes:
        comment: The public id; None for a test.
        status: The HTTP status of the last answer; None where there was none.
        problem: Why the last attempt failed.
    """

    id: int
    type: str
    comment: str | None
    state: DeliveryState
    attempts: int
    created_at: datetime
    next_attempt_at: datetime
    last_attempt_at: datetime | None
    status: int | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class LeasedWebhook:
    """A webhook that one process sends to until its lease ends.

    Attributes:
        token: Proves the lease: what its holder writes counts, and no other's.
        secret: Signs what is sent.
        secret_hash: Of the secret that its owner was shown.
    """

    id: int
    url: str
    token: str
    secret: str
    secret_hash: str

    def check_secret(self) -> None:
        """Check that the owner can verify what would be sent.

        Raises:
            SecretMismatch: The owner was shown another secret.
        """
        check_webhook_secret(self.secret, self.secret_hash, who="the worker")


@dataclass(frozen=True, slots=True)
class DeliveryOutcome:
    """What came of one attempt to send.

    Attributes:
        status: The HTTP status of the answer; None where there was none.
        problem: Why it did not arrive, in words for the webhook's owner; None where it did.
        delivery_specific: The fault may be this delivery's alone: the next may arrive.
        gone: The address wants nothing ever again.
        retry_after: The least time that the address asks to be left alone for.
    """

    status: int | None = None
    problem: str | None = None
    delivery_specific: bool = False
    gone: bool = False
    retry_after: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to send: its outcome, when it was, and a random `jitter` from 0 to 1."""

    outcome: DeliveryOutcome
    at: datetime
    jitter: float


@dataclass(frozen=True, slots=True)
class WebhookHealth:
    """What the attempts so far say of a webhook; by default that nothing is wrong.

    Attributes:
        active: Whether anything is sent to it.
        failures: In a row.
        failing_since: When the first of these failures was.
        backoff_until: Nothing is sent to it before; None where it does not rest.
        problem: Why it fails, or why it was switched off.
    """

    active: bool = True
    failures: int = 0
    failing_since: datetime | None = None
    backoff_until: datetime | None = None
    problem: str | None = None

    @property
    def may_send(self) -> bool:
        """Whether the next delivery may be sent at once."""
        return self.active and self.backoff_until is None


@dataclass(frozen=True, slots=True)
class DeliveryProgress:
    """Where an attempt leaves a delivery. `next_attempt_at`: when it may be sent again."""

    state: DeliveryState
    attempts: int
    next_attempt_at: datetime


def backoff(failures: int, jitter: float) -> timedelta:
    """How long to wait after failures in a row: from 5 seconds, three times more each, to 4 hours.

    Args:
        failures: At least 1.
        jitter: Random, from 0 to 1: it takes off up to a half, so that retries spread.
    """
    growth: int = _GROWTH ** min(failures - 1, 20)
    longest = min(_FIRST_BACKOFF * growth, MAX_DELAY)
    return longest * (1 + jitter) / 2


def health_after(health: WebhookHealth, attempt: Attempt) -> WebhookHealth:
    """The health of a webhook after one more attempt.

    It rests after each failure, but after one that may be the delivery's own only from the third
    in a row on. It is switched off when nothing arrived for days, or when the address is gone.
    What was switched off during the attempt stays as it is.
    """
    outcome = attempt.outcome
    if not health.active:
        return health
    if outcome.problem is None:
        return WebhookHealth()
    failures, since = health.failures + 1, health.failing_since or attempt.at
    is_off = outcome.gone or attempt.at - since >= SWITCH_OFF_AFTER
    rests = not outcome.delivery_specific or failures >= _MAX_REFUSALS
    return WebhookHealth(
        active=not is_off,
        failures=failures,
        failing_since=since,
        backoff_until=attempt.at + _delay(failures, attempt) if rests else None,
        problem=_why_off(outcome, since) if is_off else outcome.problem,
    )


def progress_after(attempts: int, give_up_at: datetime, attempt: Attempt) -> DeliveryProgress:
    """Where one more attempt leaves a delivery.

    Args:
        attempts: How many there were before.
        give_up_at: From then on a failure is the last.
        attempt: The attempt.
    """
    outcome = attempt.outcome
    state = DeliveryState.WAITING
    if outcome.problem is None:
        state = DeliveryState.DELIVERED
    elif attempt.at >= give_up_at:
        state = DeliveryState.FAILED
    # Otherwise it is due as soon as the webhook's own rest is over: so the order stays.
    waits = outcome.delivery_specific and state is DeliveryState.WAITING
    delay = _delay(attempts + 1, attempt) if waits else timedelta()
    return DeliveryProgress(state, attempts + 1, attempt.at + delay)


def _delay(failures: int, attempt: Attempt) -> timedelta:
    return max(backoff(failures, attempt.jitter), attempt.outcome.retry_after)


def _why_off(outcome: DeliveryOutcome, since: datetime) -> str:
    if outcome.gone:
        return "switched off: it answered 410 Gone, which means never again"
    return f"switched off: nothing arrived since {since:%Y-%m-%d}; at last {outcome.problem}"
