"""CORS headers: which pages of other origins may read an answer (Fetch standard, 3.3)."""

from http import HTTPStatus

from flask import Response, g, request

from service.public.site_access import AUTHOR_TOKEN
from service.wiring.parts import parts

_API = "/v1/"
_ALLOWED_HEADERS = f"Content-Type, Idempotency-Key, If-None-Match, {AUTHOR_TOKEN}"
_EXPOSED_HEADERS = "ETag, Location, Retry-After"
_PREFLIGHT_SECONDS = 7200  # the most that Chromium keeps


def allow_origin(response: Response) -> Response:
    """After every request: let a page of the site read the answer, errors too, and nobody else."""
    if not request.path.startswith(_API):
        return response
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin and _is_allowed(origin):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = _EXPOSED_HEADERS
    return response


def answer_preflight() -> Response | None:
    """Before every request: answer a browser that asks whether a script may send one."""
    if request.method != "OPTIONS" or not request.path.startswith(_API):
        return None
    response = Response(status=HTTPStatus.NO_CONTENT)
    if parts().site_cache.has_origin(request.headers.get("Origin")):
        response.headers["Access-Control-Allow-Methods"] = "GET, POST"
        response.headers["Access-Control-Allow-Headers"] = _ALLOWED_HEADERS
        response.headers["Access-Control-Max-Age"] = str(_PREFLIGHT_SECONDS)
    return response


def _is_allowed(origin: str) -> bool:
    """Whether the origin is the site's; any site's, where the request did not get to its site."""
    return g.site.lists(origin) if "site" in g else parts().site_cache.has_origin(origin)
