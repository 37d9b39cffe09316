"""Comments keep their shape under the styles of any website."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.chromium import OpenPage
from tests.support.program import DEMO_PAGE, Program, running_with
from tests.support.websites import page_with, website

LONG = "A sentence of a long comment. " * 90
# Where the comments stand is the website's own, whatever it does to all others.
PLACED = """
body { margin: 20px; font: 16px/1.5 sans-serif; color: #222; max-width: 40rem }
#story #parley { float: none; width: auto; margin: 0; padding: 0 }
"""
RESETS = "* { all: revert } *::before { all: revert }"
BOOTSTRAP = """
*, *::before, *::after { box-sizing: border-box }
p { margin-top: 0; margin-bottom: 1rem } ol, ul { padding-left: 2rem; margin-bottom: 1rem }
h2 { margin-bottom: .5rem; font-weight: 500; font-size: 2rem; line-height: 1.2 }
label { display: inline-block } legend { float: left; width: 100% } a { color: #0d6efd }
button { border-radius: 0; text-transform: none } summary { display: list-item }
textarea { resize: vertical } input, button, select, textarea { margin: 0; font-family: inherit }
"""
AGGRESSIVE = """
article * { margin: 3px; padding: 5px; text-align: justify }
#story p { text-indent: 2em; margin: 3em 0; columns: 2; line-height: 3; text-transform: uppercase }
#story li { list-style: decimal inside; margin-left: 4em; display: inline-block; float: left }
#story li::before, #story p::before, #story div::after { content: "\\201E"; display: block }
#story form { display: flex; width: 50% } #story div { float: left; width: 33% }
"""
IMPORTANT = """
label { float: left !important; width: 30% !important; display: inline !important }
input, textarea, select { width: 200px !important; display: inline-block !important;
  margin: 9px !important; padding: 0 !important }
button { width: 100% !important; float: right !important; text-transform: uppercase !important;
  letter-spacing: 4px !important; position: absolute !important; display: block !important }
ol, li { padding: 2em !important; margin: 1em !important; display: list-item !important }
p, span, time, details { display: none !important; position: absolute !important }
"""
PARTS = (
    *("h2", ".parley-list", ".parley-comment", ".parley-by", ".parley-name", ".parley-time"),
    *(
        ".parley-text",
        ".parley-fold summary",
        ".parley-read-more",
        ".parley-plain",
        ".parley-report",
        ".parley-field label",
    ),
    *(".parley-field input", ".parley-field select", ".parley-field textarea", ".parley-button"),
    *(".parley-form", ".parley-left"),
)
BOXES = """(parts) => parts.map((part) =>
  [...document.querySelectorAll(`#parley ${part}`)]
    .map((one) => one.getBoundingClientRect())
    .filter((box) => box.width)
    .map(({ x, y, width, height }) => [x, y, width, height].map(Math.round)))"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    comments = [("Ada", "Short. See https://a.example/x"), ("Bo", LONG)]
    with running_with(tmp_path_factory.mktemp("var"), comments) as program:
        yield program


def visit(program: Program, open_page: OpenPage, css: str, width: int) -> Page:
    body = (
        f"<style>{PLACED}{css}</style><article id=story><h1>Story</h1>"
        f'<div id="parley" data-page="{DEMO_PAGE}"></div></article>'
    )
    with website(page_with(program, 'data-site="demo"', body)) as origin:
        page = open_page(origin, size=(width, 900))
        expect(page.locator("#parley.parley-built")).to_be_visible()
    page.locator("#parley-text").fill("x" * 10_003)
    page.locator(".parley-comment").first.get_by_role("button", name="Report").click()
    expect(page.locator(".parley-report")).to_be_visible()
    return page


def boxes(page: Page) -> dict[str, Any]:
    top = page.locator("#parley").bounding_box()
    assert top is not None
    measured = page.evaluate(BOXES, list(PARTS))
    return {
        part: [[x, y - round(top["y"]), width, height] for x, y, width, height in of_part]
        for part, of_part in zip(PARTS, measured, strict=True)
    }


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "css",
    [RESETS, BOOTSTRAP, AGGRESSIVE, IMPORTANT],
    ids=["resets", "bootstrap", "aggressive", "important"],
)
def test_comments_keep_their_shape(
    program: Program, open_page: OpenPage, css: str, width: int
) -> None:
    plain, hostile = (boxes(visit(program, open_page, one, width)) for one in ("", css))

    for part in PARTS:
        for expected, box in zip(plain[part], hostile[part], strict=True):
            assert box == pytest.approx(expected, abs=2), part
