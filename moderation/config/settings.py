"""The only reader of the environment: typed, complete, or a sentence that says what is wrong."""

import difflib
import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from moderation.config.mail_server import InvalidMailServer, MailServer, mail_server
from moderation.networks import Network, is_this_machine

# Of the environment's names, these are ours; the last is where tests find real data.
NAMES = (
    "PARLEY_VAR",
    "PARLEY_HOST",
    "PARLEY_PORT",
    "PARLEY_PUBLIC_URL",
    "PARLEY_DATABASE_URL",
    "PARLEY_REDIS_URL",
    "PARLEY_SECRET_KEY",
    "PARLEY_SUBMIT_LIMIT",
    "PARLEY_SITE_KEY_LIMIT",
    "PARLEY_TRUSTED_PROXIES",
    "PARLEY_MODEL",
    "PARLEY_WEB_PROCESSES",
    "PARLEY_WEB_THREADS",
    "PARLEY_WEBHOOK_PRIVATE",
    "PARLEY_SMTP_URL",
    "PARLEY_MAIL_FROM",
    "PARLEY_OIDC_ISSUER",
    "PARLEY_OIDC_CLIENT_ID",
    "PARLEY_OIDC_CLIENT_SECRET",
    "PARLEY_SHARED",
)
_LIMIT = re.compile(r"\d+ ?(per|/) ?\d* ?(second|minute|hour|day)s?", re.IGNORECASE)
_DATABASES = ("sqlite", "postgresql+psycopg")


class InvalidSettings(ValueError):
    """A setting is wrong; the sentence names the variable, its value and what would be right."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Who vouches for moderators by OpenID Connect, and what Parley is called there."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """How this Parley runs. A limit is None where it is left to a proxy."""

    var: Path
    host: str
    port: int
    public_url: str
    database_url: str
    redis_url: str | None  # None: `parley up` starts a private one in var/
    secret_key: str | None  # None: kept in a file in var/
    submit_limit: str | None
    site_key_limit: str | None
    trusted_proxies: tuple[Network, ...]
    model: Path | None  # None: the one that `parley model use` chose
    web_processes: int
    web_threads: int
    provider: Provider | None = None  # None: moderators sign in by link and password only
    webhook_private: tuple[Network, ...] = ()  # not public, and webhooks may lead there
    mail: MailServer | None = None  # None: no digests

    @property
    def models(self) -> Path:
        """The folder of the versions that were trained here."""
        return self.var / "models"

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Raises InvalidSettings for the first variable that is wrong or misspelt."""
        given = {name: value for name, value in environment.items() if value.strip()}
        _refuse_misspelt(given)
        var = Path(given.get("PARLEY_VAR", "var")).absolute()
        host = given.get("PARLEY_HOST", "127.0.0.1")
        port = _number(given, "PARLEY_PORT", 8000, 65535)
        model = given.get("PARLEY_MODEL")
        return cls(
            var=var,
            host=host,
            port=port,
            public_url=_public_url(given, host, port),
            database_url=_database_url(given, var),
            redis_url=_redis_url(given),
            secret_key=_secret_key(given),
            submit_limit=_limit(given, "PARLEY_SUBMIT_LIMIT", "30 per minute"),
            site_key_limit=_limit(given, "PARLEY_SITE_KEY_LIMIT", "1200 per minute"),
            trusted_proxies=_networks(given, "PARLEY_TRUSTED_PROXIES"),
            model=Path(model).absolute() if model else None,
            web_processes=_number(given, "PARLEY_WEB_PROCESSES", 1, 64),
            web_threads=_number(given, "PARLEY_WEB_THREADS", 256, 1024),
            provider=_provider(given),
            webhook_private=_networks(given, "PARLEY_WEBHOOK_PRIVATE"),
            mail=_mail(given),
        )


def _refuse(name: str, value: str, right: str, cause: Exception | None = None) -> NoReturn:
    sentence = f"{name} is {value!r}, but must be {right}"
    raise InvalidSettings(sentence) from cause


def _refuse_misspelt(given: Mapping[str, str]) -> None:
    for name in given:
        if not name.startswith("PARLEY_") or name in NAMES:
            continue
        if close := difflib.get_close_matches(name, NAMES, n=1, cutoff=0.8):
            sentence = f"{name} is not a setting; did you mean {close[0]}?"
            raise InvalidSettings(sentence)


def _number(given: Mapping[str, str], name: str, default: int, highest: int) -> int:
    value = given.get(name, str(default))
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= highest:
        _refuse(name, value, f"a whole number from 1 to {highest}")
    return int(value)


def _public_url(given: Mapping[str, str], host: str, port: int) -> str:
    value = given.get("PARLEY_PUBLIC_URL")
    if value is None:
        reachable = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 compared, not bound
        return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
        _refuse("PARLEY_PUBLIC_URL", value, "an address such as https://comments.example.org")
    return value.rstrip("/")


def _database_url(given: Mapping[str, str], var: Path) -> str:
    value = given.get("PARLEY_DATABASE_URL", f"sqlite:///{var / 'parley.db'}")
    scheme, separator, rest = value.partition("://")
    if scheme not in _DATABASES or not separator or not rest.strip("/"):
        right = "sqlite:////path/to/parley.db or postgresql+psycopg://user:password@host/database"
        _refuse("PARLEY_DATABASE_URL", _without_password(value), right)
    return value


def _provider(given: Mapping[str, str]) -> Provider | None:
    names = [f"PARLEY_OIDC_{part}" for part in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")]
    missing = [name for name in names if name not in given]
    if len(missing) == len(names):
        return None
    if missing:
        sentence = f"{missing[0]} is not set: set all three of {', '.join(names)}, or none"
        raise InvalidSettings(sentence)
    issuer, client_id, client_secret = (given[name].strip() for name in names)
    parts = urlsplit(issuer)
    local = parts.scheme == "http" and is_this_machine(parts.hostname or "")
    if not (parts.scheme == "https" or local) or not parts.hostname or parts.query:
        _refuse(names[0], issuer, "your provider's https address, as https://id.example.org")
    return Provider(issuer, client_id, client_secret)


def _mail(given: Mapping[str, str]) -> MailServer | None:
    names = ("PARLEY_SMTP_URL", "PARLEY_MAIL_FROM")
    missing = [name for name in names if name not in given]
    if len(missing) == len(names):
        return None
    if missing:
        sentence = f"{missing[0]} is not set: set both of {', '.join(names)}, or none"
        raise InvalidSettings(sentence)
    try:
        return mail_server(*(given[name].strip() for name in names))
    except InvalidMailServer as error:
        _refuse(error.name, _without_password(given[error.name]), error.right, error)


def _redis_url(given: Mapping[str, str]) -> str | None:
    value = given.get("PARLEY_REDIS_URL")
    if value is not None and not value.startswith(("redis://", "rediss://", "unix://")):
        right = "redis://[:password@]host:6379/0, rediss://... or unix:///path/to/socket"
        _refuse("PARLEY_REDIS_URL", _without_password(value), right)
    return value


def _without_password(url: str) -> str:
    return re.sub(r":[^:@/]*@", ":...@", url)


def _secret_key(given: Mapping[str, str]) -> str | None:
    value = given.get("PARLEY_SECRET_KEY")
    if value is not None and len(value) < 32:
        sentence = (
            f"PARLEY_SECRET_KEY has {len(value)} characters, but needs at least 32 random ones: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(32))' makes one"
        )
        raise InvalidSettings(sentence)
    return value


def _limit(given: Mapping[str, str], name: str, default: str) -> str | None:
    value = given.get(name, default).strip()
    if value.lower() == "off":
        return None
    if not _LIMIT.fullmatch(value) or value.startswith("0"):
        _refuse(name, value, "a rate such as '30 per minute', or 'off'")
    return value


def _networks(given: Mapping[str, str], name: str) -> tuple[Network, ...]:
    value = given.get(name, "")
    try:
        return tuple(
            ipaddress.ip_network(part.strip()) for part in value.split(",") if part.strip()
        )
    except ValueError as error:
        _refuse(name, value, "addresses or networks, as 10.0.0.1, 10.1.0.0/16", error)
