"""Sending to a webhook: who holds it, and what came of it."""

from dataclasses import dataclass
from datetime import timedelta

from moderation.keys import hash_secret


class SecretMismatch(ValueError):
    """This server's secret is not the one that the webhook was made with."""


@dataclass(frozen=True, slots=True)
class LeasedWebhook:
    """A webhook held until its lease ends; only the token's holder sends and notes."""

    id: int
    url: str
    token: str
    secret: str
    secret_hash: str  # of the secret that its owner was shown

    def check_secret(self) -> None:
        """Raises SecretMismatch where the owner could not verify what would be sent."""
        check_secret(self.secret, self.secret_hash, who="the worker")


@dataclass(frozen=True, slots=True)
class DeliveryOutcome:
    """What became of sending. `problem` None means that it arrived.

    `delivery_specific`: the fault may be this delivery's alone; `gone`: never again.
    """

    status: int | None = None
    problem: str | None = None
    delivery_specific: bool = False
    gone: bool = False
    retry_after: timedelta = timedelta()


def check_secret(secret: str, secret_hash: str, *, who: str) -> None:
    """Raises SecretMismatch, which says who has it, for another secret than the owner's."""
    if hash_secret(secret) != secret_hash:
        sentence = f"{who} has another PARLEY_SECRET_KEY than made this webhook"
        raise SecretMismatch(sentence)
