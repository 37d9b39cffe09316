"""What a reader begins or sends on one page stays with it when the website goes on to the next."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.support.chromium import OpenPage
from tests.support.held_requests import hold_back
from tests.support.program import Program, running, wait_until
from tests.support.websites import page_with, website

BEGUN = "Begun below the first page."


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with running(tmp_path_factory.mktemp("var")) as program:
        yield program


@pytest.fixture(scope="module")
def paper(program: Program) -> Iterator[str]:
    """The origin of a website whose pages have one element, which stays."""
    with website(page_with(program, 'data-site="paper"')) as origin:
        program.command("site", "add", "paper", "--origin", origin)
        yield origin


@pytest.fixture
def page(request: pytest.FixtureRequest, paper: str, open_page: OpenPage) -> Page:
    """A page of a test's own, with the form."""
    page = open_page(f"{paper}/{request.node.name}")
    expect(page.locator("#parley-text")).to_be_visible()
    return page


def go(page: Page, path: str) -> None:
    page.evaluate("(path) => history.pushState({}, '', path)", path)


def write(page: Page, text: str, name: str = "Ada") -> None:
    page.locator("#parley-name").fill(name)
    page.locator("#parley-text").fill(text)


def texts(program: Program, path: str) -> list[str]:
    answer = program.get(f"/v1/comments?site=paper&page={path}")
    return [comment["text"] for comment in json.loads(answer.text)["comments"]]


def test_nobody_writes_to_a_page_that_is_left(page: Page) -> None:
    write(page, BEGUN)
    asked = hold_back(page, "**/v1/threads?*")

    go(page, "/unread")

    route = asked()
    expect(page.locator("#parley")).to_be_empty()
    route.continue_()
    expect(page.locator("#parley-text")).to_have_value("")
    expect(page.locator("#parley-name")).to_have_value("Ada")
    page.go_back()
    expect(page.locator("#parley-text")).to_have_value(BEGUN)


def test_what_is_begun_goes_on_in_another_language(page: Page) -> None:
    write(page, BEGUN)

    page.evaluate("document.getElementById('parley').dataset.lang = 'de'")

    expect(page.get_by_role("button", name="Kommentar senden")).to_be_visible()
    expect(page.locator("#parley-text")).to_have_value(BEGUN)


def test_what_is_answered_after_the_page_is_left_is_kept_for_it(
    program: Program, page: Page, request: pytest.FixtureRequest
) -> None:
    path, text = f"/{request.node.name}", "Sent just before the reader went on."
    write(page, text)
    asked = hold_back(page, "**/v1/comments")
    page.get_by_role("button", name="Post comment").click()
    route = asked()

    go(page, "/next")
    expect(page.locator("#parley-text")).to_have_value("")
    route.continue_()
    wait_until(lambda: texts(program, path) == [text])

    expect(page.locator("#parley form")).to_have_count(1)
    assert texts(program, "/next") == []
    page.go_back()
    expect(page.locator(".parley-own", has_text=text)).to_be_visible()
    expect(page.get_by_role("button", name="Erase")).to_be_visible()
    expect(page.locator("#parley-text")).to_have_value("")


def test_what_is_sent_in_two_tabs_stays_the_readers_own_in_both(page: Page) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("#parley-text")).to_be_visible()
    for tab, text in ((page, "In the first tab."), (other, "In the second."), (page, "And again.")):
        write(tab, text)
        tab.get_by_role("button", name="Post comment").click()
        expect(tab.locator(".parley-own", has_text=text)).to_be_visible()

    other.reload()
    expect(other.locator(".parley-own")).to_have_count(3)
    second = other.locator(".parley-own", has_text="In the second.")
    second.get_by_role("button", name="Erase your comment").click()
    second.get_by_role("button", name="Erase for good").click()
    expect(other.get_by_text("In the second.")).to_be_hidden()
    page.reload()

    expect(page.locator(".parley-own").get_by_role("button", name="Erase")).to_have_count(2)


def test_what_is_begun_goes_on_where_the_page_only_gets_another_name(page: Page) -> None:
    write(page, BEGUN)
    asked = hold_back(page, "**/v1/threads?*page=%2Fproper*")

    page.evaluate(
        "document.head.append(Object.assign(document.createElement('link'), "
        "{ rel: 'canonical', href: '/proper' }))"
    )

    asked().continue_()
    expect(page.locator("#parley form")).to_have_count(1)
    expect(page.locator("#parley input[name=page]")).to_have_value("/proper")
    expect(page.locator("#parley-text")).to_have_value(BEGUN)
