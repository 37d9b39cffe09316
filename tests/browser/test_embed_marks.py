"""What the server says of a page and its comments: it is closed, one is pinned or was changed."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.support.chromium import OpenPage
from tests.support.program import Program, running_with

MAIL = "ada@example.org"
CLOSED = "The comments of this page are closed."
LISTS = "**/v1/*?*page=*"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    comments = [(f"Reader {number}", f"Comment number {number}.") for number in range(3)]
    with running_with(tmp_path_factory.mktemp("var"), comments) as program:
        yield program


class Answers:
    """What the server's answers say beside what they say by themselves."""

    def __init__(self, page: Page) -> None:
        self.page_fields: dict[str, Any] = {}
        self.comment_fields: dict[str, dict[str, Any]] = {}  # by the comment's text
        page.route(LISTS, self.answer)

    def answer(self, route: Route) -> None:
        answer = route.fetch()
        body = answer.json() | self.page_fields
        lists = [body, *body.get("threads", [])]
        for comment in (one for part in lists for one in part.get("comments", [])):
            comment.update(self.comment_fields.get(comment["text"], {}))
        route.fulfill(response=answer, json=body)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    page = open_page("about:blank")
    page.clock.install()
    return page


@pytest.fixture
def answers(page: Page) -> Answers:
    return Answers(page)


def begin(page: Page, program: Program) -> None:
    page.goto(program.article)
    expect(page.locator("#parley.parley-built")).to_be_visible()


def test_a_closed_page_says_so_in_place_of_the_form(
    page: Page, program: Program, answers: Answers
) -> None:
    answers.page_fields = {"closed": True}
    begin(page, program)

    expect(page.get_by_text(CLOSED)).to_be_visible()
    expect(page.locator(".parley-form")).to_be_hidden()
    expect(page.get_by_role("button", name="Reply")).to_have_count(0)
    expect(page.get_by_role("button", name="Report").first).to_be_visible()


def test_a_page_that_closes_meanwhile_leaves_what_is_begun_and_opens_again(
    page: Page, program: Program, answers: Answers
) -> None:
    begin(page, program)
    page.locator("#parley-text").fill("Not finished yet")
    answers.page_fields = {"closed": True}
    page.clock.run_for(60_000)

    expect(page.get_by_text(CLOSED)).to_be_visible()
    expect(page.locator("#parley-text")).to_have_value("Not finished yet")
    expect(page.get_by_role("button", name="Post comment")).to_be_hidden()

    answers.page_fields = {"closed": False}
    page.clock.run_for(60_000)
    expect(page.get_by_text(CLOSED)).to_be_hidden()
    expect(page.get_by_role("button", name="Post comment")).to_be_visible()


@pytest.mark.parametrize(
    ("order", "numbers"), [("oldest", (1, 0, 2)), ("newest", (1, 2, 0)), ("replies", (1, 2, 0))]
)
def test_a_pinned_comment_stands_above_all_others(
    page: Page, program: Program, answers: Answers, order: str, numbers: tuple[int, ...]
) -> None:
    answers.comment_fields = {"Comment number 1.": {"pinned": True}}
    begin(page, program)
    page.get_by_label("Order").select_option(order)

    texts = [f"Comment number {number}." for number in numbers]
    expect(page.locator(".parley-list > li .parley-text")).to_have_text(texts)
    expect(page.locator(".parley-pinned")).to_have_text("Pinned")
    expect(page.locator(".parley-list > li").first.locator(".parley-pinned")).to_be_visible()


def test_an_e_mail_address_is_offered_where_it_is_taken_and_asked_about_once(
    page: Page, program: Program, answers: Answers
) -> None:
    answers.page_fields = {"reader_mail": True}
    sent: list[Request] = []

    def ask(route: Route) -> None:
        sent.append(route.request)
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "mail": "asked"})

    page.route("**/v1/comments", ask)
    begin(page, program)
    page.locator("#parley-text").focus()
    page.get_by_label("E-mail (optional)").fill(MAIL)
    expect(page.get_by_text("Never shown.")).to_be_visible()
    post(page, "The first with an address.")
    expect(page.get_by_text("A mail is on its way to you.")).to_be_visible()

    page.reload()
    page.locator("#parley-text").focus()
    expect(page.get_by_label("E-mail (optional)")).to_have_value(MAIL)
    post(page, "The second with an address.")

    first, second = (one.post_data_json or {} for one in sent)
    assert (first["email"], first["earlier"], second["email"]) == (MAIL, None, MAIL)
    assert second["earlier"]
    assert sent[1].headers["parley-author-token"]


def test_no_e_mail_address_is_offered_where_none_is_taken(page: Page, program: Program) -> None:
    begin(page, program)
    with page.expect_response("**/embed-more.js?*"):
        page.locator("#parley-text").focus()
    page.get_by_role("button", name="Report").first.click()  # which needs it too

    expect(page.locator(".parley-report")).to_be_visible()
    expect(page.get_by_label("E-mail (optional)")).to_have_count(0)


def post(page: Page, text: str) -> None:
    """Write it at a person's pace; wait until it stands in the list."""
    page.locator("#parley-name").fill("Ada")
    page.locator("#parley-text").fill(text)
    page.clock.run_for(2_000)
    page.get_by_role("button", name="Post comment").click()
    keep_on(page, page.locator(".parley-own", has_text=text))


@pytest.mark.parametrize("days", [-1, 1], ids=["a day slow", "a day fast"])
def test_the_button_to_change_goes_when_the_time_is_over_by_any_clock(
    page: Page, program: Program, days: int
) -> None:
    page.clock.set_system_time(page.evaluate("Date.now()") + days * 86_400_000)
    begin(page, program)
    post(page, "It was on Mondey.")
    own = page.locator(".parley-own", has_text="Mondey")
    change = own.get_by_role("button", name="Change your comment")
    keep_on(page, change)

    page.clock.run_for(240_000)
    expect(change).to_be_visible()
    change.click()
    page.clock.run_for(61_000)
    own.get_by_role("button", name="Cancel").click()

    expect(own).to_be_focused()
    expect(change).to_have_count(0)


def keep_on(page: Page, target: Any) -> None:
    """Let the page's own time pass until it is there."""
    for _ in range(200):
        if target.count():
            return
        page.clock.run_for(500)
        page.wait_for_timeout(50)
    expect(target).to_be_visible()
