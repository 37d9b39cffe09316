"""The custom element, and what a developer does wrong with it and with `Parley.mount`."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.support.chromium import OpenPage
from tests.support.program import Program, running
from tests.support.websites import website

Visit = Callable[[str], Page]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with running(tmp_path_factory.mktemp("var")) as program:
        yield program


@pytest.fixture(scope="module")
def origin(program: Program) -> Iterator[str]:
    script = f'<script src="{program.url}/embed.js" async></script>'
    with website(f"<!doctype html><html lang=en><title>Paper</title>{script}<body>") as origin:
        program.command("site", "add", "paper", "--origin", origin)
        yield origin


@pytest.fixture
def page(origin: str, open_page: OpenPage) -> Page:
    """A page with the script and without any place for comments."""
    page = open_page(origin)
    page.wait_for_function("window.Parley")
    return page


def add(page: Page, html: str) -> None:
    page.evaluate("(html) => document.body.insertAdjacentHTML('beforeend', html)", html)


def test_the_element_takes_its_attributes_and_follows_them(page: Page) -> None:
    add(page, '<parley-comments site="paper" page="/one" data-lang="sv"></parley-comments>')
    element = page.locator("parley-comments")
    expect(element.locator("h2")).to_have_text("0 kommentarer")
    expect(element).to_have_css("display", "block")

    with page.expect_request("**/v1/threads?*page=%2Ftwo*"):
        element.evaluate("(one) => one.setAttribute('page', '/two')")
    element.evaluate("(one) => one.setAttribute('data-lang', 'da')")

    expect(element.get_by_role("button", name="Send kommentar")).to_be_visible()


def test_the_element_needs_no_attribute_at_first(page: Page) -> None:
    page.evaluate(
        """() => {
          const element = document.createElement("parley-comments");
          document.body.append(element);
          element.setAttribute("site", "paper");
        }"""
    )

    expect(page.locator("parley-comments h2")).to_have_text("0 Comments")


@pytest.mark.parametrize("mode", ["open", "closed"])
def test_the_element_works_in_a_shadow_root(page: Page, mode: str) -> None:
    visible = page.evaluate(
        """async (mode) => {
          const host = document.body.appendChild(document.createElement("section"));
          const root = host.attachShadow({ mode });
          root.innerHTML = "<parley-comments site=paper page=/shadow></parley-comments>";
          for (;;) {
            const heading = root.querySelector("parley-comments h2");
            if (heading) return [heading.textContent, getComputedStyle(heading).margin];
            await new Promise((go) => requestAnimationFrame(go));
          }
        }""",
        mode,
    )

    assert visible == ["0 Comments", "0px 0px 18px"]


def test_an_element_that_leaves_and_comes_back_has_comments_again(page: Page) -> None:
    add(page, '<parley-comments site="paper" page="/one"></parley-comments>')
    expect(page.locator("parley-comments form")).to_be_visible()

    page.evaluate("window.kept = document.querySelector('parley-comments'); kept.remove()")
    with page.expect_request("**/v1/threads?*"):
        page.evaluate("setTimeout(() => document.body.append(kept), 50)")

    expect(page.locator("parley-comments form")).to_have_count(1)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ("{ site: 5 }", 'the option "site" must be a text, not number'),
        ("{ site: 'paper', page: new URL('/x', location) }", '"page" must be a text, not object'),
        ("{ site: 'paper', title: ['x'] }", 'the option "title" must be a text, not object'),
        ("{ site: 'paper', pgae: '/x' }", 'there is no option "pgae": there are site, page'),
        ("{ site: 'paper', server: 'comments' }", "the server's address is missing or none"),
        ("{ site: 'paper', server: 'http://127.0.0.1:1' }", "cannot be read: is Parley running"),
        ("{ site: 'papre' }", 'there is no site "papre": data-site must be one'),
        ("null", 'no site is named: write data-site="my-paper"'),
    ],
)
def test_a_wrong_option_is_one_sentence(page: Page, options: str, sentence: str) -> None:
    add(page, "<section></section>")
    script = f"Parley.mount(document.querySelector('section'), {options})"

    with page.expect_console_message(lambda message: "Parley: " in message.text) as logged:
        page.evaluate(f"() => {{ {script}; {script} }}")

    assert sentence in logged.value.text


@pytest.mark.parametrize("method", ["mount", "unmount"])
@pytest.mark.parametrize("argument", ["null", "'#parley'", "document", "undefined"])
def test_what_is_no_element_is_refused_in_a_sentence(
    page: Page, method: str, argument: str
) -> None:
    attempt = f"() => {{ try {{ Parley.{method}({argument}) }} catch (e) {{ return String(e) }} }}"

    assert page.evaluate(attempt) == (
        f"TypeError: Parley.{method} needs the element for the comments, as its first argument"
    )


def test_an_origin_that_is_not_allowed_is_named_when_somebody_sends(
    program: Program, page: Page
) -> None:
    program.command("site", "add", "other", "--origin", "https://other.example")
    add(page, '<parley-comments site="other" page="/x"></parley-comments>')
    page.get_by_label("Name", exact=True).fill("Ada")
    page.get_by_label("Comment Text", exact=True).fill("Hello")

    with page.expect_console_message(lambda message: "Parley: " in message.text) as logged:
        page.get_by_role("button", name="Post comment").click()

    assert 'an origin of the site "other"? "parley site show other"' in logged.value.text
    expect(page.get_by_role("alert").last).to_contain_text("Your text is still here")
