"""The page that somebody asked for before signing in: they get there afterwards.

It is kept in a cookie, so that every way to sign in leads there: password, code, link, provider.
"""

from datetime import timedelta
from urllib.parse import quote, urlsplit

from flask import request, url_for
from werkzeug.wrappers import Response

from service.moderators.request.cookies import cookie_values, forget_cookie, keep_cookie

COOKIE = "parley_wanted_page"
_LIFE = timedelta(minutes=15)
_MAX_LENGTH = 3000  # with name and attributes a browser keeps 4,096
_SAFE = "/:@!$&'()*+,;=-._~?%"


def own_address(value: str) -> str | None:
    """The address, if it is one of the moderators' pages: never another host's."""
    try:
        address = urlsplit(value)
    except ValueError:
        return None
    home = url_for("moderate.queue.overview")
    is_ours = (
        not address.scheme and not address.netloc and f"{address.path}/".startswith(f"{home}/")
    )
    return address.geturl() if is_ours and address.path and value.isprintable() else None


def deep_link() -> str | None:
    """The page to go to after signing in; None for the queue."""
    addresses = (own_address(value) for value in cookie_values(COOKIE))
    return next((address for address in addresses if address), None)


def keep_deep_link(response: Response) -> None:
    """Keep the page that is asked for, if it is one for people."""
    query = request.query_string.decode("latin-1")
    address = quote(request.script_root + request.path, safe=_SAFE)
    address += f"?{quote(query, safe=_SAFE)}" if query else ""
    is_home = address.rstrip("/") == url_for("moderate.queue.overview")
    if _is_page() and not is_home and len(address) <= _MAX_LENGTH:
        keep_cookie(response, COOKIE, address, _LIFE)


def forget_deep_link(response: Response) -> None:
    """Let the next sign-in lead to the queue again."""
    if cookie_values(COOKIE):
        forget_cookie(response, COOKIE)


def _is_page() -> bool:
    """Whether a person follows a link, and not a script of the page that asks for news."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    return mode == "navigate" and request.accept_mimetypes.best != "application/json"
