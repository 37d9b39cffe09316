"""The line above every room: low on a phone, with a menu; whole where there is room for it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.support.chromium import OpenPage
from tests.support.filled_program import prepare
from tests.support.program import Program, running
from tests.support.queue_page import sign_in

WAYS = [
    "Queue",
    "Likely rejected",
    "Decided",
    "Automatic",
    "Comments",
    "Scores",
    "Reports",
    "Appeals",
    "Campaigns",
    "Sample",
    "Statistics",
    "Account",
]
PHONE = (360, 740)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A Parley with Anna, who is an admin, and Bea, who is none."""
    var = tmp_path_factory.mktemp("var")
    prepare(var).close()
    with running(var) as program:
        yield program


def height(page: Page) -> float:
    box = page.get_by_role("banner").bounding_box()
    assert box
    return box["height"]


@pytest.mark.parametrize("javascript", [True, False])
def test_on_a_phone_the_ways_are_behind_a_low_line(
    program: Program, open_page: OpenPage, javascript: bool
) -> None:
    page = sign_in(program, open_page, "Bea", size=PHONE, javascript=javascript)
    ways = page.get_by_role("banner").get_by_role("link")
    assert height(page) <= 60
    expect(ways).to_have_text(["Parley"])

    page.get_by_text("Menu", exact=True).click()

    expect(ways).to_have_text(["Parley", *WAYS])
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in to moderate")).to_be_visible()


def test_the_menu_opens_by_keyboard(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page, "Bea", size=PHONE)

    for key in ("Tab", "Tab", "Enter", "Tab", "Tab", "Tab", "Enter"):
        page.keyboard.press(key)

    expect(page.get_by_role("heading", name="Recently decided")).to_be_visible()


def test_on_a_desktop_every_way_is_one_click_away(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page, "Bea", size=(1280, 900))

    expect(page.get_by_role("banner").get_by_role("link")).to_have_text(["Parley", *WAYS])
    expect(page.get_by_text("Menu", exact=True)).to_be_hidden()
    assert height(page) <= 64


def test_an_admins_ways_stand_in_one_row_too(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page, "Anna", size=(1280, 900))

    expect(page.get_by_role("banner").get_by_role("link", name="Webhooks")).to_be_visible()
    assert height(page) <= 56


def test_where_two_rows_are_needed_the_account_has_one(
    program: Program, open_page: OpenPage
) -> None:
    page = sign_in(program, open_page, "Bea", size=(780, 900))

    account = page.get_by_role("link", name="Account").bounding_box()
    statistics = page.get_by_role("link", name="Statistics").bounding_box()
    assert account
    assert statistics
    assert account["y"] == statistics["y"]


def test_the_second_row_begins_below_the_first(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page, "Anna", size=(1024, 900))
    banner = page.get_by_role("banner")

    queue = banner.get_by_role("link", name="Queue").bounding_box()
    name = banner.get_by_text("Anna").bounding_box()

    assert queue
    assert name
    assert name["x"] == queue["x"]
    assert name["y"] > queue["y"]
