"""A webhook: an operator's own address that is sent what becomes of comments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from moderation.comments import Status, Who
from moderation.networks import is_loopback_name
from moderation.sites import origin_of

MAX_URL = 2_000
TEST = "webhook.test"


class Event(StrEnum):
    """What a webhook can be told of a comment."""

    PUBLISHED = "comment.published"
    FLAGGED = "comment.flagged"
    REJECTED = "comment.rejected"
    DECIDED = "comment.decided"  # by a person, whatever it became


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
    if urlsplit(url).scheme != "https" and not is_loopback_name(urlsplit(url).hostname or ""):
        sentence = "give an https address: what readers wrote must not cross a network in the clear"
        raise InvalidWebhook(sentence)
    return url
