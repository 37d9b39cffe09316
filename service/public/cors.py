"""CORS headers: which pages of other origins may read an answer (Fetch standard, 3.3)."""

import re
from http import HTTPStatus

from flask import Response, g, request

from service.wiring.parts import parts

# Moderators' programs and those of other services ask with a key, which no page has.
_API, _NOT_FOR_PAGES = "/v1/", "/v1/moderation"
_PUBLIC_FILES = ("/embed.js", "/embed.css", "/openapi.json")
_LANGUAGES = "/languages/"
_EXPOSED_HEADERS = "ETag, Location, Retry-After"
_PREFLIGHT_SECONDS = 7200  # the most that Chromium keeps
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # a token, RFC 9110, 5.6.2
# Of a server, by which it submits: no page may send it.
_NEVER_ALLOWED = "authorization"


def allow_origin(response: Response) -> Response:
    """After every request: let pages of other origins read the answer, errors too.

    What anybody may read, a page of any origin may read. What was submitted, only a page of the
    site may read.
    """
    if _is_public():
        _allow(response, "*")
    elif _is_api():
        response.vary.add("Origin")
        origin = request.headers.get("Origin")
        if origin and _may_submit(origin):
            _allow(response, origin)
    return response


def answer_preflight() -> Response | None:
    """Before every request: answer a browser that asks whether a script may send one.

    Any header may be sent, since none of them decides anything here: tracing adds its own.
    """
    if request.method != "OPTIONS" or not (_is_api() or _is_file()):
        return None
    response = Response(status=HTTPStatus.NO_CONTENT)
    if _is_public() or (_is_api() and parts().site_cache.has_origin(request.headers.get("Origin"))):
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, DELETE"
        response.headers["Access-Control-Allow-Headers"] = ", ".join(_requested_headers())
        response.headers["Access-Control-Max-Age"] = str(_PREFLIGHT_SECONDS)
    response.vary.update(("Access-Control-Request-Headers", "Access-Control-Request-Method"))
    return response


def _allow(response: Response, origin: str) -> None:
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED_HEADERS


def _is_public() -> bool:
    """Whether the answer is the same for everybody who knows the address; a preflight's is next."""
    asked = request.headers.get("Access-Control-Request-Method", "")
    method = asked if request.method == "OPTIONS" else request.method
    return method in ("GET", "HEAD") and (_is_api() or _is_file())


def _is_api() -> bool:
    return request.path.startswith(_API) and not request.path.startswith(_NOT_FOR_PAGES)


def _is_file() -> bool:
    return request.path in _PUBLIC_FILES or request.path.startswith(_LANGUAGES)


def _requested_headers() -> list[str]:
    names = request.headers.get("Access-Control-Request-Headers", "").split(",")
    stripped = [name.strip() for name in names]
    return [
        name for name in stripped if _HEADER_NAME.fullmatch(name) and name.lower() != _NEVER_ALLOWED
    ]


def _may_submit(origin: str) -> bool:
    """Whether the origin is the site's; any site's, where the request did not get to its site."""
    return g.site.lists(origin) if "site" in g else parts().site_cache.has_origin(origin)
