"""Whatever readers write, it stays text: nothing runs, nothing breaks out, nothing is moved."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.chromium import OpenPage
from tests.support.program import Program, running_with

LONG_WORD = "w" * 10_000
OWN = [
    "<script>alert(1)</script>",
    "</div></li></ol></div><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    "\"><svg onload=alert(4)> '><svg onload=alert(5)>",
    "<a href=javascript:alert(6)>x</a> javascript:alert(7)",
    'http://a.example/"onmouseover="alert(8)',
    "http://a.example/'onfocus='alert(9)' autofocus='",
    "https://a.example/<img src=x onerror=alert(10)>",
    "{{ 7*7 }} {% raw %} ${7*7} {{ config }}",
    "&lt;script&gt;alert(11)&lt;/script&gt; &#60;b&#62; &amp;amp;",
    "<style>*{display:none}</style><base href=//evil.example><meta http-equiv=refresh content=0>",
    "<form id=parley><input name=parentNode></form><img name=currentScript>",
    "<!-- --!> ]]> <![CDATA[ <plaintext> <textarea></template>",
    "data:text/html,<script>alert(12)</script> vbscript:alert(13)",
    "two\nlines\n\n  and an indented one\ttab",
]
LINKS = [
    "See https://en.wikipedia.org/wiki/Japan_(disambiguation), (https://a.example/b) or http://c.example.",
    "HTTPS://UPPER.example/Path?q=a&r=b#part; xhttp://not.example http:// http://.x https://u@h.example/",
    "https://пример.example/путь https://a.example/\u202egnp.exe https://a.example/b\u200bc 'http://q.example'",
    "http://" * 20 + "x https://a.example/" + "(" * 5 + ")" * 9,
]
LAYOUT = [
    LONG_WORD,
    "https://a.example/" + "l" * 2_000,
    "Z" + "\u0300\u0489\u032e" * 170 + " above and below",
    "\u202egnirts desrever a\u202d and \u2066\u2067\u202b unclosed isolates",
    "مرحبا بالعالم، هذا تعليق طويل من اليمين إلى اليسار",
    "\u3000" * 500 + "wide spaces" + "\u00a0" * 500,
    "𒐫" * 50 + "﷽" * 20,
    "line\n" * 200,
]
ATTRIBUTES = {
    "A": {"class", "href", "rel", "title"},
    "BDI": {"class"},
    "BUTTON": {"aria-expanded", "aria-label", "class", "type"},
    "DETAILS": {"class", "hidden"},
    "DIV": {"class", "dir", "id", "tabindex"},
    "LI": {"class"},
    "P": {"class"},
    "SPAN": {"class"},
    "SUMMARY": set(),
    "TIME": {"class", "datetime"},
}
# What the list may hold, by tag name, with every attribute found there.
FOUND = """list => {
  const found = {};
  for (const element of list.querySelectorAll("*"))
    for (const name of ["", ...element.getAttributeNames()])
      (found[element.tagName] ??= []).push(name);
  return found;
}"""
TEXTS = "items => items.map(item => item.textContent.replaceAll('\\r', ''))"
LINKED = "links => links.map(link => [link.textContent, link.getAttribute('href'), link.rel])"
REL = "nofollow ugc noopener noreferrer"


def corpus() -> list[str]:
    """A sample of the payload collections, where they are at hand."""
    shared = os.environ.get("PARLEY_SHARED")
    if shared is None:
        return []
    paths = [Path(shared, "corpora", name) for name in ("xss_payloads.json", "blns.json")]
    return [text for path in paths for text in _sample(json.loads(path.read_text()))]


def _sample(texts: list[str]) -> list[str]:
    """150 of those that could be stored, evenly spread."""
    storable = [text for text in texts if text.strip() and "\0" not in text]
    return storable[:: len(storable) // 150][:150]


TEXT = [*OWN, *LINKS, *LAYOUT, *corpus()]


@pytest.fixture(scope="module")
def hostile_program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """An article under which every hostile text is approved, as a text and as a name."""
    comments = [(text[:80].replace("\n", " "), text) for text in TEXT]
    with running_with(tmp_path_factory.mktemp("var"), comments) as program:
        yield program


def show_all(page: Page) -> None:
    comments = page.locator(".parley-comment")
    expect(comments.first).to_have_attribute("tabindex", "-1")  # the script's, not the server's
    more = page.get_by_role("button", name="Show more")
    while more.is_visible():
        number = comments.count()
        more.click()
        expect(comments.nth(number)).to_be_attached()


def read_all(page: Page) -> list[str]:
    """The texts of every part the server renders, one after the other."""
    texts = page.locator(".parley-text").evaluate_all(TEXTS)
    while (newer := page.get_by_role("link", name="Newer comments")).count():
        newer.click()
        texts += page.locator(".parley-text").evaluate_all(TEXTS)
    return list(texts)


def size(element: Locator) -> tuple[float, float]:
    box = element.bounding_box()
    assert box is not None
    return box["width"], box["height"]


def test_the_script_shows_every_text_as_it_is(
    hostile_program: Program, open_page: OpenPage
) -> None:
    page = open_page(hostile_program.article)

    show_all(page)

    assert page.locator(".parley-text").evaluate_all(TEXTS) == [
        text.replace("\r", "") for text in TEXT
    ]
    attributes = page.locator(".parley-list").first.evaluate(FOUND)
    assert {tag: set(names) - {""} for tag, names in attributes.items()} == ATTRIBUTES


def test_the_server_shows_every_text_as_it_is(
    hostile_program: Program, open_page: OpenPage
) -> None:
    page = open_page(hostile_program.article, javascript=False)

    texts = read_all(page)

    # An HTML parser turns every way to end a line into one.
    assert texts == [text.replace("\r\n", "\n").replace("\r", "\n") for text in TEXT]


def test_script_and_server_make_the_same_links(
    hostile_program: Program, open_page: OpenPage
) -> None:
    links = ".parley-text a"

    by_script = open_page(hostile_program.article)
    show_all(by_script)
    by_server = open_page(hostile_program.article, javascript=False)

    expected = by_server.locator(links).evaluate_all(LINKED)
    shown = by_script.locator(links).evaluate_all(LINKED)
    assert len(expected) > len(LINKS)
    assert shown[: len(expected)] == expected
    for text, href, rel in shown:
        assert (text, rel) == (href, REL)
        assert href.lower().startswith(("http://", "https://"))


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_text_widens_the_page(
    hostile_program: Program, open_page: OpenPage, width: int, javascript: bool
) -> None:
    page = open_page(hostile_program.article, size=(width, 800), javascript=javascript)
    if javascript:
        show_all(page)

    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert size(page.locator(".parley-text", has_text=LONG_WORD))[0] < width


def test_a_word_of_marks_is_clipped_to_its_own_comment(
    hostile_program: Program, open_page: OpenPage
) -> None:
    page = open_page(hostile_program.article)
    show_all(page)

    text = page.locator(".parley-text", has_text="above and below").first

    expect(text).to_have_css("overflow", re.compile("clip|hidden"))
    assert size(text)[1] < 100


def test_the_collections_of_payloads_are_among_the_texts() -> None:
    if "PARLEY_SHARED" not in os.environ:
        pytest.skip("PARLEY_SHARED names no folder with corpora/xss_payloads.json and blns.json")
    assert len(corpus()) == 300
    assert set(corpus()) <= set(TEXT)
