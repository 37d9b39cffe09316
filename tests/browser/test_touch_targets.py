"""On a phone whatever a reader can touch is 44 pixels high and wide, in every state."""

import json
from collections.abc import Iterator
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.support.chromium import OpenPage
from tests.support.program import DEMO_PAGE, Program, running_with

PHONE = (390, 844)
SMALL = """() => [...document.querySelectorAll("a, button, select, input, textarea, summary")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .filter((one) => !one.closest(".parley-text, [hidden], [type=hidden]"))
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
  .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.width} x ${box.height}`)"""
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
LISTS = f"?site=demo&page={DEMO_PAGE}"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    comments = [("Ada", "A first comment."), ("Al", "Long. " * 400), ("Bo", "A third comment.")]
    with running_with(tmp_path_factory.mktemp("var"), comments) as program:
        yield program


def check(page: Page) -> None:
    assert page.evaluate(SMALL) == []
    assert not page.evaluate(WIDE)


@pytest.mark.parametrize("code", ["en", "el", "uk", "zh", "ar"])
def test_in_the_script_s_list_forms_and_questions(
    program: Program, open_page: OpenPage, code: str
) -> None:
    page = open_page(f"{program.url}/thread{LISTS}&lang={code}", size=PHONE, touch=True)
    expect(page.locator("#parley.parley-built")).to_be_visible()
    check(page)

    page.locator("[aria-expanded]").first.click()
    expect(page.locator(".parley-report")).to_be_visible()
    page.locator(".parley-sends").first.click()
    expect(page.locator(".parley-reply")).to_be_visible()
    check(page)

    page.locator("#parley-name").fill("Ada")
    page.locator("#parley-text").fill(f"An answer of mine in {code}.")
    page.locator(".parley-form .parley-button").click()
    own = page.locator(".parley-own", has_text=f"mine in {code}")
    change = own.locator(".parley-plain").last
    expect(own.locator(".parley-plain")).to_have_count(3)
    check(page)
    change.click()
    expect(own.locator(".parley-report")).to_be_visible()
    check(page)


@pytest.mark.parametrize("address", [f"/v1/comments.html{LISTS}", f"/thread{LISTS}"])
def test_without_the_script(program: Program, open_page: OpenPage, address: str) -> None:
    page = open_page(program.url + address, size=PHONE, touch=True, javascript=False)
    expect(page.locator(".parley-comment").first).to_be_visible()

    check(page)


@pytest.mark.parametrize("lang", ["en", "ko"])  # Korean has the shortest words
def test_on_the_page_of_an_own_comment(program: Program, open_page: OpenPage, lang: str) -> None:
    body = {
        "site": "demo",
        "page": DEMO_PAGE,
        "name": "Ada",
        "text": f"A comment of mine, read in {lang}.",
    }
    headers = {"Content-Type": "application/json", "Origin": program.url}
    request = Request(f"{program.url}/v1/comments", json.dumps(body).encode(), headers)
    comment = json.load(urlopen(request))
    address = f"{program.url}/own/{comment['id']}/{comment['author_token']}?lang={lang}"
    page = open_page(address, size=PHONE, touch=True)

    expect(page.locator("#text")).to_be_visible()
    check(page)
