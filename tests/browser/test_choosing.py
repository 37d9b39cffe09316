"""Some cards decided together, and keys on every keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.chromium import OpenPage
from tests.support.program import Program
from tests.support.queue_page import names, public, sign_in


@pytest.fixture
def program(four_waiting: Program) -> Program:
    return four_waiting


def test_a_range_is_checked_with_shift_rejected_with_a_reason_and_taken_back(
    program: Program, open_page: OpenPage
) -> None:
    page = sign_in(program, open_page)
    page.get_by_label("Choose Cy").click()
    page.get_by_label("Choose Eve").click(modifiers=["Shift"])
    expect(page.get_by_text("3 comments checked:")).to_be_in_viewport()

    page.locator("#chosen-reason").select_option("Hate")
    page.locator("#chosen-form").get_by_role("button", name="Reject").click()

    expect(page.get_by_text("Rejected 3")).to_be_visible()
    page.get_by_role("button", name="Undo 3").click()
    page.goto(program.url + "/moderate")
    assert names(page) == ["Cy", "Dee", "Eve", "Flo"]


def test_keys_check_some_or_all_and_approve_them(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page)
    for key in ("j", "x", "j", "j", "x"):
        page.keyboard.press(key)
    expect(page.get_by_text("2 comments checked:")).to_be_visible()
    page.keyboard.press("a")
    expect(page.get_by_label("All shown")).to_be_checked()
    page.keyboard.press("a")
    page.keyboard.press("x")
    expect(page.get_by_text("1 comment checked:")).to_be_visible()

    page.keyboard.press("c")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Approved 1")).to_be_visible()
    assert public(program) == ["Eve"]


def test_without_script_the_checked_ones_are_decided_by_a_plain_form(
    program: Program, open_page: OpenPage
) -> None:
    page = sign_in(program, open_page, javascript=False)
    page.get_by_label("Choose Dee").check()
    page.get_by_label("Choose Flo").check()
    page.locator("#chosen-form").get_by_role("button", name="Approve").click()

    expect(page.get_by_text("Approved 2")).to_be_visible()
    assert public(program) == ["Dee", "Flo"]


def press(page: Page, **key: object) -> None:
    """A key of a keyboard that Chromium's own test keyboard is not."""
    page.evaluate(
        """key => (document.activeElement ?? document.body).dispatchEvent(
          new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...key }))""",
        key,
    )


@pytest.mark.parametrize("letter", ["о", "ξ", "ㅓ", "ت", "ｊ", "J"])
def test_a_key_counts_by_its_place_where_its_letter_is_no_latin_one(
    program: Program, open_page: OpenPage, letter: str
) -> None:
    page = sign_in(program, open_page)
    press(page, key=letter, code="KeyJ", modifierCapsLock=letter == "J")
    expect(page.get_by_role("article", name="Cy")).to_be_focused()


def test_a_digit_needs_no_shift_where_its_key_has_a_sign(
    program: Program, open_page: OpenPage
) -> None:
    page = sign_in(program, open_page)
    page.keyboard.press("j")
    page.keyboard.press("d")
    press(page, key="é", code="Digit2")
    expect(page.get_by_role("status")).to_contain_text("Cy\u2069: Rejected")


@pytest.mark.parametrize(
    "key",
    [
        {"key": "f", "code": "KeyF", "isComposing": True},
        {"key": "Process", "code": "KeyF", "keyCode": 229},
        {"key": "F", "code": "KeyF", "shiftKey": True},
        {"key": "а", "code": "KeyF", "shiftKey": True},
        {"key": "f", "code": "KeyF", "altKey": True},
        {"key": "f", "code": "KeyF", "ctrlKey": True, "altKey": True},
        {"key": "f", "code": "KeyF", "modifierAltGraph": True},
        {"key": "u", "code": "KeyF"},
        {"key": "Dead", "code": "KeyF"},
    ],
)
def test_a_key_of_somebody_elses_decides_nothing(
    program: Program, open_page: OpenPage, key: dict[str, object]
) -> None:
    page = sign_in(program, open_page)
    page.keyboard.press("j")
    press(page, **key)
    page.keyboard.press("j")
    expect(page.get_by_role("article", name="Dee")).to_be_focused()
    assert names(page) == ["Cy", "Dee", "Eve", "Flo"]
