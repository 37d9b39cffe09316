"""Deciding, undoing, noting and skipping in a real browser, by keyboard and without scripts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Unpack

import pytest
from playwright.sync_api import Page, Request, expect

from moderation.accounts.moderators import Role
from moderation.clock import utc_now
from moderation.comments import Comment
from moderation.policy import Decision
from moderation.storage.accounts.roles import Roles
from moderation.storage.comments.new_comments import Submitter
from tests.support.chromium import OpenPage
from tests.support.factories import CommentFields
from tests.support.filled_program import NAMES, database_in, waiting_in
from tests.support.flagged_comments import DOUBTFUL, GOOD, NOBODY, add_scored
from tests.support.program import Program, running
from tests.support.queue_page import names, public, reject, sign_in


@pytest.fixture
def program(four_waiting: Program) -> Program:
    return four_waiting


@pytest.fixture
def busy_program(tmp_path: Path) -> Iterator[Program]:
    """A Parley where more comments wait than a page holds."""
    waiting_in(tmp_path, *(CommentFields(name=f"Reader {number}") for number in range(45)))
    with running(tmp_path) as program:
        yield program


def add(
    program: Program,
    decision: Decision = DOUBTFUL,
    sender: Submitter = NOBODY,
    **fields: Unpack[CommentFields],
) -> Comment:
    """One more comment, as the worker of another machine would bring it."""
    database = database_in(Path(program.environment["PARLEY_VAR"]))
    comment = add_scored(database, utc_now, decision, sender=sender, **fields)
    database.close()
    return comment


def press(page: Page, keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def said(page: Page, text: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(text)


def test_rejecting_asks_why_and_keeps_the_answer(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page)

    press(page, "j3jdd")
    assert names(page) == list(NAMES)
    press(page, "d")
    said(page, "Why? Press 1 to 7.")
    press(page, "3")
    said(page, "Dee\u2069: Rejected")

    page.get_by_role("link", name="Decided").click()
    expect(page.locator(".badges")).to_contain_text("rejected by Anna, just now hate")


def test_the_keys_of_a_viewer_decide_nothing(program: Program, open_page: OpenPage) -> None:
    database = database_in(Path(program.environment["PARLEY_VAR"]))
    Roles(database, utc_now).set_role("Bea", Role.VIEWER)
    database.close()
    page = sign_in(program, open_page, "Bea")

    for key in "fdsn":
        press(page, "j" + key)
        said(page, "You are a viewer here and cannot decide.")
        page.keyboard.press("Escape")
        expect(page.get_by_role("status")).to_be_empty()
    press(page, "zu")

    assert names(page) == list(NAMES)
    expect(page.get_by_role("button", name="One at a time")).to_have_count(0)


def test_undo_puts_the_card_back_where_it_stood(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page)
    press(page, "jjf")
    said(page, "Dee\u2069: Approved")
    assert public(program) == ["Dee"]

    page.get_by_role("button", name="Undo").click()

    said(page, "Dee\u2069: Back in the queue.")
    expect(page.get_by_role("article", name="Dee")).to_be_focused()
    expect(page.get_by_role("heading", name="4 waiting")).to_be_visible()
    assert names(page) == list(NAMES)
    assert public(program) == []
    press(page, "f")
    said(page, "Dee\u2069: Approved")
    assert public(program) == ["Dee"]


def test_undo_goes_back_step_by_step(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page)
    press(page, "jf")
    said(page, "Cy\u2069: Approved")
    press(page, "d1")
    said(page, "Dee\u2069: Rejected")

    press(page, "u")
    said(page, "Dee\u2069: Back")
    press(page, "u")
    said(page, "Cy\u2069: Back")

    assert names(page) == list(NAMES)
    press(page, "u")
    said(page, "Nothing left to undo")


def test_undo_is_offered_for_eight_seconds(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page)
    page.clock.install(time=0)
    page.clock.pause_at(1_000)  # else it runs on while the test looks
    press(page, "jf")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()

    page.clock.run_for(7_900)
    expect(undo).to_be_visible()
    page.clock.run_for(200)

    expect(undo).to_be_hidden()


def test_what_another_changed_meanwhile_is_not_undone(
    program: Program, open_page: OpenPage
) -> None:
    anna, bea = (sign_in(program, open_page, name) for name in ("Anna", "Bea"))
    press(anna, "jf")
    said(anna, "Cy\u2069: Approved")
    bea.goto(f"{program.url}/moderate/decided?whose=all")
    reject(bea.locator(".card").first, "Spam")
    expect(bea.get_by_text("Rejected: readers will not see it.")).to_be_visible()

    press(anna, "u")

    said(anna, "Not undone: the comment was rejected already by Bea.")
    assert "Cy" not in names(anna)


def test_cards_never_run_out_while_more_wait(busy_program: Program, open_page: OpenPage) -> None:
    page = sign_in(busy_program, open_page)

    press(page, "j")
    for left in range(44, -1, -1):
        expect(page.locator(".card:focus")).to_be_visible()
        press(page, "f")
        expect(page.locator("#waiting")).to_have_text(str(left))

    expect(page.get_by_text("No comments are waiting.")).to_be_visible()
    said(page, "Reader 44\u2069: Approved")
    assert page.url == f"{busy_program.url}/moderate"


def test_a_skipped_card_stays_for_others(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page)

    press(page, "js")

    expect(page.get_by_role("article", name="Dee")).to_be_focused()
    said(page, "Cy\u2069: Skipped")
    page.reload()
    expect(page.get_by_role("article", name="Cy")).to_contain_text("skipped by Anna")


def test_escape_leaves_a_note_and_keeps_what_was_typed(
    program: Program, open_page: OpenPage
) -> None:
    page = sign_in(program, open_page)
    card = page.locator("#cards .card").first
    press(page, "jn")
    page.keyboard.type("Half a note")

    page.keyboard.press("Escape")

    expect(card).to_be_focused()
    expect(card.locator("textarea")).to_be_hidden()
    page.keyboard.press("n")
    expect(card.locator("textarea")).to_have_value("Half a note")


def test_a_note_is_typed_without_deciding_anything(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page)

    press(page, "jn")
    page.keyboard.type("fdsu <b>?")
    page.get_by_role("button", name="Save note").click()

    card = page.get_by_role("article", name="Cy")
    expect(card.locator(".notes")).to_contain_text("fdsu <b>?")
    expect(card).to_be_focused()
    page.reload()
    expect(card.locator(".notes")).to_have_text("fdsu <b>? Anna, just now")
    assert len(names(page)) == 4


def test_the_history_opens_beside_the_card(program: Program, open_page: OpenPage) -> None:
    add(
        program,
        decision=GOOD,
        sender=Submitter("a" * 32),
        name="Gus",
        text="Well said, <i>Gus</i>.",
    )
    add(program, sender=Submitter("a" * 32), name="Hal")
    page = sign_in(program, open_page)
    page.get_by_role("article", name="Hal").focus()

    press(page, "h")

    drawer = page.get_by_role("dialog", name="The author's history")
    expect(drawer).to_contain_text("Well said, <i>Gus</i>.")
    press(page, "f")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(page.get_by_role("article", name="Hal")).to_be_focused()


def test_keys_are_switched_off_for_good(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page)
    press(page, "?")
    page.get_by_label("Single-key shortcuts").uncheck()
    page.get_by_role("button", name="Close").click()

    page.reload()
    press(page, "jf?")

    assert names(page) == list(NAMES)
    expect(page.get_by_role("status")).to_be_empty()
    page.get_by_role("button", name="Shortcuts").click()
    page.get_by_label("Single-key shortcuts").check()
    page.get_by_role("button", name="Close").click()
    press(page, "jf")
    said(page, "Cy\u2069: Approved")


def test_what_is_new_is_counted_and_moves_nothing(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page)
    page.clock.install()
    page.reload()
    add(program, name="New")

    page.clock.run_for(10_000)

    expect(page.get_by_role("link", name="1 new: show")).to_be_visible()
    expect(page.get_by_role("heading", name="5 waiting")).to_be_visible()
    assert names(page) == list(NAMES)
    page.get_by_role("link", name="1 new: show").click()
    expect(page.get_by_role("article", name="New")).to_be_visible()


def test_nothing_is_asked_while_nobody_looks(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page)
    page.clock.install()
    page.reload()
    asked: list[str] = []

    def note(request: Request) -> None:
        if "arrivals" in request.url:
            asked.append(request.url)

    page.on("request", note)
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true })")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    page.clock.run_for(60_000)

    assert asked == []


def test_cards_come_one_at_a_time_each_to_one_person(program: Program, open_page: OpenPage) -> None:
    anna, bea = (sign_in(program, open_page, name) for name in ("Anna", "Bea"))
    for page in (anna, bea):
        press(page, "z")
        expect(page.get_by_role("heading", name="Reserved for you")).to_be_visible()
    assert (names(anna), names(bea)) == (["Cy"], ["Dee"])

    press(anna, "f")
    expect(anna.get_by_role("article", name="Eve")).to_be_focused()
    said(anna, "Approved: readers see it now.")
    press(anna, "u")
    expect(anna.get_by_role("article", name="Cy")).to_be_focused()
    press(anna, "d7")
    expect(anna.get_by_role("article", name="Eve")).to_be_focused()
    press(anna, "s")
    expect(anna.get_by_role("article", name="Flo")).to_be_focused()
    press(anna, "z")

    expect(anna.get_by_role("heading", name="3 waiting")).to_be_visible()
    expect(anna.get_by_role("article", name="Dee")).to_contain_text("held by Bea")


def test_who_holds_a_card_is_told_when_it_was_decided(
    program: Program, open_page: OpenPage
) -> None:
    anna, bea = (sign_in(program, open_page, name) for name in ("Anna", "Bea"))
    press(anna, "z")
    expect(anna.get_by_role("article", name="Cy")).to_be_focused()
    press(bea, "jf")
    said(bea, "Cy\u2069: Approved")

    press(anna, "d1")

    said(anna, "The comment was approved already by Bea.")
    expect(anna.get_by_text("You hold no card.")).to_be_visible()
    press(anna, "j")
    expect(anna.get_by_role("article", name="Dee")).to_be_focused()
    assert public(program) == ["Cy"]


def test_all_of_it_works_without_scripts(program: Program, open_page: OpenPage) -> None:
    page = sign_in(program, open_page, javascript=False)
    reject(page.get_by_role("article", name="Cy"), "Threat")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Back in the queue.")).to_be_visible()

    page.get_by_role("button", name="One at a time").click()
    card = page.get_by_role("article", name="Cy")
    card.locator("summary", has_text="Note").click()
    card.get_by_label("A note for other moderators").fill("Hm.")
    card.get_by_role("button", name="Save note").click()
    expect(card.locator(".notes")).to_contain_text("Hm.")
    card.get_by_role("button", name="Skip").click()
    page.get_by_role("article", name="Dee").get_by_role("button", name="Approve").click()
    expect(page.get_by_role("article", name="Eve")).to_be_visible()
    page.get_by_role("button", name="Back to the list").click()

    page.get_by_role("link", name="Decided").click()
    dee = page.locator(".card", has=page.get_by_role("heading", name="Dee"))
    dee.get_by_role("button", name="Back to the queue").click()
    expect(dee.first).to_contain_text("waiting by Anna, just now put back into the queue")
    assert public(program) == []


def test_an_address_is_banned_and_let_go_without_scripts(
    program: Program, open_page: OpenPage
) -> None:
    add(program, sender=Submitter("a" * 32), name="Hal")
    page = sign_in(program, open_page, javascript=False)
    page.get_by_role("article", name="Hal").get_by_role("link", name="History").click()

    page.get_by_text("Reject everything from this address, or let it wait").click()
    page.get_by_label("For one", exact=True).select_option("week")
    page.get_by_label("Reason", exact=True).fill("Spam.")
    page.get_by_role("button", name="Apply to this address").click()
    expect(page.locator(".sanction")).to_contain_text("Reject everything, by Anna just now: Spam.")
    page.get_by_role("button", name="Lift").click()

    expect(page.locator(".sanction")).to_contain_text("Lifted by Anna.")
