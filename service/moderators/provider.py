"""Sign-in by OpenID Connect: a provider vouches for a verified e-mail address."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import requests
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, abort, current_app, url_for
from flask.typing import ResponseReturnValue
from joserfc.errors import JoseError

from moderation.moderators import (
    InvalidModerator,
    Moderator,
    ModeratorNotFound,
    NotInvited,
    NotVouched,
    moderator_email,
)
from moderation.secret import derived
from moderation.settings import Settings
from service.errors import ProviderAway
from service.moderators.session import is_local
from service.parts import parts

_SECONDS = 5  # for each answer of the provider
_CLIENT = "parley_provider"

log = structlog.get_logger()


def prepare_provider(app: Flask, settings: Settings, secret: bytes) -> None:
    """Know the provider, if there is one; asks it nothing yet."""
    provider = settings.provider
    if provider is None:
        return
    app.secret_key = derived(secret, "provider")  # signs state, nonce and verifier for a while
    app.config["SESSION_COOKIE_NAME"] = "parley_provider"
    app.config["SESSION_COOKIE_PATH"] = "/moderate"
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"  # Strict would not come back with the answer
    app.config["SESSION_COOKIE_SECURE"] = not is_local(settings.public_url)
    client = OAuth(app).register(
        "provider",
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email",
            "code_challenge_method": "S256",
            "default_timeout": _SECONDS,
        },
    )
    app.extensions[_CLIENT] = client


def has_provider() -> bool:
    """Whether moderators may sign in by a provider here."""
    return _CLIENT in current_app.extensions


def way_to_provider() -> str:
    """Where to begin: at the public address, which the provider sends the browser back to."""
    return parts().settings.public_url + url_for("moderate.sign_in.to_provider")


def sent_to_provider(back: str) -> ResponseReturnValue:
    """On to the provider, which sends the browser back to `back`; raises ProviderAway."""
    with _told():
        answer: ResponseReturnValue = _client().authorize_redirect(back)
        return answer


def vouched_email() -> str:
    """The verified address in the provider's answer; raises NotVouched, NotInvited, ProviderAway.

    Signature, issuer, audience, time, state and nonce are Authlib's to check.
    """
    issuer = parts().settings.provider
    must = {"iss": {"essential": True, "value": issuer and issuer.issuer}}
    with _told():
        token = _client().authorize_access_token(claims_options=must)
    claims = token.get("userinfo") or {}
    if claims.get("email_verified") is not True:
        raise NotInvited
    return str(claims.get("email", ""))


def known_by(address: str) -> Moderator:
    """The moderator with this address; raises NotInvited."""
    try:
        email = moderator_email(address)
        return parts().moderators.by_email(email or "")
    except (InvalidModerator, ModeratorNotFound) as error:
        raise NotInvited from error


def _client() -> Any:
    if not has_provider():
        abort(HTTPStatus.NOT_FOUND)
    return current_app.extensions[_CLIENT]


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except requests.RequestException as error:
        log.warning("provider_away", cause=type(error).__name__)
        raise ProviderAway from error
    except (AuthlibBaseError, JoseError, RuntimeError, LookupError, ValueError) as error:
        log.warning("provider_refused", cause=type(error).__name__)
        raise NotVouched from error
