"""The scripts a website puts on its pages, one with its styles inside; the styles alone as well."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
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
# after those that it imports, without their import and export. Of such orders one that compresses
# well.
MODULES = (
    *("styles", "page", "rest", "complaints", "settings", "words", "elements", "text", "comment"),
    *("tree", "published", "device", "server", "field", "form", "thread", "mount"),
)
COUNTS = ("embed/rest", "embed/complaints", "embed/words", "counts/counts")
# A second one, for those who write, report or erase. It knows the first by its objects alone, so
# that the first may be an older one, which a browser keeps for an hour.
REST = (
    *(
        "elements",
        "text",
        "server",
        "author",
        "around",
        "field",
        "mail",
        "report",
        "erase",
        "own_changes",
        "own",
        "arrivals",
        "more_texts",
    ),
    "mistakes",
)
_OF_REST = (
    *("openReport", "OwnComments", "Arrivals", "showNudge", "showRisen", "offerMail"),
    *("TEXTS", "MISTAKES"),
)
_LINKS_OF_MODULES = re.compile(r"^import [^;]+;\n|^export ", re.MULTILINE)


@embed.get("/embed.js")
def script() -> Response:
    return answer_asset(_script())


@embed.get("/embed-more.js")
def rest() -> Response:
    """What the script fetches for those who write, report or erase."""
    return answer_asset(_rest())


@embed.get("/counts.js")
def counts_script() -> Response:
    """For lists of articles: how many comments each has."""
    return answer_asset(_counts_script())


@embed.get("/embed.css")
def styles() -> Response:
    """For pages that render comments on the server."""
    return answer_asset(_styles())


@embed.get("/page.css")
def page_styles() -> Response:
    """For readers' pages that have no website around them."""
    return answer_asset(_page_styles())


@embed.get("/languages/<code>.json")
def language(code: str) -> Response:
    """The texts of the script in one language."""
    if code not in CODES:
        abort(404)
    return answer_asset(_texts(code))


@embed.record_once
def _prepare(_state: BlueprintSetupState) -> None:
    _script()
    _rest()
    _counts_script()
    _styles()


def script_source() -> str:
    """The script with all that it needs, before it is made smaller."""
    return _joined(_of_embed(MODULES), _values_of_first())


def rest_source() -> str:
    """The second part of the script, a module, before it is made smaller."""
    return f"{_modules(_of_embed(REST), _values())}export {{ {', '.join(_OF_REST)} }};\n"


def counts_source() -> str:
    """The script for lists: of the texts it needs one."""
    count = {"count": texts_of("en")["script"]["count"]}
    return _joined(COUNTS, _values_of_first() | {"texts in English": count})


def _minified(source: str) -> str:
    """Our formatter ends each statement with a semicolon: none is needed before a brace."""
    smaller: str = jsmin(source)
    return smaller.replace("}\n", "}").replace(";}", "}")


def _of_embed(modules: Iterable[str]) -> Iterable[str]:
    return (f"embed/{name}" for name in modules)


def _joined(names: Iterable[str], values: Mapping[str, object]) -> str:
    return f'(() => {{\n"use strict";\n{_modules(names, values)}}})();\n'


def _modules(names: Iterable[str], values: Mapping[str, object]) -> str:
    source = "".join(map(_module, names))
    for place, value in values.items():
        source = source.replace(json.dumps(place), _in_javascript(value))
    return source


def _values() -> dict[str, object]:
    """What the server puts into the script, by what stands in its place."""
    texts = texts_of("en")["script"]
    first = "".join(map(_module, _of_embed(MODULES)))
    of_rest = {key: text for key, text in texts.items() if f'"{key}"' not in first}
    return {
        "embed.css": cssmin(_read("embed.css")),
        "naming parameters": " ".join(sorted(NAMING)),
        "codes of languages": " ".join([*CODES, *map(":".join, ALIASES.items())]),
        "texts in English": {key: text for key, text in texts.items() if key not in of_rest},
        "texts of the rest": of_rest,
        "keys of texts": " ".join(texts),
    }


def _values_of_first() -> dict[str, object]:
    version = hashlib.sha256(rest_source().encode()).hexdigest()[:6]
    return _values() | {"version of the rest": version}


def _in_javascript(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@cache
def _script() -> AssetPair:
    return asset_pair(_minified(script_source()), "text/javascript")


@cache
def _rest() -> AssetPair:
    return asset_pair(_minified(rest_source()), "text/javascript")


@cache
def _counts_script() -> AssetPair:
    return asset_pair(_minified(counts_source()), "text/javascript")


@cache
def _styles() -> AssetPair:
    return asset_pair(cssmin(_read("embed.css") + _read("lists.css")), "text/css")


@cache
def _page_styles() -> AssetPair:
    return asset_pair(cssmin(_read("page.css")), "text/css")


@cache
def _texts(code: str) -> AssetPair:
    return asset_pair(_in_javascript(texts_of(code)["script"]), "application/json")


def _module(name: str) -> str:
    return _LINKS_OF_MODULES.sub("", _read(f"{name}.js"))


def _read(path: str) -> str:
    return files("service.public").joinpath("static", path).read_text("utf-8")
