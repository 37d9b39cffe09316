"""The script knows one page in every spelling of its address, and tells nobody the rest of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.chromium import OpenPage
from tests.support.program import Program
from tests.support.websites import page_with, website

CANONICAL = '<link rel="canonical" href="/story/5">'


def read(page: Page, number: int) -> None:
    words = f"{number} Comment" if number == 1 else f"{number} Comments"
    expect(page.locator("#parley h2")).to_have_text(words)


def write(page: Page) -> None:
    page.get_by_label("Name", exact=True).fill("Ada")
    page.get_by_label("Comment Text", exact=True).fill("Well argued, thank you for it.")
    page.get_by_role("button", name="Post comment").click()


@pytest.mark.parametrize(
    ("attributes", "head", "spellings", "other"),
    [
        ("", "", ["/caf%C3%A9", "/caf%c3%a9/", "//café", "/café/index.html?utm_id=1"], "/cafe"),
        ("", "", ["/?p=1&token=s3cret", "/index.php?p=1", "/?fbclid=2&p=1#x"], "/?p=2"),
        ('data-query="View"', "", ["/x?View=1", "/x/?a=b&View=1"], "/x?View=2"),
        ('data-page="/x?view=1"', "", ["/1", "/2?view=2"], None),
        ("", CANONICAL, ["/story/5", "/amp/story/5", "/?story=5&page=2"], None),
        ("", '<link rel="canonical" href="/">', ["/a", "/a/"], "/b"),
        ("", '<link rel="canonical" href="http://other.example/x">', ["/a", "/a/"], "/b"),
        ("", '<link rel="canonical" href="http://[">', ["/a", "/a/"], "/b"),
        ("", "", ["/" + "%E6%97%A5" * 61, "/" + "%e6%97%a5" * 61], "/" + "%E6%97%A5" * 60),
    ],
)
def test_one_page_is_one_page(
    program: Program,
    open_page: OpenPage,
    attributes: str,
    head: str,
    spellings: list[str],
    other: str | None,
) -> None:
    words = re.sub("[^a-z0-9]", "", f"{attributes}{head}{spellings[0]}".lower())
    name = f"embed-pages-{words[-28:]}"
    html = page_with(program, f'data-site="{name}" {attributes}', f'{head}<div id="parley"></div>')
    with website(html) as origin:
        program.command("site", "add", name, "--origin", origin)

        page = open_page(origin + spellings[0])
        write(page)
        read(page, 1)

        for spelling in spellings:
            read(open_page(origin + spelling), 1)
        if other is not None:
            read(open_page(origin + other), 0)


def test_nothing_else_of_the_address_leaves_the_page(program: Program, open_page: OpenPage) -> None:
    asked: list[str] = []
    with website(page_with(program, 'data-site="embed-pages"')) as origin:
        program.command("site", "add", "embed-pages", "--origin", origin)
        page = open_page(f"{origin}/other")
        page.on("request", lambda request: asked.append(f"{request.url} {request.post_data}"))
        page.goto(f"{origin}/a?p=7&token=s3cret&subscriber=alice%40example.org#s3cret")
        read(page, 0)

        write(page)

        read(page, 1)
        to_parley = [request for request in asked if request.startswith(program.url)]
        assert any("p%3D7" in request for request in to_parley)
        assert not [request for request in to_parley if "s3cret" in request or "alice" in request]
