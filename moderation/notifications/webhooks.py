"""A webhook: an operator's own address, which is sent what becomes of comments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from moderation.comments import Actor, Status
from moderation.networks import is_this_machine
from moderation.pages.origins import host_of, web_address

MAX_URL = 2_000
TEST = "webhook.test"


class Event(StrEnum):
    """What a webhook can be sent of a comment."""

    PUBLISHED = "comment.published"
    FLAGGED = "comment.flagged"
    REJECTED = "comment.rejected"
    EDITED = "comment.edited"  # by its author: what was decided is decided again
    APPEALED = "comment.appealed"  # its author asks for another look
    ERASED = "comment.erased"  # by its author, a moderator or an operator
    DECIDED = "comment.decided"  # by a person, whatever it became


class InvalidWebhook(ValueError):
    """An address or an event that a webhook cannot have; the message says what is right."""


class WebhookNotFound(LookupError):
    """No webhook has this number, or the webhook no such delivery."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address, what it is sent, and how it does.

    Attributes:
        site: The name of the only site that it is sent events of; None for every site.
        failures: In a row.
        failing_since: When the first of these failures was.
        backoff_until: Nothing is sent to it before; long ago where it does not rest.
        problem: Why it fails, or why it was switched off.
    """

    id: int
    url: str
    site: str | None
    events: tuple[Event, ...]
    created_at: datetime
    active: bool
    failures: int
    failing_since: datetime | None
    backoff_until: datetime
    problem: str | None


_BECAME = {
    Status.APPROVED: Event.PUBLISHED,
    Status.FLAGGED: Event.FLAGGED,
    Status.REJECTED: Event.REJECTED,
    Status.PENDING: Event.EDITED,
    Status.ERASED: Event.ERASED,
}


def events_of(who: str, became: str) -> tuple[Event, ...]:
    """The events of a decision: what the comment became, and that a person decided so.

    Args:
        who: Made the decision, as it is kept: policy, moderator, author, operator.
        became: The status of the comment after it, as it is kept.

    Returns:
        None or more; a status that is no event of ours, as of a later version, has none.
    """
    if became not in _BECAME:
        return ()
    by_person = (Event.DECIDED,) if who == Actor.MODERATOR else ()
    return (_BECAME[Status(became)], *by_person)


def webhook_events(values: Iterable[str]) -> tuple[Event, ...]:
    """The events that were chosen, each once and in the order of Event.

    Args:
        values: As a form or a command gives them.

    Raises:
        InvalidWebhook: There is none, or one is unknown.
    """
    chosen = set(values)
    if not chosen or not chosen <= set(Event):
        sentence = f"a webhook is told at least one of {', '.join(Event)}"
        raise InvalidWebhook(sentence)
    return tuple(event for event in Event if event in chosen)


def webhook_url(value: str) -> str:
    """The address as browsers spell it. Where its name leads is checked at each delivery.

    Args:
        value: As a form or a command gives it.

    Raises:
        InvalidWebhook: It is no https address, or has a user name, a password or a fragment. On
            this machine http will do.
    """
    address = web_address(value.strip())
    if address is None or "#" in value or len(address.href) > MAX_URL:
        sentence = "give an https address without name, password and #, as https://example.org/hook"
        raise InvalidWebhook(sentence)
    if address.protocol != "https:" and not is_this_machine(host_of(address.href) or ""):
        sentence = "give an https address: what readers wrote must not cross a network in the clear"
        raise InvalidWebhook(sentence)
    return address.href
