"""Whose request it is: the session's cookie, and proof that a form is one of ours."""

import hmac
from http import HTTPStatus
from typing import cast
from urllib.parse import urlsplit

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from moderation.accounts.moderators import CodeNeeded, SignedOut
from moderation.networks import is_this_machine
from moderation.sites import Site, SiteNotFound, origin_of
from moderation.storage.accounts.sessions import LIFE
from moderation.storage.review.queue import ReviewQueue
from service.moderators.request.known_device import remember_device
from service.problems.errors import ForeignForm
from service.wiring.parts import parts

COOKIE = "parley_moderator"
FORM_TOKEN = "form_token"  # noqa: S105 a field's name


def refuse_other_origins() -> None:
    """Before every request: a browser says where a form stood, and it must have stood here."""
    origin = request.headers.get("Origin")
    own = parts().settings.public_url
    here = f"{request.scheme}://{request.host}"  # localhost, say, where 127.0.0.1 is the public URL
    if request.method == "POST" and origin not in (None, origin_of(own), origin_of(here)):
        sentence = f"this form was not opened at {own}, where moderators work: open it there"
        raise ForeignForm(sentence)


def require_moderator() -> ResponseReturnValue | None:
    """Before a moderator's requests: who asks; and of a form, that this session's page made it."""
    try:
        g.moderator = parts().sessions.moderator(session_token())
    except (SignedOut, CodeNeeded) as missing:
        if request.method == "POST":
            raise
        ask = "second_factor" if isinstance(missing, CodeNeeded) else "ask"
        return redirect(url_for(f"moderate.sign_in.{ask}"), HTTPStatus.SEE_OTHER)
    if request.method == "POST":
        check_form()
    return None


def require_admin() -> ResponseReturnValue | None:
    """Before an admin's requests; raises NotAllowed."""
    answer = require_moderator()
    if answer is None:
        g.moderator.check_admin()
    return answer


def review_queue() -> ReviewQueue:
    """The queue as far as the moderator who asks may see it: no page has another one."""
    return ReviewQueue(parts().database, parts().clock, g.moderator.reach)


def waiting_here(site: str | None) -> int:
    """How many comments wait for the moderator who asks, or on one site."""
    return parts().waiting.of(g.moderator.reach, site)


def sites_within_reach() -> list[Site]:
    """The sites of the moderator who asks, read once a request."""
    if "sites" not in g:
        reach = g.moderator.reach
        g.sites = [site for site in parts().sites.all() if reach.includes(site.name)]
    return cast("list[Site]", g.sites)


def asked_site() -> str | None:
    """The name of the site looked at, None for all; raises SiteNotFound, beyond reach too."""
    name = request.args.get("site") or None
    if name not in (None, *(site.name for site in sites_within_reach())):
        raise SiteNotFound(name)
    return name


def session_token() -> str:
    """What the browser sent as its session's token, if anything."""
    return request.cookies.get(COOKIE, "")


def form_token() -> str:
    """What proves that a form was made for this session."""
    return parts().token("form", session_token())


def begin(token: str) -> Response:
    """On with a new session, whole or half; one that this browser had before ends."""
    parts().sessions.close(session_token())
    try:
        name = parts().sessions.moderator(token).name
    except CodeNeeded:
        return _with_session(url_for("moderate.sign_in.second_factor"), token)
    response = _with_session(_path(), token)
    remember_device(response, name, path=_path(), secure=_secure())
    return response


def end() -> Response:
    """To the sign-in page without a session."""
    parts().sessions.close(session_token())
    response = redirect(url_for("moderate.sign_in.ask"), HTTPStatus.SEE_OTHER)
    response.delete_cookie(COOKIE, path=_path())
    return response


def keeps_cookies() -> bool:
    """Whether browsers keep a session here: over plain HTTP only on this machine itself."""
    public_url = parts().settings.public_url
    return public_url.startswith("https://") or is_local(public_url)


def browser() -> str:
    """What the browser calls itself, for its holder to know the session by."""
    return request.headers.get("User-Agent", "")


def check_form() -> None:
    """Raises ForeignForm for a form that no page of this session made."""
    given = request.form.get(FORM_TOKEN, "")
    if not hmac.compare_digest(given.encode(), form_token().encode()):
        sentence = "this form belongs to an earlier sign-in: open the queue again"
        raise ForeignForm(sentence)


def _with_session(where: str, token: str) -> Response:
    response = redirect(where, HTTPStatus.SEE_OTHER)
    response.set_cookie(
        COOKIE,
        token,
        max_age=LIFE,
        path=_path(),
        secure=_secure(),
        httponly=True,
        samesite="Lax",  # Strict would sign out whoever follows a link from a mail
    )
    return response


def _secure() -> bool:
    return not is_local(parts().settings.public_url)


def _path() -> str:
    return url_for("moderate.queue.waiting")


def is_local(url: str) -> bool:
    """Whether it stays on this machine, where plain HTTP is as good."""
    address = urlsplit(url)
    return address.scheme == "http" and is_this_machine(address.hostname or "")
