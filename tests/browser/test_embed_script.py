"""The script as a file: how it is served, and what it must never contain."""

import gzip
import re
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from importlib.resources import files
from urllib.parse import urlsplit

import pytest

from moderation.comments import MAX_NAME, MAX_TEXT
from moderation.review import reports
from moderation.text.links import ENDS
from service.public.embed import MODULES, REST, rest_source, script_source
from tests.support.program import Program

SOURCE = script_source()
BOTH = SOURCE + rest_source()
MOST_BYTES = 14_000  # compressed
SINKS = (
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser"
    r"|setHTML|srcdoc|\beval\b|\bFunction\(|javascript:|\.cookie\b|postMessage"
)

ELEMENTS = {
    *("a", "bdi", "button", "details", "div", "form", "h2", "input", "label", "li", "ol", "p"),
    *("select", "span", "summary", "textarea", "time"),
}


def test_no_text_can_become_markup_or_script() -> None:
    assert re.findall(SINKS, BOTH) == []
    assert re.findall(r"import\((.{30})", BOTH) == ["new URL(`../embed-more.js?${VE"]
    assert set(re.findall(r'node\(\s*"(\w+)"', BOTH)) == ELEMENTS


def test_script_and_server_end_an_address_at_the_same_characters() -> None:
    in_javascript = re.sub(r"\\U000(.{5})", r"\\u{\1}", ENDS).replace("`", r"\x60")

    assert f"const ENDS = String.raw`{in_javascript}`;" in SOURCE


def test_it_is_small_on_its_way(program: Program) -> None:
    answer = program.get("/embed.js", **{"Accept-Encoding": "gzip, br"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) <= MOST_BYTES


def test_it_needs_no_other_file_and_each_module_stands_after_those_it_imports() -> None:
    assert re.findall(r"^(?:import|export)\b", SOURCE, re.MULTILINE) == []
    assert re.findall(r"^(?:import|export)\b.*", rest_source(), re.MULTILINE) == [
        "export { openReport, OwnComments, Arrivals, showNudge, showRisen, offerMail,"
        " TEXTS, MISTAKES };"
    ]
    for modules in (MODULES, REST):
        for place, name in enumerate(modules):
            imported = re.findall(r'from "\./(\w+)\.js"', module_source(name))
            assert set(imported) <= set(modules[:place])


@pytest.mark.parametrize("modules", [MODULES, REST])
def test_no_two_modules_use_one_name(modules: tuple[str, ...]) -> None:
    declaration = re.compile(
        r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE
    )
    names = [name for module in modules for name in declaration.findall(module_source(module))]

    assert [name for name in set(names) if names.count(name) > 1] == []


def test_no_module_is_left_out() -> None:
    folder = files("service.public").joinpath("static", "embed")

    assert {path.name for path in folder.iterdir()} == {f"{name}.js" for name in (*MODULES, *REST)}


def module_source(name: str) -> str:
    return files("service.public").joinpath("static", "embed", f"{name}.js").read_text("utf-8")


def test_it_counts_up_to_the_limits_of_the_server() -> None:
    assert f"{{ name: {MAX_NAME}, text: {MAX_TEXT:_} }}" in SOURCE
    assert f"const MOST_DETAILS = {reports.MAX_TEXT};" in rest_source()


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/embed.js", "text/javascript; charset=utf-8"),
        ("/embed-more.js", "text/javascript; charset=utf-8"),
        ("/embed.css", "text/css; charset=utf-8"),
    ],
)
def test_any_website_may_fetch_and_keep_it(program: Program, path: str, content_type: str) -> None:
    headers = program.get(path).headers

    assert headers["Content-Type"] == content_type
    assert headers["Cache-Control"] == "public, max-age=3600"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert program.get(path, **{"If-None-Match": headers["ETag"]}).status == HTTPStatus.NOT_MODIFIED


def test_the_styles_are_inside(program: Program) -> None:
    script = program.get("/embed.js").text

    assert ".parley-comment{" in script
    assert '"embed.css"' not in script


@pytest.mark.parametrize("path", ["/embed.js", "/embed.css"])
def test_each_encoding_has_its_own_etag_and_the_same_content(program: Program, path: str) -> None:
    plain, compressed = fetch(program, path, ""), fetch(program, path, "gzip")

    assert gzip.decompress(compressed.body) == plain.body
    assert compressed.etag != plain.etag
    assert (plain.encoding, compressed.encoding) == (None, "gzip")
    assert {plain.vary, compressed.vary} == {"Accept-Encoding"}
    assert program.get(path, **{"If-None-Match": compressed.etag}).status == HTTPStatus.OK


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("identity", None), ("gzip;q=0", None), ("*", "gzip"), ("br", None)]
)
def test_it_is_compressed_only_for_who_can_read_it(
    program: Program, accepted: str, encoding: str | None
) -> None:
    assert fetch(program, "/embed.js", accepted).encoding == encoding


@dataclass(frozen=True)
class Fetched:
    body: bytes
    etag: str
    encoding: str | None
    vary: str


def fetch(program: Program, path: str, accepted: str) -> Fetched:
    connection = HTTPConnection(urlsplit(program.url).netloc, timeout=60)
    connection.request("GET", path, headers={"Accept-Encoding": accepted})
    answer = connection.getresponse()
    headers = answer.headers
    result = Fetched(answer.read(), headers["ETag"], headers["Content-Encoding"], headers["Vary"])
    connection.close()
    return result
