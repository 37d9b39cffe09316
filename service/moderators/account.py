"""A moderator's own matters: the password, and leaving."""

from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.moderators import WrongPassword
from moderation.passwords import hash_password, is_password
from service.moderators.session import end, require_moderator, session_token
from service.moderators.sign_in import LIMIT
from service.parts import parts

account = Blueprint("account", __name__)
account.before_request(require_moderator)


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
    return end()


def _check_current() -> None:
    """Who sits down at an open browser must not be able to change the password that is set."""
    if not g.moderator.has_password:
        return
    parts().limits.hit(LIMIT, what="password of", who=g.moderator.name)
    current = request.form.get("current", "")
    if not is_password(current, parts().moderators.password_hash(g.moderator.name)):
        raise WrongPassword
