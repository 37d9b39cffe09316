"""A moderator's own account: password, sessions, API tokens, feed, digest, and leaving."""

from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from moderation.accounts.email_addresses import email_address
from moderation.accounts.moderators import WrongPassword, moderator_name
from moderation.accounts.passwords import hash_password
from moderation.notifications.digests import DigestFrequency
from service.http.params import form_value, parse_choice
from service.moderators.request.access import require_moderator
from service.moderators.request.reauthentication import (
    check_current_password,
    prove_password_if_any,
)
from service.moderators.request.session_cookie import end_session, session_token
from service.wiring.parts import parts

account = Blueprint("account", __name__)
account.before_request(require_moderator)
NO_DIGEST = "off"
_MAILS = "10 per hour"  # each choice can send a mail to an address of anybody's
_NOTICES = {
    "digest": "Saved. A new address first gets a mail with a link, to confirm it.",
    "feed": "That feed is revoked.",
    "closed": "That session is closed.",
    "removed": "Your second factor is removed: your password alone signs you in.",
    "revoked": "That token is revoked.",
}


@account.get("/account")
def overview() -> ResponseReturnValue:
    return render_template(
        "moderators/account.html",
        sessions=parts().sessions.all_of(session_token()),
        tokens=parts().api_tokens.all_of(g.moderator.id),
        codes_left=parts().second_factors.recovery_codes_left(g.moderator.id),
        digest=parts().digests.get(g.moderator.id),
        sends_mail=parts().settings.mail is not None,
        feed_since=parts().feeds.made_at(g.moderator.id),
        notice=_NOTICES.get(request.args.get("done", "")),
        now=parts().clock(),
    )


@account.get("/password")
def password() -> ResponseReturnValue:
    return render_template("moderators/password.html")


@account.post("/password")
def set_password() -> ResponseReturnValue:
    _check_current_password()
    password_hash = hash_password(request.form.get("new", ""))
    ends_access = g.moderator.has_password and form_value("keep_access") != "yes"
    parts().sessions.set_password(session_token(), password_hash, ends_access=ends_access)
    return redirect(url_for("moderate.queue.overview", done="password"), HTTPStatus.SEE_OTHER)


@account.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    return end_session()


@account.post("/account/sessions/<handle>/close")
def close_session(handle: str) -> ResponseReturnValue:
    parts().sessions.revoke(session_token(), handle)
    return _back_to_account("closed")


@account.post("/tokens")
def make_token() -> ResponseReturnValue:
    """Show the new token, which nobody can see again."""
    prove_password_if_any()
    name = moderator_name(request.form.get("name", ""))
    token = parts().api_tokens.make(session_token(), name)
    return render_template("moderators/new_token.html", token=token, name=name)


@account.post("/tokens/<int(max=999999999):token_id>/revoke")
def revoke_token(token_id: int) -> ResponseReturnValue:
    parts().api_tokens.revoke(session_token(), token_id)
    return _back_to_account("revoked")


@account.post("/feed")
def make_feed() -> ResponseReturnValue:
    """Show the new feed's address, which nobody can see again; an earlier feed ends."""
    prove_password_if_any()
    token = parts().feeds.make(session_token())
    address = f"{parts().settings.public_url}/moderate/feed/{token}.atom"
    return render_template("moderators/new_feed.html", address=address)


@account.post("/feed/revoke")
def revoke_feed() -> ResponseReturnValue:
    parts().feeds.revoke(session_token())
    return _back_to_account("feed")


@account.post("/digest")
def choose_digest() -> ResponseReturnValue:
    every = parse_choice(form_value("every"), (NO_DIGEST, *DigestFrequency), "every")
    if every == NO_DIGEST:
        parts().digests.choose_none(session_token())
    else:
        address = email_address(request.form.get("address", ""))
        parts().limits.hit(_MAILS, what="digest of", who=g.moderator.name)
        parts().digests.choose(session_token(), DigestFrequency(every), address)
    return _back_to_account("digest")


def _check_current_password() -> None:
    """Whoever sits down at an open browser must not be able to change the password."""
    if g.moderator.has_password:
        check_current_password(WrongPassword())


def _back_to_account(done: str) -> Response:
    return redirect(url_for("moderate.account.overview", done=done), HTTPStatus.SEE_OTHER)
