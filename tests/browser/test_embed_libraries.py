"""The script on pages that the real Turbo and the real htmx change, fetched for the test."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from tests.support.chromium import OpenPage
from tests.support.program import Program, running
from tests.support.registry_clients import from_npm
from tests.support.websites import website


@dataclass
class Paper:
    """A website whose pages are what a test wants them to be."""

    origin: str
    html: str = ""


LIBRARIES = {
    "turbo": ("@hotwired/turbo@8", "@hotwired/turbo/dist/turbo.es2017-umd.js"),
    "htmx": ("htmx.org@2", "htmx.org/dist/htmx.min.js"),
}
LINK = '<a href="/{0}-{1}">Go to {0}</a> '
SWAP = (
    '<a href="/{0}-{1}" hx-get="/{0}-{1}" hx-target="main" hx-select="main" hx-swap="outerHTML"'
    ' hx-push-url="true">Go to {0}</a> '
)
# What stands around the comments, by who changes the page.
NAVIGATION = {
    "turbo": LINK,
    "htmx boost": f'<span hx-boost="true">{LINK}</span>',
    "htmx swap": SWAP,
}
WAYS = [(way, in_head) for way in NAVIGATION for in_head in (True, False)]
# So that htmx settles a page, and takes away what it did not have, when the comments are there.
LATE = """<meta name="htmx-config" content='{"defaultSettleDelay": 500}'>"""
# Turbo reports the pages that it began to fetch, and did not need, as errors.
NO_PREFETCH = '<meta name="turbo-prefetch" content="false">'
# Turbo stops asking for a page when the next is wanted, which is an error where the page half came.
VISITED = "!document.querySelector('html[aria-busy]')"
SETTLED = f"{VISITED} && !document.querySelector('.htmx-settling, .htmx-swapping')"
Visit = Callable[[str, bool], Page]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with running(tmp_path_factory.mktemp("var")) as program:
        yield program


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The scripts of both libraries, to stand within a page."""
    folder, sources = tmp_path_factory.mktemp("libraries"), {}
    for name, (package, path) in LIBRARIES.items():
        file: Path = from_npm(folder, package) / "node_modules" / path
        sources[name] = file.read_text().replace("</script", "<\\/script")
    return sources


@pytest.fixture(scope="module")
def paper(program: Program) -> Iterator[Paper]:
    paper = Paper("")
    with website(lambda: paper.html) as paper.origin:
        program.command("site", "add", "paper", "--origin", paper.origin)
        yield paper


@pytest.fixture
def visit(program: Program, paper: Paper, sources: dict[str, str], open_page: OpenPage) -> Visit:
    """Opens a website of two articles; the script stands in the head, or in what is changed."""

    def visit(way: str, in_head: bool) -> Page:
        tag = f'<script src="{program.url}/embed.js" data-site="paper" async></script>'
        number = WAYS.index((way, in_head))
        links = "".join(NAVIGATION[way].format(article, number) for article in "ab")
        head = (
            f"{LATE}{NO_PREFETCH}<script>{sources[way.split()[0]]}</script>{tag if in_head else ''}"
        )
        body = f'{links}<main><div id="parley"></div>{"" if in_head else tag}</main>'
        paper.html = f"<!doctype html><html lang=en><title>Paper</title>{head}<body>{body}"
        return open_page(f"{paper.origin}/a-{number}")

    return visit


def go(page: Page, path: str) -> None:
    """Follow the link, and see the comments of the article and no others."""
    page.get_by_text(f"Go to {path}").click()
    page.wait_for_url(f"**/{path}-*")
    shown(page, path)


def shown(page: Page, path: str) -> None:
    expect(page.locator("#parley h2")).to_have_text("1 Comment" if path == "b" else "0 Comments")
    expect(page.locator("#parley form")).to_have_count(1)
    page.wait_for_function(SETTLED)
    expect(page.locator("#parley.parley.parley-built")).to_have_attribute("lang", "en-GB")


def write(page: Page) -> None:
    page.get_by_label("Name", exact=True).fill("Ada")
    page.get_by_label("Comment Text", exact=True).fill("Thank you for the second article.")
    page.get_by_role("button", name="Post comment").click()
    expect(page.get_by_role("status")).to_have_text("Your comment is published.")


@pytest.mark.parametrize(("way", "in_head"), WAYS)
def test_one_working_place_for_comments_stays(visit: Visit, way: str, in_head: bool) -> None:
    page = visit(way, in_head)
    asked: list[Request] = []
    shown(page, "a")
    page.evaluate("window.sameDocument = true")
    page.get_by_text("Go to b").click()
    page.wait_for_url("**/b-*")
    expect(page.locator("#parley h2")).to_have_text("0 Comments")
    page.wait_for_function(SETTLED)
    expect(page.locator("#parley.parley")).to_be_visible()
    write(page)

    go(page, "a")
    go(page, "b")
    page.go_back()
    page.wait_for_url("**/a-*")
    shown(page, "a")
    page.go_forward()
    page.wait_for_url("**/b-*")
    shown(page, "b")
    page.on("request", lambda request: asked.append(request))
    for path in "abab":
        go(page, path)

    assert page.evaluate("window.sameDocument")
    assert page.evaluate("document.adoptedStyleSheets.length") == 1
    lists = [one for one in asked if "/v1/threads" in one.url]
    assert 4 <= len(lists) <= 8  # Turbo shows its copy of a page before the page


@pytest.mark.parametrize(("way", "in_head"), [*WAYS[::3], WAYS[4]])  # ten seconds each
def test_nothing_is_left_of_a_hundred_pages(visit: Visit, way: str, in_head: bool) -> None:
    page = visit(way, in_head)
    shown(page, "a")

    def walk(times: int) -> dict[str, float]:
        for path in "ba" * (times // 2):
            page.get_by_text(f"Go to {path}").click()
            page.wait_for_url(f"**/{path}-*")
            expect(page.locator("#parley h2")).to_be_visible()
            page.wait_for_function(VISITED)
        page.wait_for_load_state("networkidle")
        return metrics(page)

    early, late = walk(30), walk(70)  # libraries keep ten pages, from the first on

    # One place for comments has some 60 nodes and 20 listeners.
    assert late["Nodes"] - early["Nodes"] < 1_000
    assert late["JSEventListeners"] - early["JSEventListeners"] < 300


def metrics(page: Page) -> dict[str, float]:
    """What the browser counts once its rubbish is gone."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("HeapProfiler.collectGarbage")
    rows = session.send("Performance.getMetrics")["metrics"]
    session.detach()
    return {row["name"]: row["value"] for row in rows}
