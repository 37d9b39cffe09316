"""The cookie that carries a moderator's session."""

from http import HTTPStatus

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from moderation.accounts.moderators import SecondFactorRequired
from moderation.storage.accounts.acting_moderator import LIFE
from service.http.own_origin import is_local_http
from service.moderators.request.cookies import (
    cookie_values,
    forget_cookie,
    keep_cookie,
)
from service.moderators.request.deep_link import deep_link, forget_deep_link
from service.moderators.request.known_device import remember_device
from service.wiring.parts import parts

COOKIE = "parley_moderator"


def session_token() -> str:
    """The session's token as the browser sent it, empty without one."""
    if "session_token" not in g:
        g.session_token = _open_token(cookie_values(COOKIE))
    return str(g.session_token)


def user_agent() -> str:
    """What the browser calls itself, for moderators to recognise their sessions by."""
    return request.headers.get("User-Agent", "")


def start_session(token: str) -> Response:
    """Redirect with a new session, and end the one that this browser had.

    Args:
        token: Of a whole session, or of half a one that still needs its second factor.
    """
    parts().sessions.close(session_token())
    try:
        name = parts().sessions.moderator(token).name
    except SecondFactorRequired:
        return _redirect_with_cookie(url_for("moderate.sign_in.code_form"), token)
    response = _redirect_with_cookie(deep_link() or url_for("moderate.queue.overview"), token)
    forget_deep_link(response)
    remember_device(response, name)
    return response


def end_session() -> ResponseReturnValue:
    """Redirect to the sign-in page, without a session."""
    parts().sessions.close(session_token())
    response = redirect(url_for("moderate.sign_in.form"), HTTPStatus.SEE_OTHER)
    forget_cookie(response, COOKIE)
    return response


def cookies_allowed() -> bool:
    """Whether browsers keep a session here: over plain HTTP only on this machine itself."""
    public_url = parts().settings.public_url
    return public_url.startswith("https://") or is_local_http(public_url)


def _open_token(tokens: list[str]) -> str:
    """The first that opens a session: others of this name may be of another program."""
    opens = (token for token in tokens if len(tokens) == 1 or parts().sessions.is_open(token))
    return next(opens, "")


def _redirect_with_cookie(location: str, token: str) -> Response:
    response = redirect(location, HTTPStatus.SEE_OTHER)
    keep_cookie(response, COOKIE, token, LIFE)
    return response
