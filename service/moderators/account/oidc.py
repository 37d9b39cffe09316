"""Sign-in by OpenID Connect: a provider vouches for a verified e-mail address."""

import importlib
from http import HTTPStatus
from typing import Any

from flask import Flask, abort, current_app, url_for
from flask.typing import ResponseReturnValue

from moderation.accounts.moderators import (
    Moderator,
    ModeratorNotFound,
    UnknownIdentity,
)
from moderation.config.settings import Settings
from moderation.keys import derive_key
from service.moderators.request.cookies import cookie_rules
from service.moderators.request.failed_sign_ins import note_failed_sign_in
from service.wiring.parts import parts

_CLIENT = "parley_provider"


def prepare_provider(app: Flask, settings: Settings, secret: bytes) -> None:
    """Add the client of the provider to the app, if there is one; sends nothing yet."""
    provider = settings.provider
    if provider is None:
        return
    app.secret_key = derive_key(secret, "provider")  # signs state, nonce and verifier for a while
    rules = cookie_rules(settings.public_url)
    app.config["SESSION_COOKIE_NAME"] = rules.name("parley_provider")
    app.config["SESSION_COOKIE_PATH"] = rules.path
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"  # Strict would not come back with the answer
    app.config["SESSION_COOKIE_SECURE"] = rules.secure
    # By name: Authlib and requests would cost every web process 15 MB, provider or not.
    module = importlib.import_module("service.moderators.account.oidc_client")
    app.extensions[_CLIENT] = module.OpenIdClient(app, provider)


def has_provider() -> bool:
    """Whether moderators may sign in by a provider here."""
    return _CLIENT in current_app.extensions


def provider_sign_in_url() -> str:
    """Where that begins: at the public address, to which the provider sends browsers back."""
    return parts().settings.public_url + url_for("moderate.sign_in.to_provider")


def redirect_to_provider(return_url: str) -> ResponseReturnValue:
    """Send the browser to the provider, which sends it back to `return_url`.

    Raises:
        ProviderUnavailable: The provider does not answer.
    """
    response: ResponseReturnValue = _client().authorize_redirect(return_url)
    return response


def verified_email() -> str:
    """The e-mail address for which the provider vouches.

    Raises:
        ProviderRefused: The provider refused, or its answer does not fit to the request.
        UnknownIdentity: The provider has not verified the address.
        ProviderUnavailable: The provider does not answer.
    """
    return str(_client().verified_email())


def moderator_with_email(address: str) -> Moderator:
    """The moderator with this address; raises UnknownIdentity."""
    try:
        return parts().moderators.by_email(address)
    except ModeratorNotFound as error:
        note_failed_sign_in("provider", None)
        raise UnknownIdentity from error


def _client() -> Any:
    if not has_provider():
        abort(HTTPStatus.NOT_FOUND)
    return current_app.extensions[_CLIENT]
