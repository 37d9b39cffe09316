"""The cookie that carries a moderator's session."""

from http import HTTPStatus
from urllib.parse import urlsplit

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from moderation.accounts.moderators import SecondFactorRequired
from moderation.networks import is_this_machine
from moderation.storage.accounts.sessions import LIFE
from service.moderators.request.known_device import remember_device
from service.wiring.parts import parts

COOKIE = "parley_moderator"


def session_token() -> str:
    """The session's token as the browser sent it, empty without one."""
    return request.cookies.get(COOKIE, "")


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
    response = _redirect_with_cookie(_path(), token)
    remember_device(response, name, path=_path(), secure=not is_local_http(_public_url()))
    return response


def end_session() -> ResponseReturnValue:
    """Redirect to the sign-in page, without a session."""
    parts().sessions.close(session_token())
    response = redirect(url_for("moderate.sign_in.form"), HTTPStatus.SEE_OTHER)
    response.delete_cookie(COOKIE, path=_path())
    return response


def cookies_allowed() -> bool:
    """Whether browsers keep a session here: over plain HTTP only on this machine itself."""
    return _public_url().startswith("https://") or is_local_http(_public_url())


def is_local_http(url: str) -> bool:
    """Whether the URL is plain HTTP on this machine, where no cookie must be Secure."""
    address = urlsplit(url)
    return address.scheme == "http" and is_this_machine(address.hostname or "")


def _redirect_with_cookie(location: str, token: str) -> Response:
    response = redirect(location, HTTPStatus.SEE_OTHER)
    response.set_cookie(
        COOKIE,
        token,
        max_age=LIFE,
        path=_path(),
        secure=not is_local_http(_public_url()),
        httponly=True,
        samesite="Lax",  # Strict would sign out whoever follows a link from a mail
    )
    return response


def _public_url() -> str:
    return parts().settings.public_url


def _path() -> str:
    return url_for("moderate.queue.overview")
