"""Carries what is due to the webhooks: one at a time to each, in order."""

import json
import threading
import time
from threading import Event

import structlog

from moderation.clock import Clock
from moderation.notifications.deliveries import Held, OtherSecret, Outcome
from moderation.notifications.webhooks import signature
from moderation.storage.database.engine import DatabaseAway
from moderation.storage.notifications.delivery_queue import Deliveries, Due
from moderation.storage.notifications.payload import Told
from worker.notifications.checked_connection import Way
from worker.notifications.http_post import post

AT_ONCE = 4  # webhooks a worker sends to at the same time
_TURN_SECONDS = 30.0  # then another webhook may have its turn

log = structlog.get_logger()


class Courier:
    """Sends for the webhooks it can get hold of, each in a thread of its own."""

    def __init__(self, deliveries: Deliveries, way: Way, clock: Clock) -> None:
        self._deliveries = deliveries
        self._way = way
        self._clock = clock
        self._busy = threading.BoundedSemaphore(AT_ONCE)
        self.stop = Event()

    def start(self) -> int:
        """Begin a turn for each webhook that has something due; returns how many."""
        free = 0
        while free < AT_ONCE and self._busy.acquire(blocking=False):
            free += 1
        held = self._deliveries.hold(free) if free else []
        for each in held:
            name = f"webhook-{each.id}"
            threading.Thread(target=self._turn, args=[each], name=name, daemon=True).start()
        for _ in range(free - len(held)):
            self._busy.release()
        return len(held)

    def finish(self, seconds: float) -> None:
        """Let turns end after the delivery at hand, and wait for them a while."""
        self.stop.set()
        until = time.monotonic() + seconds
        for _ in range(AT_ONCE):
            self._busy.acquire(timeout=max(0.0, until - time.monotonic()))

    def _turn(self, held: Held) -> None:
        try:
            self.serve(held)
        except DatabaseAway as away:
            log.warning("database_away", cause=str(away))
        except Exception:  # its lease ends by itself; the others go on
            log.exception("webhook_turn_failed", webhook=held.id)
        finally:
            self._busy.release()

    def serve(self, held: Held) -> int:
        """Send what is due to one webhook until it fails, is done or had its turn."""
        until, sent = time.monotonic() + _TURN_SECONDS, 0
        while not self.stop.is_set() and time.monotonic() < until:
            due = self._deliveries.next(held)
            if due is None:
                break
            outcome = self._outcome(held, due)
            sent += 1
            log.info("webhook_sent", webhook=held.id, delivery=due.id, status=outcome.status)
            if not self._deliveries.settle(held, due, outcome):
                break
        self._deliveries.release(held)
        return sent

    def _outcome(self, held: Held, due: Due) -> Outcome:
        try:
            held.check_secret()
        except OtherSecret as problem:
            return Outcome(problem=str(problem))
        return send(held.url, held.secret, due, self._way, self._clock)


def send(url: str, secret: str, due: Due, way: Way, clock: Clock) -> Outcome:
    """Send one delivery, signed anew: its timestamp is that of the attempt."""
    body, timestamp = as_body(due), int(clock().timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Parley",
        "webhook-id": due.message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, due.message_id, timestamp, body),
    }
    return post(url, body, headers, way)


def as_body(due: Due) -> bytes:
    """The JSON that is signed and sent: type, timestamp of the event, its fields."""
    at = due.created_at if due.told is None else due.told.decided_at
    whole = {"type": due.type, "timestamp": at.isoformat(), "data": _fields(due.told)}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _fields(told: Told | None) -> dict[str, object]:
    if told is None:
        return {"hello": "from Parley"}
    return {
        "id": told.comment,
        "version": told.version,
        "site": told.site,
        "page": told.page,
        "url": told.url,
        "title": told.title,
        "name": told.name,
        "text": told.text,
        "parent": told.parent,
        "submitted_at": told.submitted_at.isoformat(),
        "status": told.status,
        "previous_status": told.before,
        "decided_by": told.decided_by,
        "reasons": list(told.reasons),
        "scores": told.scores,
        "model": told.model,
    }
