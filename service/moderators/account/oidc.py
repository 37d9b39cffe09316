"""Sign-in by OpenID Connect: a provider vouches for a verified e-mail address."""

import importlib
from http import HTTPStatus
from typing import Any

from flask import Flask, abort, current_app, url_for
from flask.typing import ResponseReturnValue

from moderation.accounts.moderators import (
    Moderator,
    ModeratorNotFound,
    NotInvited,
)
from moderation.config.settings import Settings
from moderation.keys import derive_key
from service.moderators.request.sessions import is_local
from service.wiring.parts import parts

_CLIENT = "parley_provider"


def prepare_provider(app: Flask, settings: Settings, secret: bytes) -> None:
    """Know the provider, if there is one; asks it nothing yet."""
    provider = settings.provider
    if provider is None:
        return
    app.secret_key = derive_key(secret, "provider")  # signs state, nonce and verifier for a while
    app.config["SESSION_COOKIE_NAME"] = "parley_provider"
    app.config["SESSION_COOKIE_PATH"] = "/moderate"
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"  # Strict would not come back with the answer
    app.config["SESSION_COOKIE_SECURE"] = not is_local(settings.public_url)
    # By name: Authlib and requests would cost every web process 15 MB, provider or not.
    openid = importlib.import_module("service.moderators.account.oidc_client")
    app.extensions[_CLIENT] = openid.OpenIdClient(app, provider)


def has_provider() -> bool:
    """Whether moderators may sign in by a provider here."""
    return _CLIENT in current_app.extensions


def way_to_provider() -> str:
    """Where to begin: at the public address, which the provider sends the browser back to."""
    return parts().settings.public_url + url_for("moderate.sign_in.to_provider")


def sent_to_provider(back: str) -> ResponseReturnValue:
    """On to the provider, which sends the browser back to `back`; raises ProviderAway."""
    answer: ResponseReturnValue = _client().sent(back)
    return answer


def vouched_email() -> str:
    """The address the provider vouches for; raises NotVouched, NotInvited, ProviderAway."""
    return str(_client().verified_email())


def known_by(address: str) -> Moderator:
    """The moderator with this address; raises NotInvited."""
    try:
        return parts().moderators.by_email(address)
    except ModeratorNotFound as error:
        raise NotInvited from error


def _client() -> Any:
    if not has_provider():
        abort(HTTPStatus.NOT_FOUND)
    return current_app.extensions[_CLIENT]
