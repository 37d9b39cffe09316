"""The primary of a Redis that Sentinel watches: who is asked, and which one is meant."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from redis import Redis
from redis.sentinel import Sentinel

SCHEME = "redis+sentinel"
_PORT = 26379
_OPTION = "sentinel_password"  # of the Sentinels themselves


@dataclass(frozen=True, slots=True)
class WatchedRedis:
    """What `redis+sentinel://[user:password@]host:port,host:port/name/0` says."""

    sentinels: tuple[tuple[str, int], ...]
    name: str
    database: int
    username: str | None
    password: str | None = field(repr=False)
    sentinel_password: str | None = field(repr=False)


def watched_redis(url: str) -> WatchedRedis:
    """Parse the address; raises ValueError where it is none."""
    parts = urlsplit(url)
    login, _, places = parts.netloc.rpartition("@")
    username, _, password = login.partition(":")
    name, _, database = parts.path.removeprefix("/").partition("/")
    options = parse_qs(parts.query, strict_parsing=bool(parts.query))
    if not name or "/" in database or options.keys() - {_OPTION} or parts.fragment:
        sentence = f"no {SCHEME}://host:port,host:port/name/0"
        raise ValueError(sentence)
    return WatchedRedis(
        sentinels=tuple(_place(urlsplit(f"//{place}")) for place in places.split(",")),
        name=unquote(name),
        database=int(database or 0),
        username=unquote(username) or None,
        password=unquote(password) or None,
        sentinel_password=options.get(_OPTION, [None])[0],
    )


def primary(url: str, asking: dict[str, Any], **options: Any) -> Redis:
    """A client of whichever is the primary at the time of each connection.

    Args:
        url: As `watched_redis` takes it.
        asking: How the Sentinels are asked: options of their connections.
        options: Those of the connections to the primary.
    """
    watched = watched_redis(url)
    asking = {**asking, "password": watched.sentinel_password}
    sentinel = Sentinel(watched.sentinels, sentinel_kwargs=asking)  # type: ignore[no-untyped-call]
    redis: Redis = sentinel.master_for(  # type: ignore[no-untyped-call]
        watched.name,
        db=watched.database,
        username=watched.username,
        password=watched.password,
        **options,
    )
    return redis


def _place(parts: SplitResult) -> tuple[str, int]:
    if not parts.hostname or parts.path or parts.query:
        sentence = "a Sentinel without a host"
        raise ValueError(sentence)
    return parts.hostname, parts.port or _PORT
