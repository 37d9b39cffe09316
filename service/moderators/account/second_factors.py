"""Setting and removing one's second factor."""

import importlib
from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from moderation.accounts.moderators import WrongCode
from moderation.accounts.totp import base32, new_recovery_codes, provisioning_uri
from service.moderators.request.access import require_moderator
from service.moderators.request.reauthentication import prove_password, secret_by, verified_step
from service.moderators.request.session_cookie import session_token
from service.wiring.parts import parts

second_factor = Blueprint("second_factor", __name__, url_prefix="/second-factor")
second_factor.before_request(require_moderator)


@second_factor.post("")
def set_up() -> ResponseReturnValue:
    prove_password()
    return _page(parts().second_factors.begin(session_token()))


@second_factor.post("/prove")
def confirm() -> ResponseReturnValue:
    """Shows the recovery codes, this once; or the same picture again after a wrong code."""
    name, salt = parts().second_factors.name_and_salt(session_token())
    try:
        step = verified_step(name, salt, request.form.get("code", ""))
    except WrongCode:
        return _page(salt, wrong=True), HTTPStatus.UNPROCESSABLE_ENTITY
    codes = new_recovery_codes()
    parts().second_factors.confirm(session_token(), salt, step, codes)
    return render_template("moderators/recovery_codes.html", codes=codes)


@second_factor.post("/remove")
def remove() -> ResponseReturnValue:
    prove_password()
    parts().second_factors.remove(session_token())
    return redirect(url_for("moderate.account.overview", done="removed"), HTTPStatus.SEE_OTHER)


def _page(salt: str, *, wrong: bool = False) -> str:
    secret = secret_by(salt)
    return render_template(
        "moderators/second_factor_setup.html",
        picture=_picture(provisioning_uri(secret, g.moderator.name)),
        letters=base32(secret),
        wrong=wrong,
    )


def _picture(text: str) -> Markup:
    # By name: it takes 0.7 MB, and is seldom needed.
    code = importlib.import_module("segno").make_qr(text)
    # Of our own making: modules as one path, and no text of anybody's in it.
    return Markup(code.svg_inline(scale=5, border=4, dark="#000", light="#fff"))  # noqa: S704
