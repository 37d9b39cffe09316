"""Sends what is due to the webhooks: one delivery at a time to each, in order."""

import json
import threading
import time
from datetime import datetime
from threading import Event

import structlog

from moderation.clock import Clock
from moderation.notifications.deliveries import DeliveryOutcome, LeasedWebhook
from moderation.notifications.signing import SecretMismatch, signature
from moderation.storage.database.engine import DatabaseUnavailable
from moderation.storage.decisions.reasons import reason_as_json
from moderation.storage.notifications.delivery_queue import DeliveryQueue, DueDelivery
from moderation.storage.notifications.payload import DecisionPayload
from worker.notifications.checked_connection import ConnectionPolicy
from worker.notifications.http_post import Request, post
from worker.notifications.step_times import StepTimes

MAX_THREADS = 4  # webhooks that one process sends to at the same time
_TURN_SECONDS = 30.0  # then another webhook may have its turn

log = structlog.get_logger()


class WebhookSender:
    """Sends to the webhooks that it can lease, each in a thread of its own."""

    def __init__(self, queue: DeliveryQueue, policy: ConnectionPolicy, clock: Clock) -> None:
        self._queue = queue
        self._policy = policy
        self._clock = clock
        self._free_threads = threading.BoundedSemaphore(MAX_THREADS)
        self.stop = Event()
        self.step_times = StepTimes()

    def start(self) -> int:
        """Start a thread for each webhook that has something due, and return how many."""
        free = 0
        while free < MAX_THREADS and self._free_threads.acquire(blocking=False):
            free += 1
        leased = self._queue.lease(free) if free else []
        for webhook in leased:
            name = f"webhook-{webhook.id}"
            threading.Thread(target=self._turn, args=[webhook], name=name, daemon=True).start()
        for _ in range(free - len(leased)):
            self._free_threads.release()
        return len(leased)

    def finish(self, seconds: float) -> None:
        """Let each thread end after its present delivery; wait so many seconds for them."""
        self.stop.set()
        until = time.monotonic() + seconds
        for _ in range(MAX_THREADS):
            self._free_threads.acquire(timeout=max(0.0, until - time.monotonic()))

    def _turn(self, webhook: LeasedWebhook) -> None:
        self.step_times.begin_step()
        try:
            self.send_due(webhook)
        except DatabaseUnavailable as away:
            log.warning("database_away", cause=str(away))
        except Exception:  # its lease ends by itself; the others go on
            log.exception("webhook_turn_failed", webhook=webhook.id)
        finally:
            self.step_times.end()
            self._free_threads.release()

    def send_due(self, webhook: LeasedWebhook) -> int:
        """Send in order until one fails, none is due or the turn is over; return how many."""
        until, sent = time.monotonic() + _TURN_SECONDS, 0
        while not self.stop.is_set() and time.monotonic() < until:
            self.step_times.begin_step()
            delivery = self._queue.next_due(webhook)
            if delivery is None:
                break
            outcome = self._send(webhook, delivery)
            sent += 1
            log.info(
                "webhook_sent", webhook=webhook.id, delivery=delivery.id, status=outcome.status
            )
            if not self._queue.settle(webhook, delivery, outcome):
                break
        self._queue.release(webhook)
        return sent

    def _send(self, webhook: LeasedWebhook, delivery: DueDelivery) -> DeliveryOutcome:
        try:
            webhook.check_secret()
        except SecretMismatch as problem:
            return DeliveryOutcome(problem=str(problem))
        request = signed_request(webhook.url, webhook.secret, delivery, self._clock())
        return post(request, self._policy)


def signed_request(url: str, secret: str, delivery: DueDelivery, now: datetime) -> Request:
    """One attempt to send a delivery: it is signed anew, with the time of the attempt."""
    body, timestamp = as_body(delivery), int(now.timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Parley",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, delivery.message_id, timestamp, body),
    }
    return Request(url, body, headers)


def as_body(delivery: DueDelivery) -> bytes:
    """The JSON that is signed and sent: type, timestamp of the event, its fields."""
    payload = delivery.payload
    at = delivery.created_at if payload is None else payload.decided_at
    event = {"type": delivery.type, "timestamp": at.isoformat(), "data": _fields(payload)}
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def _fields(payload: DecisionPayload | None) -> dict[str, object]:
    if payload is None:
        return {"hello": "from Parley"}
    return {
        "id": payload.comment,
        "version": payload.version,
        "site": payload.site,
        "page": payload.page,
        "url": payload.url,
        "title": payload.title,
        "name": payload.name,
        "text": payload.text,
        "parent": payload.parent,
        "staff": payload.is_staff,
        "submitted_at": payload.submitted_at.isoformat(),
        "status": payload.status,
        "previous_status": payload.previous_status,
        "decided_by": payload.decided_by,
        "reasons": [reason_as_json(reason) for reason in payload.reasons],
        "scores": payload.scores,
        "name_scores": payload.name_scores,
        "model": payload.model,
    }
