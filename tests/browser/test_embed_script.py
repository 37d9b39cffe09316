"""The script as a file: how it is served, and what it must never contain."""

import re
from http import HTTPStatus
from importlib.resources import files

import pytest

from service.http.plain_text import ENDS
from tests.support.program import Program

SOURCE = files("service.public").joinpath("static", "embed.js").read_text("utf-8")
SINKS = (
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser"
    r"|setHTML|srcdoc|\beval\b|\bFunction\(|javascript:|\.cookie\b|postMessage|import\("
)

ELEMENTS = {"a", "bdi", "button", "div", "form", "h2", "input", "label", "li", "ol", "p"} | {
    "select",
    "textarea",
    "time",
}


def test_no_text_can_become_markup_or_script() -> None:
    assert re.findall(SINKS, SOURCE) == []
    assert set(re.findall(r'node\("(\w+)"', SOURCE)) == ELEMENTS


def test_script_and_server_end_an_address_at_the_same_characters() -> None:
    in_javascript = re.sub(r"\\U000(.{5})", r"\\u{\1}", ENDS).replace("`", r"\x60")

    assert f"const ENDS = String.raw`{in_javascript}`;" in SOURCE


def test_it_is_small() -> None:
    assert len(SOURCE.encode()) < 15_500


@pytest.mark.parametrize(
    ("path", "content_type"),
    [("/embed.js", "text/javascript; charset=utf-8"), ("/embed.css", "text/css; charset=utf-8")],
)
def test_any_website_may_fetch_and_keep_it(program: Program, path: str, content_type: str) -> None:
    headers = program.get(path).headers

    assert headers["Content-Type"] == content_type
    assert headers["Cache-Control"] == "public, max-age=3600"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert program.get(path, **{"If-None-Match": headers["ETag"]}).status == HTTPStatus.NOT_MODIFIED


def test_the_styles_are_inside(program: Program) -> None:
    script = program.get("/embed.js").text

    assert ".parley-comment {" in script
    assert '"embed.css"' not in script
