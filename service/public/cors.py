"""CORS headers: which pages of other origins may read an answer (Fetch standard, 3.3)."""

import re
from http import HTTPStatus

from flask import Request, Response, g

from service.wiring.parts import parts

# Moderators' programs and those of other services ask with a key, which no page has.
_API, _NOT_FOR_PAGES = "/v1/", "/v1/moderation"
_PUBLIC_FILES = ("/embed.js", "/embed-more.js", "/embed.css", "/counts.js", "/openapi.json")
_LANGUAGES = "/languages/"
# Perspective answers pages of any origin, by a key that they have; so do we, under any prefix.
_PERSPECTIVE = ("/comments:analyze", "/comments:suggestscore", "/$discovery/rest")
_EXPOSED_HEADERS = "ETag, Location, Retry-After"
_PREFLIGHT_SECONDS = 7200  # the most that Chromium keeps
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # a token, RFC 9110, 5.6.2
# Of a server, by which it submits: no page may send it.
_NEVER_ALLOWED = "authorization"


def allow_origin(asked: Request, response: Response) -> None:
    """After every request: let pages of other origins read the answer, errors too.

    What anybody may read, a page of any origin may read, and what whoever has a key is answered in
    place of Perspective. What was submitted, only a page of the site may read.
    """
    if _is_public(asked) or _is_perspective(asked):
        _allow(response, "*")
    elif _is_api(asked):
        _vary_by_origin(response)
        origin = asked.headers.get("Origin")
        if origin and _may_submit(origin):
            _allow(response, origin)


def answer_preflight(asked: Request) -> Response | None:
    """Before every request: answer a browser that asks whether a script may send one.

    Any header may be sent, since none of them decides anything here: tracing adds its own.
    """
    if asked.method != "OPTIONS" or not (
        _is_api(asked) or _is_file(asked) or _is_perspective(asked)
    ):
        return None
    response = Response(status=HTTPStatus.NO_CONTENT)
    if _may_ask(asked):
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, PATCH, DELETE"
        response.headers["Access-Control-Allow-Headers"] = ", ".join(_requested_headers(asked))
        response.headers["Access-Control-Max-Age"] = str(_PREFLIGHT_SECONDS)
    response.vary.update(("Access-Control-Request-Headers", "Access-Control-Request-Method"))
    return response


def _vary_by_origin(response: Response) -> None:
    if "Vary" in response.headers:
        response.vary.add("Origin")
    else:  # a set made for one name took 3 % of a submission's time
        response.headers.add("Vary", "Origin")


def _allow(response: Response, origin: str) -> None:
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED_HEADERS


def _is_public(asked: Request) -> bool:
    """Whether the answer is the same for everybody who knows the address; a preflight's is next."""
    method = asked.method
    if method == "OPTIONS":
        method = asked.headers.get("Access-Control-Request-Method", "")
    return method in ("GET", "HEAD") and (_is_api(asked) or _is_file(asked))


def _may_ask(asked: Request) -> bool:
    """Whether a script of the origin may send what the preflight asks about."""
    if _is_public(asked) or _is_perspective(asked):
        return True
    return _is_api(asked) and parts().site_cache.has_origin(asked.headers.get("Origin"))


def _is_perspective(asked: Request) -> bool:
    return asked.path.endswith(_PERSPECTIVE)


def _is_api(asked: Request) -> bool:
    return asked.path.startswith(_API) and not asked.path.startswith(_NOT_FOR_PAGES)


def _is_file(asked: Request) -> bool:
    return asked.path in _PUBLIC_FILES or asked.path.startswith(_LANGUAGES)


def _requested_headers(asked: Request) -> list[str]:
    names = asked.headers.get("Access-Control-Request-Headers", "").split(",")
    stripped = [name.strip() for name in names]
    return [
        name for name in stripped if _HEADER_NAME.fullmatch(name) and name.lower() != _NEVER_ALLOWED
    ]


def _may_submit(origin: str) -> bool:
    """Whether the origin is the site's; any site's, where the request did not get to its site."""
    return g.site.lists(origin) if "site" in g else parts().site_cache.has_origin(origin)
