"""The script a website puts under its pages, with its styles inside; the styles alone as well."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from flask import Blueprint, Response, request

embed = Blueprint("embed", __name__)
_KEPT_SECONDS = 3600


@dataclass(frozen=True)
class _Asset:
    body: bytes
    content_type: str


@embed.get("/embed.js")
def script() -> Response:
    return _answer(_script())


@embed.get("/embed.css")
def styles() -> Response:
    """For pages that render comments on the server."""
    return _answer(_styles())


@cache
def _styles() -> _Asset:
    return _Asset(_read("embed.css").encode(), "text/css; charset=utf-8")


@cache
def _script() -> _Asset:
    """One file to fetch: the styles stand where the script names them."""
    source = _read("embed.js").replace('"embed.css"', json.dumps(_read("embed.css")))
    return _Asset(source.encode(), "text/javascript; charset=utf-8")


def _read(name: str) -> str:
    return files("service.public").joinpath("static", name).read_text("utf-8")


def _answer(asset: _Asset) -> Response:
    response = Response(asset.body, content_type=asset.content_type)
    response.cache_control.public = True
    response.cache_control.max_age = _KEPT_SECONDS
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.set_etag(hashlib.sha256(asset.body).hexdigest())
    response.make_conditional(request)
    return response
