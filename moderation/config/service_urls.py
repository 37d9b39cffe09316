"""Parse the URLs among the settings: our own, the database's, Redis'."""

import importlib
import os
import re
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, urlsplit

from moderation.config.environment import Variables, refuse
from moderation.pages.origins import listed_origin, origin_of

_DATABASES = ("sqlite", "postgresql+psycopg")
_ENCODED = "; in a password write : / ? # @ as %3A %2F %3F %23 %40"
_SECRET_OPTION = re.compile(r"[?&]\w*(?:pass|secret|token)\w*=", re.IGNORECASE)
# Nothing of these can be wrong to Redis' client, which is an eighth of a start.
_PLAIN_REDIS = re.compile(r"redis://[A-Za-z0-9.-]+:[0-9]{1,5}(/[0-9]+)?|unix:///[A-Za-z0-9./_-]+")
_PUBLIC_URL, _DATABASE_URL, _REDIS_URL = (
    *("PARLEY_PUBLIC_URL", "PARLEY_DATABASE_URL", "PARLEY_REDIS_URL"),
)


def public_url(variables: Variables, host: str, port: int) -> str:
    """Return PARLEY_PUBLIC_URL as browsers spell the origin, or where the server listens.

    A path is refused: cookies, forms and links of the moderators' pages stand at the root.
    """
    value = variables.get(_PUBLIC_URL)
    if value is None:
        reachable = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 compared, not bound
        at = f"[{reachable}]" if ":" in reachable else reachable
        return origin_of(f"http://{at}:{port}") or f"http://{at}:{port}"
    origin = listed_origin(value) if origin_of(value) else None
    if origin is None or urlsplit(origin).port == 0:
        right = (
            "http(s)://host[:port] without a path, a user or a query, as"
            " https://comments.example.org: Parley needs a host name or a port of its own"
        )
        refuse(_PUBLIC_URL, without_password(value) if "@" in value else value, right)
    return origin


def database_url(variables: Variables, var: Path) -> str:
    """Return PARLEY_DATABASE_URL, or that of a SQLite file in var/."""
    value = variables.get(_DATABASE_URL)
    if value is None:
        return f"sqlite:///{quote(os.fsencode(var / 'parley.db'))}"
    parts = _split(re.sub(r"://.*@", "://", value))  # SQLAlchemy takes any password
    is_file = parts is not None and parts.scheme == "sqlite"
    is_whole = parts is not None and (parts.netloc + parts.path).strip("/")
    is_clear = is_file or value.count("@") <= 1  # SQLAlchemy takes the first for the last
    is_known = parts is not None and parts.scheme in _DATABASES and "://" in value
    if parts is None or not (is_known and is_whole and is_clear):
        right = "sqlite:////path/to/parley.db or postgresql+psycopg://user:password@host/database"
        right = f"{right}{_ENCODED}"
        refuse(_DATABASE_URL, without_password(value), right)
    if is_file and ("?" in value or "#" in value):
        refuse(
            _DATABASE_URL,
            without_password(value),
            "a path, in which ? is written %3F, # is %23 and % is %25",
        )
    return value


def redis_url(variables: Variables) -> str | None:
    """Return PARLEY_REDIS_URL, None where it is not set."""
    value = variables.get(_REDIS_URL)
    if value is None:
        return None
    if value.startswith("redis+sentinel://"):
        if not _can_connect_by(value):
            right = "redis+sentinel://[user:password@]host:26379,host:26379/name/0"
            refuse(_REDIS_URL, without_password(value), f"{right}{_ENCODED}")
        return value
    parts = _split(value)
    is_redis = parts is not None and parts.scheme in ("redis", "rediss", "unix") and "://" in value
    if parts is None or not is_redis or not _is_redis_url(value, parts):
        right = (
            "redis://[:password@]host:6379/0, rediss://..., redis+sentinel://host:26379/name or"
            " unix:///path/to/socket"
        )
        refuse(_REDIS_URL, without_password(value), f"{right}{_ENCODED}")
    if parts.scheme == "unix" and not is_plain_path(unquote(parts.path)):
        # redis-py reads the path in a list with spaces: workers end with an error.
        refuse(_REDIS_URL, without_password(value), "a socket in a folder without spaces")
    return value


def is_plain_path(path: str) -> bool:
    """Whether a path has no character that means something in a URL or a list with spaces."""
    return re.fullmatch(r"[\w./+,=@~-]+", path) is not None


def without_password(url: str) -> str:
    """Return the address with dots in place of what may be a password, well written or not."""
    scheme, separator, rest = url.partition("://")
    if not separator:
        return "..." if "@" in url else url
    if _SECRET_OPTION.search(rest):
        return f"{scheme}://..."
    before, at, place = rest.rpartition("@")
    place = re.sub(r"[?#].*", "?...", place, flags=re.DOTALL)
    user, colon, _ = (before if at else place).partition(":")
    if at:
        return f"{scheme}://{user if colon else ''}{colon}...@{place}"
    # Without an @ nobody knows whether a port or a password follows the colon.
    return f"{scheme}://{user}:..." if colon else f"{scheme}://{place}"


def is_server_url(url: str) -> bool:
    """Whether host and port can be read, and no part of a password is taken for a path."""
    parts = _split(url)
    return parts is not None and "@" not in f"{parts.path}{parts.query}{parts.fragment}"


def _is_redis_url(url: str, parts: SplitResult) -> bool:
    if _PLAIN_REDIS.fullmatch(url):
        return True
    return (parts.scheme == "unix" or is_server_url(url)) and _can_connect_by(url)


def _can_connect_by(url: str) -> bool:
    # By name: most commands read no Redis, and its client is an eighth of their start.
    return bool(importlib.import_module("moderation.redis_clients").can_connect_by(url))


def _split(url: str) -> SplitResult | None:
    """The parts of a URL; None where it has none, as with a port that is no port."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises where it is none
    except ValueError:
        return None
    return parts
