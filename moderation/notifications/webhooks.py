"""A webhook: an operator's own address that is told what becomes of comments, and how it is signed.

The scheme is Standard Webhooks 1.0 (github.com/standard-webhooks), so that receivers verify with a
library that exists in their language.
"""

import base64
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from moderation.comments import Status, Who
from moderation.keys import derived
from moderation.networks import is_this_machine
from moderation.sites import origin_of

MAX_URL = 2_000
TEST = "webhook.test"
GIVEN_UP_AFTER = timedelta(days=3)  # of trying one delivery
OFF_AFTER = timedelta(days=5)  # without one delivery that arrived
_FIRST_REST = timedelta(seconds=5)
_LONGEST_REST = timedelta(hours=4)
_GROWTH = 3  # 5 s, 15 s, 45 s, ... 4 hours after eight failures


class Event(StrEnum):
    """What a webhook can be told of a comment."""

    PUBLISHED = "comment.published"
    FLAGGED = "comment.flagged"
    REJECTED = "comment.rejected"
    DECIDED = "comment.decided"  # by a person, whatever it became


class State(StrEnum):
    """Where a delivery is on its way."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"  # given up


class InvalidWebhook(ValueError):
    """An address or an event that a webhook cannot have; the sentence says what would do."""


class WebhookNotFound(LookupError):
    """No webhook has this number, or the webhook no such delivery."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address and what it is told. `site` None means every one; `problem` says why it fails."""

    id: int
    url: str
    site: str | None
    events: tuple[Event, ...]
    created_at: datetime
    active: bool
    failures: int  # in a row
    failing_since: datetime | None
    resting_until: datetime
    problem: str | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to a webhook. `comment` is a public id, None for a test."""

    id: int
    type: str
    comment: str | None
    state: State
    attempts: int
    created_at: datetime
    next_at: datetime
    last_at: datetime | None
    status: int | None  # of the last answer over HTTP
    problem: str | None


_BECAME = {
    Status.APPROVED: Event.PUBLISHED,
    Status.FLAGGED: Event.FLAGGED,
    Status.REJECTED: Event.REJECTED,
}


def events_of(who: str, became: str) -> tuple[Event, ...]:
    """What a decision is an event of: what the comment became, and that a person said so."""
    if became not in _BECAME:
        return ()
    by_person = (Event.DECIDED,) if who == Who.MODERATOR else ()
    return (_BECAME[Status(became)], *by_person)


def webhook_events(values: Iterable[str]) -> tuple[Event, ...]:
    """The events in their usual order without doubles, or InvalidWebhook."""
    given = set(values)
    if not given or not given <= set(Event):
        sentence = f"a webhook is told at least one of {', '.join(Event)}"
        raise InvalidWebhook(sentence)
    return tuple(event for event in Event if event in given)


def webhook_url(value: str) -> str:
    """The address as given, or InvalidWebhook. Where its name leads is asked at each delivery."""
    url = value.strip()
    is_plain = url.isascii() and url.isprintable() and "#" not in url
    if origin_of(url) is None or not is_plain or len(url) > MAX_URL:
        sentence = "give an https address without name, password and #, as https://example.org/hook"
        raise InvalidWebhook(sentence)
    if urlsplit(url).scheme != "https" and not is_this_machine(urlsplit(url).hostname or ""):
        sentence = "give an https address: what readers wrote must not cross a network in the clear"
        raise InvalidWebhook(sentence)
    return url


def secret_of(server_secret: bytes, salt: str) -> str:
    """What both sides know of a webhook.

    Derived, not stored: a stolen database signs nothing, and there is no key of encryption beside
    the server's secret to look after.
    """
    key = derived(server_secret, f"webhook:{salt}")
    return f"whsec_{base64.b64encode(key).decode()}"


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """The value of webhook-signature."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return f"v1,{base64.b64encode(hmac.digest(key, signed, 'sha256')).decode()}"


def rest_after(failures: int, share: float) -> timedelta:
    """How long to wait after so many failures; a random `share` of 0 to 1 spreads it by half."""
    growth: int = _GROWTH ** min(failures - 1, 20)
    longest = min(_FIRST_REST * growth, _LONGEST_REST)
    return longest * (1 + share) / 2
