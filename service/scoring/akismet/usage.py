"""What each key was used for, by month and website: numbers alone, in Redis, for a year."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import cast

from flask import current_app
from flask.sansio.blueprints import BlueprintSetupState
from redis import Redis
from redis.exceptions import RedisError

from moderation.redis_clients import web_redis
from service.wiring.availability import Availability

_EXTENSION = "parley-akismet-usage"
_KEPT = timedelta(days=400)
_LONGEST_BLOG = 200  # characters
_MOST_COUNTS = 20_000  # of a key in a month: whoever has it may name any websites


class Use(StrEnum):
    """What a key was used for."""

    SPAM = "spam"  # a check that said so
    HAM = "ham"
    MISSED_SPAM = "missed_spam"  # what a moderator of the website corrected
    FALSE_POSITIVES = "false_positives"


@dataclass(frozen=True, slots=True)
class Usage:
    """How often a key was used for a website."""

    spam: int = 0
    ham: int = 0
    missed_spam: int = 0
    false_positives: int = 0

    @property
    def calls(self) -> int:
        """How many requests it were."""
        return self.spam + self.ham + self.missed_spam + self.false_positives

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            *(getattr(self, column.name) + getattr(other, column.name) for column in fields(Usage))
        )


class UsageCounts:
    """The counts of all keys; nothing is counted while Redis is away."""

    def __init__(self, redis: Redis) -> None:
        """Connect to nothing yet."""
        self._redis = redis
        self._away = Availability("redis", redis.ping)

    def note(self, key: str, blog: str, use: Use, now: datetime) -> None:
        """Count one use."""
        if not self._away.is_available():
            return
        name = _name(key, f"{now:%Y-%m}")
        with suppress(RedisError), self._away.call():
            pipeline = self._redis.pipeline(transaction=False)
            field = f"{use} {blog[:_LONGEST_BLOG]}"
            pipeline.hincrby(name, field)
            pipeline.hlen(name)
            pipeline.expire(name, _KEPT)
            count, counts, _ = pipeline.execute()
            if count == 1 and counts > _MOST_COUNTS:
                self._redis.hdel(name, field)

    def of_month(self, key: str, month: str) -> Mapping[str, Usage]:
        """The usage by website, in a month such as 2026-01; empty while Redis is away."""
        counts: Mapping[bytes | str, bytes | str] = {}
        if self._away.is_available():
            with suppress(RedisError), self._away.call():
                counts = self._redis.hgetall(_name(key, month))
        usage: dict[str, Usage] = {}
        for field, number in counts.items():
            text = field.decode() if isinstance(field, bytes) else field
            use, _, blog = text.partition(" ")
            usage[blog] = usage.get(blog, Usage()) + Usage(**{use: int(number)})
        return usage


def _name(key: str, month: str) -> str:
    return f"parley:akismet:{key}:{month}"


def usage_counts() -> UsageCounts:
    """Those of the app that is answering."""
    return cast("UsageCounts", current_app.extensions[_EXTENSION])


def connect_usage(state: BlueprintSetupState) -> None:
    """Give an app its counts as it registers a blueprint; connects to nothing yet."""
    url = state.app.extensions["parley"].settings.redis_url
    state.app.extensions[_EXTENSION] = UsageCounts(web_redis(url))
