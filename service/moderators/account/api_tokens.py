"""Making and revoking one's tokens for the moderation API."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from moderation.accounts.moderators import moderator_name
from service.moderators.request.access import require_moderator
from service.moderators.request.reauthentication import prove_password_if_any
from service.moderators.request.session_cookie import session_token
from service.wiring.parts import parts

tokens = Blueprint("tokens", __name__, url_prefix="/tokens")
tokens.before_request(require_moderator)


@tokens.post("")
def make() -> ResponseReturnValue:
    """Shows the token, this once."""
    prove_password_if_any()
    name = moderator_name(request.form.get("name", ""))
    token = parts().api_tokens.make(session_token(), name)
    return render_template("moderators/new_token.html", token=token, name=name)


@tokens.post("/<int(max=999999999):token_id>/revoke")
def revoke(token_id: int) -> ResponseReturnValue:
    parts().api_tokens.revoke(session_token(), token_id)
    return redirect(url_for("moderate.account.overview", done="revoked"), HTTPStatus.SEE_OTHER)
