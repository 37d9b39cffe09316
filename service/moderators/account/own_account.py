"""A moderator's own matters: the password, the sessions, and leaving."""

from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.accounts.moderators import WrongPassword
from moderation.accounts.passwords import hash_password
from service.moderators.request.access import require_moderator
from service.moderators.request.reauthentication import knows_password
from service.moderators.request.session_cookie import end_session, session_token
from service.wiring.parts import parts

account = Blueprint("account", __name__)
account.before_request(require_moderator)
_NOTICES = {
    "digest": "Saved, from the next hour or day on.",
    "feed": "That feed is revoked.",
    "closed": "That session is closed.",
    "removed": "Your second factor is removed: your password alone signs you in.",
    "revoked": "That token is revoked.",
}


@account.get("/password")
def password() -> ResponseReturnValue:
    return render_template("moderators/password.html")


@account.post("/password")
def set_password() -> ResponseReturnValue:
    _check_current()
    password_hash = hash_password(request.form.get("new", ""))
    parts().sessions.set_password(session_token(), password_hash)
    return redirect(url_for("moderate.queue.waiting", done="password"), HTTPStatus.SEE_OTHER)


@account.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    return end_session()


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


@account.post("/account/sessions/<handle>/close")
def close_session(handle: str) -> ResponseReturnValue:
    parts().sessions.revoke(session_token(), handle)
    return redirect(url_for("moderate.account.overview", done="closed"), HTTPStatus.SEE_OTHER)


def _check_current() -> None:
    """Who sits down at an open browser must not be able to change the password that is set."""
    if g.moderator.has_password and not knows_password():
        raise WrongPassword
