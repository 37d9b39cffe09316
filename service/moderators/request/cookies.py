"""The cookies of moderators' browsers: their names, where they are sent, and which one counts."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from flask import request
from werkzeug.wrappers import Response

from service.http.own_origin import is_local_http
from service.wiring.parts import parts

_MOST = 8  # values of one name that are looked at
_USUAL_PORTS = (None, 80, 443)


@dataclass(frozen=True, slots=True)
class CookieRules:
    """What follows from the public address for every cookie.

    Attributes:
        prefix: `__Host-` where it can be: then no other host can set the cookie.
        suffix: The port where it is not the usual one: cookies are shared by all ports of a host.
        path: Under which the browser sends them.
        secure: Whether only over HTTPS.
    """

    prefix: str
    suffix: str
    path: str
    secure: bool

    def name(self, cookie: str) -> str:
        """The whole name of a cookie of ours."""
        return f"{self.prefix}{cookie}{self.suffix}"


def cookie_rules(public_url: str) -> CookieRules:
    """The rules for a Parley at this address.

    `__Host-` needs HTTPS and the path `/`, so a Parley below a path of its host goes without.
    """
    parts = urlsplit(public_url)
    alone = parts.scheme == "https" and not parts.path.strip("/")
    return CookieRules(
        prefix="__Host-" if alone else "",
        suffix="" if parts.port in _USUAL_PORTS else f"_{parts.port}",
        path="/" if alone else f"{parts.path.rstrip('/')}/moderate",
        secure=not is_local_http(public_url),
    )


def cookie_values(cookie: str) -> list[str]:
    """Every value of a cookie: another program of the host may have set one of the same name."""
    return request.cookies.getlist(_rules().name(cookie))[:_MOST]


def keep_cookie(response: Response, cookie: str, value: str, life: timedelta) -> None:
    """Let the browser keep a value, for no script and no other site's forms."""
    rules = _rules()
    response.set_cookie(
        rules.name(cookie),
        value,
        max_age=life,
        path=rules.path,
        secure=rules.secure,
        httponly=True,
        samesite="Lax",  # Strict would sign out whoever follows a link from a mail
    )


def forget_cookie(response: Response, cookie: str) -> None:
    """Let the browser delete a cookie."""
    rules = _rules()
    # As it was set: a browser takes no `__Host-` cookie otherwise, not even to delete it.
    response.delete_cookie(
        rules.name(cookie), path=rules.path, secure=rules.secure, httponly=True, samesite="Lax"
    )


def _rules() -> CookieRules:
    return cookie_rules(parts().settings.public_url)
