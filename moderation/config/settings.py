"""The settings, typed and complete; nothing else reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from moderation.config.environment import (
    Variables,
    all_or_none,
    networks,
    on_or_off,
    rate_limit,
    refuse,
    refuse_misspelt,
    secret_key,
    whole_number,
)
from moderation.config.mail_server import InvalidMailServer, MailServer, mail_server
from moderation.config.service_urls import (
    database_url,
    is_server_url,
    public_url,
    redis_url,
    without_password,
)
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
    "PARLEY_SCORE_LIMIT",
    "PARLEY_TRUSTED_PROXIES",
    "PARLEY_MONITORING_NETWORKS",
    "PARLEY_MODEL",
    "PARLEY_WEB_PROCESSES",
    "PARLEY_WEB_THREADS",
    "PARLEY_WEBHOOK_PRIVATE",
    "PARLEY_READ_PAGES",
    "PARLEY_SMTP_URL",
    "PARLEY_MAIL_FROM",
    "PARLEY_OIDC_ISSUER",
    "PARLEY_OIDC_CLIENT_ID",
    "PARLEY_OIDC_CLIENT_SECRET",
    "PARLEY_SHARED",
)
_PROVIDER = ("PARLEY_OIDC_ISSUER", "PARLEY_OIDC_CLIENT_ID", "PARLEY_OIDC_CLIENT_SECRET")
_MAIL = ("PARLEY_SMTP_URL", "PARLEY_MAIL_FROM")


@dataclass(frozen=True, slots=True)
class Provider:
    """The OpenID Connect provider by which moderators sign in, and what Parley is there."""

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
    database_url: str = field(repr=False)
    redis_url: str | None = field(repr=False)  # None: `parley up` starts a private one in var/
    secret_key: str | None = field(repr=False)  # None: kept in a file in var/
    submit_limit: str | None
    site_key_limit: str | None
    trusted_proxies: tuple[Network, ...]
    model: Path | None  # None: the one that `parley model use` chose
    web_processes: int
    web_threads: int
    provider: Provider | None = None  # None: moderators sign in by link and password only
    monitoring_networks: tuple[Network, ...] = ()  # none: /metrics is open, /readyz without words
    webhook_private: tuple[Network, ...] = ()  # not public, and webhooks may lead there
    read_pages: bool = True  # ask the sites' own pages for their titles
    mail: MailServer | None = None  # None: no digests
    score_limit: str | None = None  # texts that one key may ask about

    @property
    def models(self) -> Path:
        """The folder of the versions that were trained here."""
        return self.var / "models"

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings from the environment.

        Raises:
            InvalidSettings: A variable is wrong, or its name is misspelt; the first one.
        """
        variables = {name: value for name, value in environment.items() if value.strip()}
        refuse_misspelt(variables, NAMES)
        var = Path(variables.get("PARLEY_VAR", "var")).absolute()
        host = variables.get("PARLEY_HOST", "127.0.0.1")
        port = whole_number(variables, "PARLEY_PORT", 8000, 65535)
        model = variables.get("PARLEY_MODEL")
        return cls(
            var=var,
            host=host,
            port=port,
            public_url=public_url(variables, host, port),
            database_url=database_url(variables, var),
            redis_url=redis_url(variables),
            secret_key=secret_key(variables),
            submit_limit=rate_limit(variables, "PARLEY_SUBMIT_LIMIT", "30 per minute"),
            site_key_limit=rate_limit(variables, "PARLEY_SITE_KEY_LIMIT", "1200 per minute"),
            trusted_proxies=networks(variables, "PARLEY_TRUSTED_PROXIES"),
            model=Path(model).absolute() if model else None,
            web_processes=whole_number(variables, "PARLEY_WEB_PROCESSES", 1, 64),
            web_threads=whole_number(variables, "PARLEY_WEB_THREADS", 256, 1024),
            provider=_provider(variables),
            monitoring_networks=networks(variables, "PARLEY_MONITORING_NETWORKS"),
            webhook_private=networks(variables, "PARLEY_WEBHOOK_PRIVATE"),
            read_pages=on_or_off(variables, "PARLEY_READ_PAGES"),
            mail=_mail(variables),
            score_limit=rate_limit(variables, "PARLEY_SCORE_LIMIT", "6000 per minute"),
        )


def _provider(variables: Variables) -> Provider | None:
    values = all_or_none(variables, _PROVIDER)
    if values is None:
        return None
    issuer, client_id, client_secret = values
    right = "your provider's https address, as https://id.example.org"
    if not is_server_url(issuer) or "@" in issuer:
        refuse(_PROVIDER[0], without_password(issuer), right)
    parts = urlsplit(issuer)
    local = parts.scheme == "http" and is_this_machine(parts.hostname or "")
    if not (parts.scheme == "https" or local) or not parts.hostname or parts.query:
        refuse(_PROVIDER[0], without_password(issuer), right)
    return Provider(issuer, client_id, client_secret)


def _mail(variables: Variables) -> MailServer | None:
    values = all_or_none(variables, _MAIL)
    if values is None:
        return None
    try:
        return mail_server(*values)
    except InvalidMailServer as error:
        refuse(error.name, without_password(variables[error.name]), error.right, error)
