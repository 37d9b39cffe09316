"""Proof that a form is one of ours: its origin, and a token that only this session's pages have."""

import hmac

from flask import request

from service.http.own_origin import is_own_origin
from service.moderators.request.session_cookie import session_token
from service.problems.errors import ForeignForm
from service.wiring.parts import parts

FORM_TOKEN = "form_token"  # noqa: S105 a field's name


def refuse_other_origins() -> None:
    """Before every request: a form must have stood on a page of this server.

    Raises:
        ForeignForm: The browser says that it stood elsewhere.
    """
    origin, public_url = request.headers.get("Origin"), parts().settings.public_url
    if request.method == "POST" and origin is not None and not is_own_origin(origin, public_url):
        sentence = (
            f"this form was not opened at {public_url}, where moderators work: open it there, or"
            " have PARLEY_PUBLIC_URL name the address that you use"
        )
        raise ForeignForm(sentence)


def form_token() -> str:
    """The token in each form of this session's pages."""
    return parts().sign("form", session_token())


def check_form_token() -> None:
    """Raises ForeignForm for a form that no page of this session made."""
    token = request.form.get(FORM_TOKEN, "")
    if not hmac.compare_digest(token.encode(), form_token().encode()):
        sentence = "this form belongs to an earlier sign-in: open the queue again"
        raise ForeignForm(sentence)
