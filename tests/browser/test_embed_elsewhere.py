"""The script under the pages of other websites, friendly and hostile."""

import pytest
from playwright.sync_api import Browser, expect

from tests.support.chromium import OpenPage
from tests.support.program import DEMO_PAGE, Program
from tests.support.websites import page_with, website


def test_one_tag_and_one_element_are_enough(program: Program, open_page: OpenPage) -> None:
    policy = f"default-src 'none'; script-src {program.url}; connect-src {program.url}"
    with website(page_with(program, 'data-site="embed-elsewhere"'), policy) as origin:
        program.command("site", "add", "embed-elsewhere", "--origin", origin)
        page = open_page(f"{origin}/a/story?utm=1")
        expect(page.locator("#parley h2")).to_have_text("0 Comments")

        page.get_by_label("Name", exact=True).fill("Ada")
        page.get_by_label("Comment Text", exact=True).fill("Well argued, thank you for it.")
        page.get_by_role("button", name="Post comment").click()

        expect(page.locator("#parley h2")).to_have_text("1 Comment")
        expect(page.locator(".parley-by")).to_have_css("display", "flex")  # styled under the policy
        expect(open_page(f"{origin}/another").locator("#parley h2")).to_have_text("0 Comments")


def test_it_takes_the_font_and_colour_of_the_page(program: Program, open_page: OpenPage) -> None:
    style = "<style>body { color: rgb(1, 2, 3); font: 20px monospace }</style>"
    body = f'{style}<div id="parley"></div>'
    with website(page_with(program, 'data-site="demo"', body)) as origin:
        page = open_page(origin)

        field = page.locator("#parley-text")

        expect(field).to_have_css("color", "rgb(1, 2, 3)")
        expect(field).to_have_css("font-family", "monospace")


@pytest.mark.parametrize("attribute", ["data-site", "data-page", "data-title"])
def test_hostile_attributes_are_only_ever_text(
    program: Program, open_page: OpenPage, attribute: str
) -> None:
    hostile = "&quot;>&lt;img src=x onerror=alert(1)>../../../?site=demo&amp;x=#"
    others = {"data-site": "demo", "data-page": "/x", "data-title": "x"} | {attribute: hostile}
    tag = " ".join(f'{name}="{value}"' for name, value in others.items())
    with website(page_with(program, tag)) as origin:
        page = open_page(f"{origin}/?site=x#<img src=x onerror=alert(2)>")

        expect(page.locator("#parley-text")).to_be_visible()
        assert page.locator("img").count() == 0


def test_window_name_and_foreign_messages_change_nothing(
    program: Program, open_page: OpenPage
) -> None:
    page = open_page(program.article)
    page.evaluate("window.name = JSON.stringify({site: 'evil', server: 'https://evil.example/'})")
    page.reload()
    expect(page.locator("#parley-text")).to_be_visible()
    before = page.locator("#parley").inner_html()

    page.evaluate(
        """() => new Promise((go) => {
          addEventListener("message", () => setTimeout(go));
          postMessage({ parley: [{ text: "<img src=x onerror=alert(1)>" }] }, "*");
        })"""
    )

    assert page.locator("#parley").inner_html() == before


def test_refused_storage_is_no_obstacle(program: Program, open_page: OpenPage) -> None:
    page = open_page("about:blank")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })"
    )
    page.goto(program.article)
    expect(page.locator("#parley-text")).to_be_visible()

    page.get_by_label("Name", exact=True).fill("Ada")
    page.get_by_label("Comment Text", exact=True).fill("A thoughtful article, thank you.")
    page.get_by_role("button", name="Post comment").click()

    expect(page.get_by_role("status")).to_have_text("Your comment is published.")


def test_what_was_stored_by_others_is_ignored(program: Program, open_page: OpenPage) -> None:
    page = open_page(program.article)
    key = f"parley {program.url}/v1/comments demo /demo/japan-joint-force-headquarters"

    for value in (
        "{",
        "null",
        '"x"',
        "[[1]]",
        '[["../../healthz", ["t", 9e15]]]',
        "[[null, [{}, 1]]]",
    ):
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, value])
        page.reload()

        expect(page.locator("#parley-text")).to_be_visible()
        expect(page.locator(".parley-own")).to_have_count(0)


def test_an_unreachable_server_leaves_what_the_page_came_with(
    program: Program, open_page: OpenPage
) -> None:
    page = open_page("about:blank")
    page.route("**/v1/threads?*", lambda route: route.abort())
    page.goto(program.article)

    expect(page.locator("#parley[data-parley]")).to_be_visible()
    expect(page.locator("#parley form[action]")).to_be_visible()

    with website(page_with(program, 'data-site="demo"')) as origin:
        page.goto(origin)
        expect(page.get_by_text("The comments could not be loaded.")).to_be_visible()


@pytest.mark.parametrize("script", ["blocked", "const = ;", "import { x } from 'nowhere';"])
def test_a_script_that_a_browser_cannot_read_leaves_a_link_that_works(
    program: Program, browser: Browser, script: str
) -> None:
    address = f"{program.url}/v1/comments.html?site=demo&page={DEMO_PAGE}"
    body = f'<div id="parley"><a href="{address}">Comments</a></div>'
    page = browser.new_page()
    answer = "abort" if script == "blocked" else "fulfill"
    text = {} if script == "blocked" else {"body": script, "content_type": "text/javascript"}
    page.route("**/embed.js", lambda route: getattr(route, answer)(**text))
    with website(page_with(program, 'data-site="demo"', body)) as origin:
        page.goto(origin)
        page.wait_for_load_state("networkidle")
        page.get_by_role("link", name="Comments").click()

    expect(page.locator("#parley-text")).to_be_visible()
    page.close()


def test_a_refusal_can_be_read_from_another_origin(program: Program, open_page: OpenPage) -> None:
    with website(page_with(program, 'data-site="embed-elsewhere-refusing"')) as origin:
        program.command("site", "add", "embed-elsewhere-refusing", "--origin", origin)
        page = open_page(origin)

        page.get_by_label("Name", exact=True).fill("N" * 81)
        page.get_by_label("Comment Text", exact=True).fill("Fine.")
        page.get_by_role("button", name="Post comment").click()

        sentence = "There are 81 characters, at most 80 are allowed."
        expect(page.locator("#parley-name-wrong")).to_have_text(sentence)
