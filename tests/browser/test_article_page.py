"""The article page as a reader meets it: with a script and without, heard and refused."""

import json
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.chromium import OpenPage
from tests.support.held_requests import hold_back
from tests.support.program import DEMO_PAGE, Program, wait_until

CIVIL = "A clear summary of the plan, thank you for explaining it so well."
ABUSIVE = "You are a stupid idiot and a moron, shut your mouth you worthless piece of shit."


def write(page: Page, text: str, *, name: str = "Mika") -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Comment Text", exact=True).fill(text)
    page.get_by_role("button", name="Post comment").click()


def heading(page: Page) -> str:
    return page.locator("#parley h2").inner_text()


def approved(program: Program) -> list[dict[str, str]]:
    query = f"site=demo&page={quote(DEMO_PAGE)}&limit=100"
    return list(json.loads(program.get(f"/v1/comments?{query}").text)["comments"])


def comment_with(page: Page, text: str) -> str:
    """The whole comment that has the text, with name and state."""
    return page.locator(".parley-comment", has_text=text).inner_text()


def test_a_civil_comment_is_published_without_a_reload(
    fresh_program: Program, open_page: OpenPage
) -> None:
    page = open_page(fresh_program.article)
    expect(page.locator("#parley h2")).to_have_text("0 Comments")
    page.evaluate("window.sameDocument = true")

    write(page, CIVIL)

    expect(page.locator("#parley h2")).to_have_text("1 Comment")
    expect(page.get_by_role("status")).to_have_text("Your comment is published.")
    expect(page.locator(".parley-comment time")).to_have_attribute(
        "datetime", approved(fresh_program)[0]["submitted_at"]
    )
    assert page.evaluate("window.sameDocument") is True
    kept = page.evaluate("Object.entries(localStorage)")
    assert [CIVIL in value for _, value in kept] == [False, False]  # the key and the name stay
    assert ["Mika" in value for _, value in kept].count(True) == 1


def test_the_author_sees_the_comment_being_checked(program: Program, open_page: OpenPage) -> None:
    page = open_page(program.article)
    asked = hold_back(page, "**/v1/comments/*")

    write(page, "A careful article, and a pleasure to read.")

    expect(page.locator(".parley-own")).to_contain_text("Being checked…")
    asked().continue_()
    expect(page.get_by_text("Being checked…")).to_have_count(0)


def test_an_abusive_comment_waits_for_a_moderator(program: Program, open_page: OpenPage) -> None:
    page = open_page(program.article)
    before = heading(page)

    write(page, ABUSIVE)

    own = page.locator(".parley-own", has_text=ABUSIVE)
    expect(own).to_contain_text("Waiting for a moderator")
    page.reload()
    expect(own).to_contain_text("Waiting for a moderator")
    assert heading(page) == before
    assert ABUSIVE not in open_page(program.article).content()


def test_without_a_script_the_form_posts_and_leads_to_the_authors_page(
    program: Program, open_page: OpenPage
) -> None:
    text = "A good read, even without any script."
    page = open_page(program.article, javascript=False)
    expect(page.locator("#parley-received")).to_be_hidden()

    write(page, text, name="Uma <b>")

    expect(page.get_by_role("heading", name="Your comment")).to_be_visible()
    wait_until(lambda: any(comment["text"] == text for comment in approved(program)))
    page.reload()
    expect(page.get_by_role("status")).to_have_text("It is published.")
    page.goto(program.article)
    assert comment_with(page, text).startswith("Uma <b>")


def test_a_reply_stands_below_what_it_answers(program: Program, open_page: OpenPage) -> None:
    page = open_page(program.article)
    write(page, "The first word in this exchange.", name="Ines")
    reply = page.get_by_role("button", name="Reply to Ines")
    reply.click()
    page.get_by_role("button", name="Cancel reply").click()
    expect(page.locator(".parley-reply")).to_be_hidden()
    reply.click()

    write(page, "And the second word, in answer to it.", name="Otto")

    answered = page.locator("li", has=page.get_by_role("button", name="Reply to Ines"))
    answer = answered.locator(".parley-answers .parley-comment", has_text="And the second word")
    expect(answer.get_by_role("button", name="Reply to Otto")).to_be_visible()
    page_without = open_page(program.article, javascript=False)
    assert "in reply to Ines" in comment_with(page_without, "And the second word")


@pytest.mark.parametrize(
    ("name", "text", "label", "sentence"),
    [
        ("N" * 81, "Fine.", "Name", "There are 81 characters, at most 80 are allowed."),
        ("Nora", " \n ", "Comment Text", "Please write something here."),
        (
            "Nora",
            "t" * 10_001,
            "Comment Text",
            "There are 10,001 characters, at most 10,000 are allowed.",
        ),
    ],
)
def test_a_refusal_stands_beside_the_field_it_names(
    program: Program, open_page: OpenPage, name: str, text: str, label: str, sentence: str
) -> None:
    page = open_page(program.article)

    write(page, text, name=name)

    field = page.get_by_label(label, exact=True)
    expect(field).to_have_accessible_description(sentence)
    expect(field).to_be_focused()
    expect(page.get_by_label("Comment Text", exact=True)).to_have_value(text)


def test_a_lost_answer_loses_no_text_and_a_retry_stores_it_once(
    program: Program, open_page: OpenPage
) -> None:
    text = "Sent through a bad connection."
    page = open_page(program.article)

    def lose_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/v1/comments", lose_answer, times=1)
    write(page, text)
    expect(page.get_by_role("alert")).to_contain_text("Your text is still here: please try again.")
    expect(page.get_by_label("Comment Text", exact=True)).to_have_value(text)

    page.get_by_role("button", name="Post comment").click()

    expect(page.get_by_role("status")).to_have_text("Your comment is published.")
    assert [comment["text"] for comment in approved(program)].count(text) == 1


def test_no_comment_waits_since_its_time_token_was_long_on_its_way(
    program: Program, open_page: OpenPage
) -> None:
    page = open_page(program.article)
    asked = hold_back(page, "**/v1/time-token?*")
    write(page, "Sent from a train, between two tunnels.")

    held = asked()
    page.wait_for_timeout(1_500)  # longer than a token must be old
    held.continue_()

    expect(page.get_by_role("status")).to_have_text("Your comment is published.")


def test_too_many_comments_are_told_when_to_try_again(
    fresh_program: Program, open_page: OpenPage
) -> None:
    page = open_page(fresh_program.article)
    for number in (1, 2):
        write(page, f"Comment number {number} of this hour.")
        expect(page.get_by_label("Comment Text", exact=True)).to_have_value("")

    write(page, "And a third one.")

    expect(page.get_by_role("alert")).to_contain_text("please try again in")
    expect(page.get_by_label("Comment Text", exact=True)).to_have_value("And a third one.")


def test_the_keyboard_alone_is_enough(program: Program, open_page: OpenPage) -> None:
    text = "Written without touching the mouse."
    page = open_page(program.article)
    page.get_by_label("Name", exact=True).focus()

    page.keyboard.type("Kai")
    page.keyboard.press("Tab")
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator(".parley-comment", has_text=text)).to_be_visible()


def test_what_was_begun_in_the_plain_form_is_kept(program: Program, open_page: OpenPage) -> None:
    page = open_page("about:blank")
    asked = hold_back(page, "**/v1/threads?*")
    page.goto(program.article)
    page.get_by_label("Comment Text", exact=True).press_sequentially("Begun ear")

    asked().continue_()
    expect(page.locator("#parley-text")).to_be_focused()
    page.keyboard.type("ly")

    expect(page.locator("#parley-text")).to_have_value("Begun early")


def test_who_is_on_the_button_of_the_plain_form_stays_there(
    program: Program, open_page: OpenPage
) -> None:
    page = open_page("about:blank")
    asked = hold_back(page, "**/v1/threads?*")
    page.goto(program.article)
    page.get_by_label("Comment Text", exact=True).focus()
    page.keyboard.press("Tab")

    asked().continue_()

    expect(page.locator("#parley.parley")).to_be_visible()  # the script's form is there
    expect(page.get_by_role("button", name="Post comment")).to_be_focused()
