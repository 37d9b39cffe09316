"""The script a website puts under its pages, with its styles inside; the styles alone as well."""

import json
import re
from functools import cache
from importlib.resources import files

from flask import Blueprint, Response, abort
from flask.blueprints import BlueprintSetupState
from rcssmin import cssmin
from rjsmin import jsmin

from moderation.pages.page_keys import NAMING
from service.languages.reader_language import ALIASES, CODES, texts_of
from service.public.assets import AssetPair, answer_asset, asset_pair

embed = Blueprint("embed", __name__)
# One file to fetch, without a build step: the modules of static/embed/ one after the other, each
# after those that it imports, without their import and export.
MODULES = (
    *("elements", "complaints", "words", "text", "server", "device", "page", "settings", "styles"),
    *("field", "report", "erase", "comment", "form", "own", "thread", "mount"),
)
_LINKS_OF_MODULES = re.compile(r"^import [^;]+;\n|^export ", re.MULTILINE)


@embed.get("/embed.js")
def script() -> Response:
    return answer_asset(_script())


@embed.get("/embed.css")
def styles() -> Response:
    """For pages that render comments on the server."""
    return answer_asset(_styles())


@embed.get("/languages/<code>.json")
def language(code: str) -> Response:
    """The texts of the script in one language."""
    if code not in CODES:
        abort(404)
    return answer_asset(_texts(code))


@embed.record_once
def _prepare(_state: BlueprintSetupState) -> None:
    _script()
    _styles()


def script_source() -> str:
    """The script with all that it needs, before it is made smaller."""
    source = "".join(map(_module, MODULES))
    for place, value in _values().items():
        source = source.replace(json.dumps(place), _in_javascript(value))
    return f'(() => {{\n"use strict";\n{source}}})();\n'


def _values() -> dict[str, object]:
    """What the server puts into the script, by what stands in its place."""
    return {
        "embed.css": cssmin(_read("embed.css")),
        "naming parameters": " ".join(sorted(NAMING)),
        "codes of languages": {code: code for code in CODES} | ALIASES,
        "texts in English": texts_of("en")["script"],
    }


def _in_javascript(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@cache
def _script() -> AssetPair:
    return asset_pair(jsmin(script_source()), "text/javascript")


@cache
def _styles() -> AssetPair:
    return asset_pair(cssmin(_read("embed.css")), "text/css")


@cache
def _texts(code: str) -> AssetPair:
    return asset_pair(_in_javascript(texts_of(code)["script"]), "application/json")


def _module(name: str) -> str:
    return _LINKS_OF_MODULES.sub("", _read(f"embed/{name}.js"))


def _read(path: str) -> str:
    return files("service.public").joinpath("static", path).read_text("utf-8")
