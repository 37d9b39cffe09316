"""What the script costs a page: how far it moves it, and what it leaves behind."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.support.chromium import OpenPage
from tests.support.program import Program, running
from tests.support.published_threads import SiteServer, site_server
from tests.support.websites import website

MOST_SHIFT = 0.02
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
ARTICLE = "<article><h1>Story</h1>" + "<p>A paragraph of the story. </p>" * 40 + "</article>"
ROUTER = """
document.addEventListener("click", ({ target }) => {
  if (!target.dataset.route) return;
  history.pushState({}, "", target.dataset.route);
  document.querySelector("main").innerHTML = '<div id="parley"></div>';
});
"""
ROUTES = '<button data-route="/one">One</button><button data-route="/two">Two</button><main></main>'


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with running(tmp_path_factory.mktemp("var")) as program:
        yield program


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {"html": ""}


@pytest.fixture(scope="module")
def paper(program: Program, pages: dict[str, str]) -> Iterator[str]:
    """The origin of a website whose page is what a test wants it to be."""
    with website(lambda: pages["html"]) as origin:
        program.command("site", "add", "paper", "--origin", origin)
        yield origin


@pytest.fixture(scope="module")
def server(program: Program, paper: str) -> SiteServer:
    server = site_server(program, "paper")
    for page in ("/one", "/two"):
        ids = server.publish(
            page, [(f"This is thought {one} about the garden.", None) for one in range(20)]
        )
        server.publish(page, [("This is a kind answer to it.", one) for one in ids[:10]])
    return server


def html(program: Program, body: str) -> str:
    script = f'<script src="{program.url}/embed.js" data-site="paper" async></script>'
    return (
        f"<!doctype html><html lang=en><title>Paper</title><script>{SHIFTS}</script>{body}{script}"
    )


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "body",
    [
        f'{ARTICLE}<div id="parley"></div><footer>The end</footer>',
        '<h1>Story</h1><div id="parley" style="min-height: 100vh"></div><footer>The end</footer>',
    ],
    ids=["below an article", "in a place that the site keeps"],
)
def test_the_page_does_not_move(
    server: SiteServer,
    open_page: OpenPage,
    pages: dict[str, str],
    paper: str,
    body: str,
    width: int,
) -> None:
    pages["html"] = html(server.program, body)
    page = open_page(f"{paper}/one", size=(width, 900))
    expect(page.locator(".parley-comment")).to_have_count(30)

    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelector('.parley-order').scrollIntoView()")
    page.locator("#parley-name").focus()
    page.wait_for_load_state("networkidle")

    assert page.evaluate("window.shifts") < MOST_SHIFT


def kept(page: Page) -> dict[str, float]:
    """Elements and listeners that the page's process still has, after it has tidied up."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("HeapProfiler.enable")
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    metrics = session.send("Performance.getMetrics")["metrics"]
    session.detach()
    return {one["name"]: one["value"] for one in metrics if one["name"] in KEPT}


KEPT = ("Nodes", "JSEventListeners")


def test_a_hundred_navigations_leave_nothing_behind(
    server: SiteServer, open_page: OpenPage, pages: dict[str, str], paper: str
) -> None:
    pages["html"] = html(server.program, f"{ROUTES}<script>{ROUTER}</script>")
    page = open_page(f"{paper}/one")

    def go(times: int) -> None:
        for _ in range(times):
            for name in ("One", "Two"):
                page.get_by_role("button", name=name, exact=True).click()
                expect(page.locator(".parley-comment")).to_have_count(30)

    go(5)
    before = kept(page)
    go(50)

    assert all(after <= 1.1 * before[name] for name, after in kept(page).items())
