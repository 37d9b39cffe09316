"""How many whole cards a screen shows, and that all of a card stays in reach."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.chromium import OpenPage
from tests.support.factories import CommentFields
from tests.support.filled_program import waiting_in
from tests.support.layout import assert_fits
from tests.support.program import Program, running
from tests.support.queue_page import sign_in

ARTICLE = {"page": "/2026/bridge", "title": "The old bridge gets a new bicycle lane after all"}
ONE_LINE = (
    "My kids are going to love this, they ride over that bridge like crazy little monkeys.",
    "Hell yes, about damn time! I have waited ten bloody years for this.",
    "What a stupid rule.",
    "I am disabled and use a wheelchair.",
    "Please subscribe to the paper, they need us.",
    "The old timetable was crap.",
    "Stupid me, I forgot my umbrella on the bridge.",
    "Please stop calling refugees parasites.",
)
WHOLE = """cards => cards.filter(card => {
  const { top, bottom } = card.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}).length"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A Parley where real comments of one line wait."""
    var: Path = tmp_path_factory.mktemp("var")
    comments = [
        CommentFields(name=f"Reader {number}", text=text, **ARTICLE)  # type: ignore[typeddict-item]
        for number, text in enumerate(ONE_LINE)
    ]
    waiting_in(var, *comments)
    with running(var) as program:
        yield program


def queue(program: Program, open_page: OpenPage, width: int, height: int) -> Page:
    """The queue of somebody who has a password, so that no notice is above it."""
    page = sign_in(program, open_page, size=(width, height), touch=width < 500)
    page.locator(".notice").evaluate_all("all => all.forEach(notice => notice.remove())")
    return page


@pytest.mark.parametrize(("width", "height", "least"), [(1280, 800, 5), (390, 844, 2)])
def test_a_screen_shows_many_whole_cards(
    program: Program, open_page: OpenPage, width: int, height: int, least: int
) -> None:
    page = queue(program, open_page, width, height)

    assert page.locator(".card").evaluate_all(WHOLE) >= least
    card = page.get_by_role("article", name="Reader 0")
    for name in ("Approve", "Skip"):
        expect(card.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    for text in ("Reject", "Note", "All scores"):
        expect(card.locator("summary", has_text=text)).to_be_in_viewport(ratio=1)
    expect(card.get_by_role("link", name="History")).to_be_in_viewport(ratio=1)
    expect(card.get_by_text("new here")).to_be_in_viewport(ratio=1)
    expect(card.locator(".main-scores li")).to_have_count(2)


def test_menus_notes_and_scores_open_within_the_card(program: Program, open_page: OpenPage) -> None:
    page = queue(program, open_page, 1280, 800)
    card = page.get_by_role("article", name="Reader 1")

    card.locator("summary", has_text="All scores").click()
    expect(card.get_by_role("row")).to_have_count(7)
    card.focus()
    page.keyboard.press("n")
    expect(card.get_by_label("A note for other moderators")).to_be_focused()
    page.keyboard.press("Escape")
    assert_fits(page, 320, 390, 1280)
