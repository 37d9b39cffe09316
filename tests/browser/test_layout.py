"""The article page for every eye and hand: labels, headings, contrast, small and large."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.chromium import OpenPage
from tests.support.layout import (
    TEXTS,
    UNNAMED,
    assert_fits,
    assert_in_order,
    contrast,
    with_every_state,
)
from tests.support.program import Program

# The texts of cells that stand in more than one line.
BROKEN = """cells => cells.filter(cell => {
  const range = document.createRange();
  range.selectNodeContents(cell);
  return range.getClientRects().length > 1;
}).map(cell => cell.textContent)"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(
    program: Program, open_page: OpenPage, scheme: str
) -> None:
    page = with_every_state(open_page(program.article, scheme=scheme))

    texts = page.evaluate(TEXTS)

    assert len(texts) > 30
    assert [(text, ink, paper) for text, ink, paper in texts if contrast(ink, paper) < 4.5] == []


@pytest.mark.parametrize("javascript", [True, False])
def test_headings_and_names_tell_the_page_to_those_who_cannot_see_it(
    program: Program, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(program.article, javascript=javascript)

    assert_in_order(page)
    assert page.evaluate(UNNAMED) == 0
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_needs_sideways_scrolling(
    program: Program, open_page: OpenPage, width: int
) -> None:
    page = open_page(program.article, size=(width, 700))

    assert_fits(page, width)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_description_of_the_api_breaks_no_word_that_fits(
    program: Program, open_page: OpenPage, width: int
) -> None:
    page = open_page(f"{program.url}/docs", size=(width, 700))

    assert_fits(page, width)
    words = page.locator("th, td:nth-child(2)").filter(has_text=re.compile(r"^\s*\S+\s*$"))
    assert words.count() > 50
    assert words.evaluate_all(BROKEN) == []


def test_the_focus_can_be_seen(program: Program, open_page: OpenPage) -> None:
    page = open_page(program.article)
    page.get_by_label("Comment Text", exact=True).focus()

    page.keyboard.press("Tab")

    expect(page.get_by_role("button", name="Post comment")).to_be_focused()
    expect(page.locator(":focus-visible")).to_have_css("outline-width", "3px")
