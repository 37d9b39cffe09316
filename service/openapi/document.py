"""The OpenAPI description, for programs and for people; no script and no CDN."""

import functools
from importlib.metadata import version
from typing import Any

from apispec import APISpec
from flask import Blueprint, Response, jsonify, render_template
from flask.typing import ResponseReturnValue

from service.openapi import (
    akismet_paths,
    batch_paths,
    check_paths,
    coral_paths,
    document_paths,
    moderation_paths,
    moderation_schemas,
    openai_paths,
    own_schemas,
    perspective_paths,
    policy_paths,
    public_paths,
    public_schemas,
    safeguard_paths,
)
from service.openapi.elements import Element
from service.scoring.coral_phase import SIGNATURE
from service.wiring.parts import parts

openapi = Blueprint("openapi", __name__, static_folder="static", static_url_path="/docs/static")
_SCORING = (check_paths, perspective_paths, akismet_paths, coral_paths, openai_paths)
_OF_READERS = (public_paths, document_paths, safeguard_paths, batch_paths)
_OF_MODERATORS = (moderation_paths, policy_paths)
_WITH_PATHS = (*_OF_READERS, *_SCORING, *_OF_MODERATORS)
_WITH_SCHEMAS = (
    *(public_schemas, safeguard_paths, batch_paths),
    *_SCORING,
    *(moderation_schemas, own_schemas, policy_paths),
)
PATHS: dict[str, Element] = {
    path: element for module in _WITH_PATHS for path, element in module.PATHS.items()
}
SCHEMAS: dict[str, Element] = {
    name: element for module in _WITH_SCHEMAS for name, element in module.SCHEMAS.items()
}
_CSP = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'"


@openapi.get("/openapi.json")
def document() -> ResponseReturnValue:
    return jsonify(description(parts().settings.public_url))


@openapi.get("/docs")
def docs() -> ResponseReturnValue:
    page = render_template("docs.html", api=description(parts().settings.public_url))
    return Response(page, headers={"Content-Security-Policy": _CSP})


@functools.cache
def description(server: str) -> dict[str, Any]:
    """The OpenAPI document, as Python values.

    Args:
        server: The public URL of this Parley.
    """
    spec = APISpec(
        title="Parley",
        version=version("parley"),
        openapi_version="3.1.0",
        info={"description": "Comments under articles, without accounts. " + _ABOUT},
        servers=[{"url": server}],
    )
    for name, schema in SCHEMAS.items():
        spec.components.schema(name, schema)
    spec.components.security_scheme("siteKey", {"type": "http", "scheme": "bearer"})
    spec.components.security_scheme("moderatorToken", {"type": "http", "scheme": "bearer"})
    for name, place in _KEYS.items():
        spec.components.security_scheme(name, {"type": "apiKey", **place})
    for path, operations in PATHS.items():
        spec.path(path=path, operations=operations)
    return spec.to_dict()


_KEYS = {
    "googleKey": {"in": "query", "name": "key"},
    "coralSignature": {"in": "header", "name": SIGNATURE},
}
_ABOUT = (
    "A browser needs no key: its Origin must be one of the site's. A server sends "
    "Authorization: Bearer and the site's key, a program that moderates does with a token that a "
    "moderator made at /moderate/account. Every error is application/problem+json, or a page for "
    "a browser that asks for text/html."
)
