"""Proof that a form is one of ours: its origin, and a token that only this session's pages have."""

import hmac
from urllib.parse import urlsplit

from flask import request

from moderation.pages.origins import origin_of
from service.moderators.request.cookies import is_local_http
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
    if request.method == "POST" and origin is not None and not _is_ours(origin, public_url):
        sentence = (
            f"this form was not opened at {public_url}, where moderators work: open it there, or"
            " have PARLEY_PUBLIC_URL name the address that you use"
        )
        raise ForeignForm(sentence)


def _is_ours(origin: str, public_url: str) -> bool:
    """Whether pages of this server have the origin; the Host header has no say, anybody sends it.

    Where the public address is this machine, each of its names will do: localhost and 127.0.0.1.
    """
    if origin == origin_of(public_url):
        return True
    same_port = urlsplit(public_url).port == _port_of(origin)
    return same_port and is_local_http(public_url) and is_local_http(origin)


def _port_of(origin: str) -> int | None:
    try:
        return urlsplit(origin).port
    except ValueError:
        return -1


def form_token() -> str:
    """The token in each form of this session's pages."""
    return parts().sign("form", session_token())


def check_form_token() -> None:
    """Raises ForeignForm for a form that no page of this session made."""
    token = request.form.get(FORM_TOKEN, "")
    if not hmac.compare_digest(token.encode(), form_token().encode()):
        sentence = "this form belongs to an earlier sign-in: open the queue again"
        raise ForeignForm(sentence)
