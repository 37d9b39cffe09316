"""The moderators' queue in a real browser, with its script and without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.support.chromium import OpenPage
from tests.support.factories import CommentFields
from tests.support.filled_program import waiting_in
from tests.support.hostile_texts import HOSTILE, LAYOUT, tags_of
from tests.support.program import Program, running
from tests.support.queue_page import names, public, reject, sign_in


@pytest.fixture
def program(four_waiting: Program) -> Program:
    return four_waiting


@pytest.fixture(scope="module")
def hostile_program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A Parley where every hostile text waits, in every field a reader fills."""
    var = tmp_path_factory.mktemp("var")
    full: list[CommentFields] = [
        {"name": text, "text": text, "page": text, "title": text} for text in HOSTILE
    ]
    waiting_in(var, *full, *(CommentFields(text=text) for text in LAYOUT))
    with running(var) as program:
        yield program


def test_a_moderator_sees_why_a_comment_waits_and_where_it_stands(
    program: Program, open_page: OpenPage
) -> None:
    page = sign_in(program, open_page)

    card = page.get_by_role("article", name="Cy")

    expect(page.get_by_role("heading", name="4 waiting")).to_be_visible()
    expect(card).to_contain_text("Cy calls you a fool.")
    expect(card).to_contain_text("83 % of comments like this are toxic; waits from 41 %")
    expect(card).to_contain_text("just now on /a")
    expect(card.locator(".main-scores li")).to_have_count(2)


def test_buttons_decide_without_a_new_page(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page)

    page.get_by_role("article", name="Dee").get_by_role("button", name="Approve").click()

    expect(page.get_by_role("article", name="Dee")).to_have_count(0)
    expect(page.get_by_role("heading", name="3 waiting")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Dee\u2069: Approved: readers see it now.")
    expect(page.get_by_role("article", name="Eve")).to_be_focused()
    assert page.url == program.url + "/moderate"
    assert public(program) == ["Dee"]


def test_keys_walk_and_decide(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page)

    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
    expect(page.get_by_role("article", name="Dee")).to_be_focused()
    page.keyboard.press("d")
    page.keyboard.press("2")
    expect(page.get_by_role("article", name="Eve")).to_be_focused()
    page.keyboard.press("f")
    expect(page.get_by_role("article", name="Flo")).to_be_focused()

    expect(page.locator(".card h2")).to_have_text(["Cy", "Flo"])
    assert public(program) == ["Eve"]


def test_keys_do_nothing_unless_a_comment_is_chosen_or_with_other_keys(
    program: Program, open_page: OpenPage
) -> None:
    page = sign_in(program, open_page)

    page.keyboard.press("f")
    expect(page.get_by_role("status")).to_have_text("No comment is selected: press j.")
    page.keyboard.press("j")
    for keys in ("Control+f", "Alt+d", "Meta+d", "Shift+F"):
        page.keyboard.press(keys)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("f")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()

    page.reload()
    expect(page.get_by_role("heading", name="4 waiting")).to_be_visible()


def test_the_last_decision_leaves_a_kind_word(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page)

    page.keyboard.press("j")
    for left in (3, 2, 1, 0):
        page.keyboard.press("f")
        expect(page.get_by_role("heading", name=f"{left} waiting")).to_be_visible()

    expect(page.get_by_text("No comments are waiting.")).to_be_visible()
    expect(page.get_by_role("heading", name="0 waiting")).to_be_focused()


def test_who_comes_second_is_told_and_goes_on(program: Program, open_page: OpenPage) -> None:
    anna, bea = (sign_in(program, open_page, name) for name in ("Anna", "Bea"))
    reject(bea.get_by_role("article", name="Cy"), "Hate")
    expect(bea.get_by_role("article", name="Cy")).to_have_count(0)

    anna.get_by_role("article", name="Cy").get_by_role("button", name="Approve").click()

    sentence = "Not decided here: the comment was rejected already by Bea."
    expect(anna.get_by_role("status")).to_have_text(sentence)
    expect(anna.get_by_role("article", name="Cy")).to_have_count(0)
    expect(anna.get_by_role("article", name="Dee")).to_be_focused()
    assert public(program) == []


def test_who_was_signed_out_loses_no_card(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page)
    program.command("moderator", "reset", "Anna")

    page.get_by_role("article", name="Cy").get_by_role("button", name="Approve").click()

    sentence = "Not decided here: you are signed out; nothing was changed."
    expect(page.get_by_role("status")).to_have_text(sentence)
    assert names(page) == ["Cy", "Dee", "Eve", "Flo"]


def test_everything_works_without_scripts(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page, javascript=False)

    page.get_by_role("article", name="Cy").get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved: readers see it now.")).to_be_visible()
    reject(page.get_by_role("article", name="Dee"), "Off topic")
    expect(page.get_by_text("Rejected: readers will not see it.")).to_be_visible()

    assert names(page) == ["Eve", "Flo"]
    assert public(program) == ["Cy"]
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in to moderate")).to_be_visible()


def test_a_password_set_here_signs_in_later(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page)
    page.get_by_role("link", name="Set a password").click()
    page.get_by_label("New password").fill("four words do well")
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_text("Your password is set.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()

    page.get_by_label("Name").fill("Anna")
    page.get_by_label("Password").fill("four words do well")
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", name="4 waiting")).to_be_visible()


def test_hostile_texts_are_shown_and_run_nothing(
    hostile_program: Program, open_page: OpenPage
) -> None:
    page = sign_in(hostile_program, open_page)  # fails where a script or the policy said anything

    assert names(page)[:10] == HOSTILE[:10]
    texts = page.locator(".content > .text").all_inner_texts()
    assert texts[:10] == HOSTILE[:10]
    assert tags_of(page.locator(".content > .text *")) == ["A", "BDI"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 640, 1280])
def test_no_text_widens_the_page(
    hostile_program: Program, open_page: OpenPage, width: int, scheme: str
) -> None:
    page = sign_in(hostile_program, open_page, size=(width, 800), scheme=scheme)

    assert page.evaluate("document.documentElement.scrollWidth") == width
    for card in page.locator(".card").all():
        box = card.bounding_box()
        assert box
        assert box["height"] < 1100
