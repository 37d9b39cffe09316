"""Who may submit: a browser on one of the site's origins, or a server with the site's key."""

import hmac
from http import HTTPStatus

from flask import Request, Response, g, request

from moderation.keys import hash_secret
from moderation.sites import Site
from service.problems.errors import WrongKey, WrongOrigin
from service.wiring.parts import parts

AUTHOR_TOKEN = "Parley-Author-Token"  # noqa: S105 a header's name
_ALLOWED_HEADERS = f"Content-Type, Idempotency-Key, If-None-Match, {AUTHOR_TOKEN}"
_PREFLIGHT_SECONDS = 7200  # the most that Chromium keeps


def check_sender(request: Request, site: Site) -> bool:
    """True for a server that holds the site's key, False for a browser on its origins.

    Raises WrongKey or WrongOrigin for everyone else.
    """
    if (authorization := request.headers.get("Authorization")) is not None:
        _check_key(authorization, site)
        return True
    check_origin(request, site)
    return False


def check_origin(request: Request, site: Site) -> None:
    """Raises WrongOrigin for what no page of the site sent."""
    if request.headers.get("Origin") not in site.origins:
        sentence = (
            f"the Origin of the request is not one of the site {site.name}: send it from a page of"
            " the site, or with Authorization: Bearer and the site's key"
        )
        raise WrongOrigin(sentence)


def _check_key(authorization: str, site: Site) -> None:
    scheme, _, key = authorization.partition(" ")
    expected = site.key_hash or ""
    if scheme.lower() != "bearer" or not hmac.compare_digest(hash_secret(key.strip()), expected):
        sentence = f"this is not the key of the site {site.name}: `parley site key` makes a new one"
        raise WrongKey(sentence)


def allow_origin(response: Response) -> Response:
    """Let a page of the site read the answer, errors too; nobody else's page may."""
    if not request.path.startswith("/v1/"):
        return response
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin and (
        origin in g.site.origins if "site" in g else parts().site_cache.has_origin(origin)
    ):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "ETag, Location, Retry-After"
    return response


def answer_preflight() -> Response | None:
    """What a browser asks before another origin's script may send."""
    if request.method != "OPTIONS" or not request.path.startswith("/v1/"):
        return None
    response = Response(status=HTTPStatus.NO_CONTENT)
    if parts().site_cache.has_origin(request.headers.get("Origin")):
        response.headers["Access-Control-Allow-Methods"] = "GET, POST"
        response.headers["Access-Control-Allow-Headers"] = _ALLOWED_HEADERS
        response.headers["Access-Control-Max-Age"] = str(_PREFLIGHT_SECONDS)
    return response
