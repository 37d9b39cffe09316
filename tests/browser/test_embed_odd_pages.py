"""The script on pages that do what few do, on paper, and after a page came back."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.chromium import QUIET, OpenPage, chromium
from tests.support.program import DEMO_PAGE, Program, running_with
from tests.support.published_threads import site_server
from tests.support.websites import page_with, website

Visit = Callable[..., Page]
LONG = "A sentence of a long comment. " * 90
PLACE = f'<div id="parley" data-page="{DEMO_PAGE}"></div>'
# As Prototype did, until 2010.
OLD_PROTOTYPE = "<script>Array.prototype.toJSON = function () { return `[${this}]`; }</script>"
# What a page shows by a script of its own, once it is scrolled to.
HIDES = """<style>form, button, input, textarea, li, p, h2, label {
  visibility: hidden; opacity: 0; max-height: 0 }</style>"""
SEEN = """(all) => all.every((one) =>
  one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
  one.getBoundingClientRect().height >= 15)"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with running_with(tmp_path_factory.mktemp("var"), [("Ada", "Short."), ("Bo", LONG)]) as program:
        yield program


@pytest.fixture
def visit(program: Program, open_page: OpenPage) -> Iterator[Visit]:
    """Opens a website's page that has something odd before the comments."""
    odd: list[str] = []
    with website(lambda: page_with(program, 'data-site="demo"', odd[-1] + PLACE)) as origin:
        program.command("site", "set", "demo", "--origin", program.url, "--origin", origin)

        def visit(before: str = "") -> Page:
            odd.append(before)
            page = open_page(origin)
            expect(page.locator(".parley-comment")).not_to_have_count(0)
            return page

        yield visit


def test_an_own_comment_is_known_where_arrays_have_a_json_of_their_own(visit: Visit) -> None:
    page = visit(OLD_PROTOTYPE)
    page.locator("#parley-name").fill("Cem")
    page.locator("#parley-text").fill("I am known here.")
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator(".parley-own")).to_contain_text("I am known here.")

    page.reload()

    expect(page.locator(".parley-own")).to_contain_text("I am known here.")


def test_what_a_page_shows_only_by_its_own_script_is_seen(visit: Visit) -> None:
    page = visit(HIDES)

    parts = page.locator(
        ".parley-comment, .parley-text, .parley-form label, .parley-button:visible"
    )

    assert parts.count() >= 7
    assert parts.evaluate_all(SEEN)
    assert page.locator("#parley-name, #parley-text").evaluate_all(SEEN)


def test_on_paper_there_is_all_text_and_nothing_to_press(visit: Visit) -> None:
    page = visit()
    text = page.locator(".parley-text", has_text="A sentence of a long comment.")
    is_cut = "(text) => text.scrollHeight > text.clientHeight + 1"
    assert text.evaluate(is_cut)

    page.emulate_media(media="print")

    expect(page.locator("#parley").get_by_role("button")).to_have_count(0)
    expect(page.locator("form, select, summary").locator("visible=true")).to_have_count(0)
    assert not text.evaluate(is_cut)


@pytest.fixture
def keeping_browser(browser: Browser) -> Iterator[Browser]:
    """One that keeps a page that is left, as it is, for the way back: Playwright's does not."""
    with browser.browser_type.launch(
        executable_path=chromium(),
        args=QUIET.split(),
        ignore_default_args=["--disable-back-forward-cache"],
    ) as keeping:
        yield keeping


def test_a_page_that_comes_back_as_it_was_offers_what_is_new(
    program: Program, keeping_browser: Browser
) -> None:
    page = keeping_browser.new_page()
    page.add_init_script("window.setInterval = () => 0")  # by which it looks each minute
    server = site_server(program, "demo")
    with website(page_with(program, 'data-site="demo"', PLACE)) as origin:
        page.goto(origin)
        page.locator("#parley-text").fill("Begun before.")
        page.evaluate("addEventListener('pageshow', (event) => { window.shown = event })")
        page.goto("about:blank")
        server.publish(DEMO_PAGE, [("This came meanwhile.", None)])

        page.go_back(wait_until="commit")

        expect(page.get_by_role("button", name="Show 1 new comment")).to_be_visible()
    assert page.evaluate("window.shown.persisted")
    expect(page.locator("#parley-text")).to_have_value("Begun before.")
