"""Signing in: by name and password, or by a link that works once."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.accounts.moderators import (
    InvalidModerator,
    SignInLinkExpired,
    WrongPassword,
    moderator_name,
    name_key,
)
from moderation.accounts.passwords import is_password
from moderation.keys import hash_token
from service.http.client_address import client_address
from service.moderators.account.oidc import (
    moderator_with_email,
    redirect_to_provider,
    verified_email,
)
from service.moderators.request.csrf import check_form_token
from service.moderators.request.failed_sign_ins import note_failed_sign_in
from service.moderators.request.known_device import known_device
from service.moderators.request.reauthentication import sign_in_with_code
from service.moderators.request.session_cookie import session_token, start_session, user_agent
from service.wiring.parts import parts
from service.wiring.rate_limits import Allowance

sign_in = Blueprint("sign_in", __name__)
LIMIT = "10 per 15 minutes"


@sign_in.get("/sign-in")
def form() -> ResponseReturnValue:
    return render_template("moderators/sign_in.html")


@sign_in.post("/sign-in")
def by_password() -> ResponseReturnValue:
    name = _name()
    with parts().limits.counting_failures(*_allowed_attempts(name)):
        token = _session_by_password(name)
    return start_session(token)


@sign_in.get("/sign-in/code")
def code_form() -> ResponseReturnValue:
    return render_template("moderators/second_factor_code.html")


@sign_in.post("/sign-in/code")
def by_code() -> ResponseReturnValue:
    """The second half of signing in."""
    check_form_token()
    return start_session(sign_in_with_code(session_token(), request.form.get("code", "")))


@sign_in.get("/sign-in/provider")
def to_provider() -> ResponseReturnValue:
    back = parts().settings.public_url + url_for("moderate.sign_in.from_provider")
    return redirect_to_provider(back)


@sign_in.get("/sign-in/provider/back")
def from_provider() -> ResponseReturnValue:
    moderator = moderator_with_email(verified_email())
    return start_session(parts().sign_in.by_provider(moderator, user_agent()))


@sign_in.get("/link/<token>")
def link_form(token: str) -> ResponseReturnValue:
    """Changes nothing: a program that looks at links, as mail filters do, must not use it up."""
    holder = parts().sign_in.moderator_of_link(token)
    return render_template("moderators/sign_in_link.html", holder=holder)


@sign_in.post("/link/<token>")
def by_link(token: str) -> ResponseReturnValue:
    try:
        return start_session(parts().sign_in.by_link(token, user_agent()))
    except SignInLinkExpired:
        note_failed_sign_in("link", None)
        raise


def _name() -> str:
    try:
        return moderator_name(request.form.get("name", ""))
    except InvalidModerator:
        return ""  # nobody's, and answered as any other wrong name


def _session_by_password(name: str) -> str:
    """The token of a new session; raises WrongPassword."""
    stored_name, password_hash = parts().moderators.password(name) or (None, None)
    right = is_password(request.form.get("password", ""), password_hash)
    if not right or stored_name is None or password_hash is None:
        note_failed_sign_in("password", stored_name)
        raise WrongPassword
    return parts().sign_in.by_password(stored_name, password_hash, user_agent())


def _allowed_attempts(name: str) -> list[Allowance]:
    """Failures are counted by address and by name, or by a device known for the name.

    So a stranger who fails on purpose locks out other strangers, not whoever signed in before.
    """
    if (device := known_device(name)) is not None:
        return [Allowance(LIMIT, "sign-in on", device)]
    address = client_address(request, parts().settings.trusted_proxies)
    address_hash = parts().addresses.hash(address, parts().clock())
    return [
        Allowance(LIMIT, "sign-in from", address_hash),
        Allowance(LIMIT, "sign-in as", hash_token(name_key(name))),
    ]
