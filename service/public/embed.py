"""The script a website puts under its pages, with its styles inside; the styles alone as well."""

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from flask import Blueprint, Response, request
from flask.blueprints import BlueprintSetupState

from moderation.pages.page_keys import NAMING

embed = Blueprint("embed", __name__)
_KEPT_SECONDS = 3600
# One file to fetch, without a build step: the modules of static/embed/ one after the other, each
# after those that it imports, without their import and export.
MODULES = (
    *("elements", "text", "server", "device", "page", "settings", "styles"),
    *("field", "report", "erase", "comment", "form", "own", "thread", "mount"),
)
_LINKS_OF_MODULES = re.compile(r"^import [^;]+;\n|^export ", re.MULTILINE)


@dataclass(frozen=True)
class _Asset:
    body: bytes
    content_type: str
    encoding: str | None = None  # None: as it is

    @property
    def etag(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


@embed.get("/embed.js")
def script() -> Response:
    return _answer("embed.js")


@embed.get("/embed.css")
def styles() -> Response:
    """For pages that render comments on the server."""
    return _answer("embed.css")


@embed.record_once
def _prepare(_state: BlueprintSetupState) -> None:
    _assets()


def script_source() -> str:
    """The script as it is served, not compressed."""
    source = "".join(map(_module, MODULES)).replace('"embed.css"', json.dumps(_read("embed.css")))
    source = source.replace("naming parameters", " ".join(sorted(NAMING)))
    return f'(() => {{\n"use strict";\n{source}}})();\n'


@cache
def _assets() -> dict[tuple[str, bool], _Asset]:
    """Each file, compressed and not: made once for each web process."""
    script = _Asset(script_source().encode(), "text/javascript; charset=utf-8")
    styles = _Asset(_read("embed.css").encode(), "text/css; charset=utf-8")
    plain = {"embed.js": script, "embed.css": styles}
    return {
        (name, is_compressed): _compressed(asset) if is_compressed else asset
        for name, asset in plain.items()
        for is_compressed in (False, True)
    }


def _compressed(asset: _Asset) -> _Asset:
    # Without a time in it, so that all web processes give the same bytes and the same ETag.
    return _Asset(gzip.compress(asset.body, mtime=0), asset.content_type, "gzip")


def _module(name: str) -> str:
    return _LINKS_OF_MODULES.sub("", _read(f"embed/{name}.js"))


def _read(path: str) -> str:
    return files("service.public").joinpath("static", path).read_text("utf-8")


def _answer(name: str) -> Response:
    asset = _assets()[name, request.accept_encodings.quality("gzip") > 0]
    response = Response(asset.body, content_type=asset.content_type)
    if asset.encoding:
        response.content_encoding = asset.encoding
    response.vary.add("Accept-Encoding")
    response.cache_control.public = True
    response.cache_control.max_age = _KEPT_SECONDS
    response.headers["Access-Control-Allow-Origin"] = "*"  # for crossorigin and type=module
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.set_etag(asset.etag)
    response.make_conditional(request)
    return response
