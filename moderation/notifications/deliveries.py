"""Sending to a webhook: who holds it, and what came of it."""

from dataclasses import dataclass
from datetime import timedelta

from moderation.keys import hash_token


class OtherSecret(ValueError):
    """This server's secret is not the one that the webhook was made with."""


@dataclass(frozen=True, slots=True)
class Held:
    """A webhook held until its lease ends; only the token's holder sends and notes."""

    id: int
    url: str
    token: str
    secret: str
    secret_hash: str  # of the secret that its owner was shown

    def check_secret(self) -> None:
        """Raises OtherSecret where the owner could not verify what would be sent."""
        check_same(self.secret, self.secret_hash, who="the worker")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of sending. `problem` None means that it arrived.

    `alone`: the fault may be this delivery's, the next may do better; `gone`: never again.
    """

    status: int | None = None
    problem: str | None = None
    alone: bool = False
    gone: bool = False
    retry_after: timedelta = timedelta()


def check_same(secret: str, secret_hash: str, *, who: str) -> None:
    """Raises OtherSecret, which tells who has another one, where it is not what the owner knows."""
    if hash_token(secret) != secret_hash:
        sentence = f"{who} has another PARLEY_SECRET_KEY than made this webhook"
        raise OtherSecret(sentence)
