"""The client of an OpenID Connect provider, by Authlib; loaded only where there is one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import requests
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask
from flask.typing import ResponseReturnValue
from joserfc.errors import JoseError

from moderation.accounts.moderators import ProviderRefused, UnknownIdentity
from moderation.config.settings import Provider
from moderation.limits.concurrency_limit import ConcurrencyLimit
from service.problems.errors import ProviderUnavailable

_TIMEOUT_SECONDS = 5  # for each answer of the provider
# Each holds a thread as long as the provider is silent, and strangers may ask for it.
_LIMIT = ConcurrencyLimit(16, waiting=16, seconds=5)

log = structlog.get_logger()


class OpenIdClient:
    """Sends browsers to the provider and reads what it says of them."""

    def __init__(self, app: Flask, provider: Provider) -> None:
        self._issuer = provider.issuer
        self._client = OAuth(app).register(
            "provider",
            client_id=provider.client_id,
            client_secret=provider.client_secret,
            server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid email",
                "code_challenge_method": "S256",
                "default_timeout": _TIMEOUT_SECONDS,
            },
        )

    def authorize_redirect(self, return_url: str) -> ResponseReturnValue:
        """Send the browser to the provider, which sends it back; raises ProviderUnavailable."""
        with _limited():
            return cast("ResponseReturnValue", self._client.authorize_redirect(return_url))

    def verified_email(self) -> str:
        """The address in the answer; ProviderRefused, UnknownIdentity, ProviderUnavailable.

        Authlib checks signature, issuer, audience, time, state and nonce.
        """
        issuer = {"iss": {"essential": True, "value": self._issuer}}
        with _limited():
            token = self._client.authorize_access_token(claims_options=issuer)
        claims = token.get("userinfo") or {}
        if claims.get("email_verified") is not True:
            raise UnknownIdentity
        return str(claims.get("email", ""))


@contextmanager
def _limited() -> Iterator[None]:
    with _LIMIT.turn(), _translated_errors():
        yield


@contextmanager
def _translated_errors() -> Iterator[None]:
    try:
        yield
    except requests.RequestException as error:
        log.warning("provider_away", cause=type(error).__name__)
        raise ProviderUnavailable from error
    except (AuthlibBaseError, JoseError, RuntimeError, LookupError, ValueError) as error:
        log.warning("provider_refused", cause=type(error).__name__)
        raise ProviderRefused from error
