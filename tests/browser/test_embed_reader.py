"""What a reader keeps, sees and is told: drafts, own comments, limits, long texts."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.chromium import OpenPage
from tests.support.program import DEMO_PAGE, Program, running_with

LONG = "A sentence of a long comment. " * 320  # 9,600 characters
TALL = "Hello" + "\n" * 4_000 + "End of it."
FOLDED = "Hello\n\nEnd of it."
PUBLISHED = "Your comment is published."
OFFLINE = "**/v1/threads?*"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A Parley whose article has 62 comments, which are two parts."""
    comments = [("Tall", TALL), ("Long", LONG)]
    comments += [(f"Reader {number}", f"Comment number {number}.") for number in range(60)]
    with running_with(tmp_path_factory.mktemp("var"), comments) as program:
        yield program


@pytest.fixture
def page(program: Program, open_page: OpenPage) -> Page:
    return open_page(program.article)


def text_field(page: Page) -> Any:
    return page.locator("#parley-text")


def write(page: Page, text: str, name: str = "Ada") -> None:
    page.locator("#parley-name").fill(name)
    text_field(page).fill(text)
    page.get_by_role("button", name="Post comment").click()


def stored(program: Program) -> list[str]:
    path = f"/v1/comments?site=demo&page={quote(DEMO_PAGE)}&limit=100&order=newest"
    return [comment["text"] for comment in json.loads(program.get(path).text)["comments"]]


def test_an_own_comment_stands_below_what_is_loaded_and_what_is_not_yet(page: Page) -> None:
    text = "My own comment on a page with many."
    write(page, text)
    expect(page.get_by_role("status")).to_have_text(PUBLISHED)
    own = page.locator(".parley-comment", has_text=text)
    expect(page.locator(".parley-list li").last).to_contain_text(text)

    page.reload()
    expect(page.locator(".parley-list li").last).to_contain_text(text)
    for number in (41, 61):
        page.get_by_role("button", name="Show more").click()
        expect(page.locator(".parley-comment").nth(number - 1)).to_be_visible()
    page.get_by_role("button", name="Show more").click()

    expect(page.get_by_role("button", name="Show more")).to_be_hidden()
    expect(own).to_have_count(1)
    expect(own).to_have_class("parley-comment parley-own")
    assert text in page.locator(".parley-list li").last.inner_text()


def test_a_draft_and_the_name_are_there_again_until_it_is_sent(page: Page) -> None:
    page.locator("#parley-name").fill("Bo")
    text_field(page).fill("Not finished yet")

    page.reload()
    expect(text_field(page)).to_have_value("Not finished yet")
    page.goto("about:blank")
    page.go_back()
    expect(page.locator("#parley-name")).to_have_value("Bo")
    page.get_by_role("button", name="Post comment").click()
    expect(text_field(page)).to_have_value("")
    page.reload()

    expect(page.locator("#parley.parley-built")).to_be_visible()
    expect(text_field(page)).to_have_value("")
    expect(page.locator("#parley-name")).to_have_value("Bo")


def test_a_lost_answer_and_a_reload_store_it_once(program: Program, page: Page) -> None:
    text = "Sent, and the answer never came."

    def lose_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/v1/comments", lose_answer, times=1)
    write(page, text)
    expect(page.locator("#parley form").get_by_role("alert")).to_contain_text("please try again")
    page.reload()
    expect(text_field(page)).to_have_value(text)

    page.get_by_role("button", name="Post comment").click()

    expect(page.get_by_role("status")).to_have_text(PUBLISHED)
    assert stored(program).count(text) == 1


@pytest.mark.parametrize("kept", ["{", "null", "7", '"x"', '{"text":7}', '{"text":"x","at":"y"}'])
def test_what_others_kept_is_no_draft(program: Program, page: Page, kept: str) -> None:
    server = f"{program.url}/v1/comments demo"
    keys = [f"parley draft {server} {DEMO_PAGE}", f"parley name {server}"]
    page.evaluate(
        "([keys, value]) => keys.forEach((key) => localStorage[key] = value)", [keys, kept]
    )

    page.reload()

    expect(page.locator("#parley.parley-built")).to_be_visible()
    expect(text_field(page)).to_have_value("")


def test_the_button_waits_for_the_answer(page: Page) -> None:
    sent: list[Route] = []
    page.route("**/v1/comments", lambda route: sent.append(route))
    button = page.get_by_role("button", name="Post comment")

    with page.expect_request("**/v1/comments"):
        write(page, "Pressed three times.")
    expect(button).to_have_attribute("aria-disabled", "true")
    button.click(force=True)
    button.click(force=True)
    sent[0].abort()

    expect(button).to_have_attribute("aria-disabled", "false")
    assert len(sent) == 1


def test_comments_that_could_not_be_loaded_can_be_tried_again(
    program: Program, open_page: OpenPage
) -> None:
    page = open_page("about:blank")
    page.route("**/demo/japan*", without_own_form)
    page.route(OFFLINE, lambda route: route.abort(), times=2)
    page.goto(program.article)
    expect(page.get_by_text("The comments could not be loaded.")).to_be_visible()

    page.get_by_role("button", name="Try again").click()

    expect(page.locator("#parley h2")).to_contain_text("Comments")
    expect(page.locator(".parley-comment")).to_have_count(20)
    expect(page.get_by_text("could not be loaded")).to_be_hidden()


def test_comments_that_did_not_come_once_are_asked_for_again(
    program: Program, open_page: OpenPage
) -> None:
    page = open_page("about:blank")
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.route("**/demo/japan*", without_own_form)
    page.route(OFFLINE, lambda route: route.abort(), times=1)

    page.goto(program.article)

    expect(page.locator(".parley-comment")).to_have_count(20)
    expect(page.get_by_text("could not be loaded")).to_be_hidden()
    assert [text for text in messages if text.startswith("Parley:")] == []


def without_own_form(route: Route) -> None:
    answer = route.fetch()
    html = answer.text()
    start, end = html.index('<div class="parley" id="parley">'), html.index("<script src")
    route.fulfill(response=answer, body=f'{html[:start]}<div id="parley"></div>{html[end:]}')


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", "10,000 characters left"),
        ("a\nb", "9,997 characters left"),
        ("\U0001fae8" * 4, "9,996 characters left"),
        ("e\u0301", "9,999 characters left"),
        ("漢" * 9_999, "1 character left"),
        ("\U0001fae8" * 10_000, "0 characters left"),
        ("x" * 10_002, "2 characters too many"),
    ],
)
def test_the_counter_counts_as_the_server_does(page: Page, text: str, left: str) -> None:
    text_field(page).fill(text)

    expect(page.locator(".parley-left").nth(1)).to_have_text(left)


def test_the_limit_of_the_site_is_what_is_counted_from(page: Page) -> None:
    def shorter(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "max_text": 50})

    page.route(OFFLINE, shorter)
    page.reload()

    expect(page.get_by_text("50 characters left")).to_be_visible()


def test_the_status_is_in_the_accessibility_tree_before_it_speaks(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]

    roles = [node["role"]["value"] for node in nodes if "role" in node and not node["ignored"]]

    assert "status" in roles


def test_fields_are_large_enough_for_phones(program: Program, open_page: OpenPage) -> None:
    page = open_page(program.article, size=(390, 844))
    page.evaluate("document.querySelector('.discussion').style.fontSize = '14px'")

    for field in ("#parley-name", "#parley-text"):
        expect(page.locator(field)).to_have_css("font-size", "16px")


@pytest.mark.parametrize("javascript", [True, False])
def test_no_comment_buries_the_page(
    program: Program, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(program.article, javascript=javascript, size=(390, 800))
    expect(page.locator(".parley-text").nth(2)).to_be_visible()
    if javascript:
        expect(page.locator("#parley.parley-built")).to_be_visible()
    tall, long = (page.locator(".parley-comment").nth(place) for place in (0, 1))
    more = long.get_by_text("Read more")

    expect(more).to_be_visible()
    assert [box_height(tall) < 300, box_height(long) < 500] == [True, True]
    assert tall.locator(".parley-text").inner_text() == FOLDED
    long.locator("summary").focus()
    page.keyboard.press("Enter")

    expect(long.get_by_text("Show less")).to_be_visible()
    assert box_height(long) > 3_000


def box_height(comment: Any) -> float:
    box = comment.bounding_box()
    return float(box["height"])


def test_what_is_not_long_has_nothing_to_read_more(page: Page) -> None:
    expect(page.locator(".parley-comment").nth(1).get_by_text("Read more")).to_be_visible()

    expect(page.locator(".parley-comment").nth(0).get_by_text("Read more")).to_be_hidden()
    expect(page.locator(".parley-comment").nth(2).get_by_text("Read more")).to_be_hidden()


def test_no_field_is_bold(page: Page) -> None:
    page.get_by_role("button", name="Report the comment of Tall").click()
    expect(page.locator("form.parley-report")).to_be_visible()

    weights = page.locator("#parley :is(input, select, textarea)").evaluate_all(
        "(fields) => fields.map((field) => getComputedStyle(field).fontWeight)"
    )

    assert set(weights) == {"400"}


def test_escape_closes_the_report(page: Page) -> None:
    opener = page.get_by_role("button", name="Report the comment of Tall")
    opener.click()
    expect(page.locator("form.parley-report")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.locator("form.parley-report")).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_reader_erases_a_comment_and_others_see_its_place(page: Page, program: Program) -> None:
    text = "Something that I should not have written."
    write(page, text)
    expect(page.get_by_role("status")).to_have_text(PUBLISHED)
    own = page.locator(".parley-own", has_text=text)
    own.get_by_role("button", name="Erase").click()
    expect(page.get_by_role("button", name="Erase for good")).to_be_focused()

    page.get_by_role("button", name="Keep it").click()
    own.get_by_role("button", name="Erase").click()
    page.get_by_role("button", name="Erase for good").click()

    expect(page.get_by_text("Your comment is erased.")).to_be_focused()
    assert text not in stored(program)
    page.reload()
    expect(page.locator(".parley-built")).to_be_visible()
    expect(page.get_by_text(text)).to_have_count(0)


def test_an_erased_comment_keeps_its_place_while_it_is_answered(
    page: Page, program: Program
) -> None:
    page.locator("li", has_text="Comment number 3.").get_by_role("button", name="Reply").click()
    write(page, "I answer number three.")
    expect(page.get_by_role("status")).to_have_text(PUBLISHED)

    program.command("forget", "--name", "Reader 3", "--site", "demo", "--yes")
    page.reload()

    expect(page.get_by_text("This comment was erased.")).to_have_count(1)
    erased = page.locator("li", has_text="This comment was erased.")
    expect(erased.locator(".parley-answers")).to_contain_text("I answer number three.")


def test_a_reader_who_writes_has_a_time_token_and_never_sees_the_trap(
    program: Program, page: Page
) -> None:
    expect(page.locator("input[name=website]")).to_be_hidden()
    with page.expect_request("**/v1/comments") as sent:
        write(page, "Written by a person, and sent at once.")

    body = sent.value.post_data_json
    assert body is not None
    assert (body["website"], len(body["time_token"].split("."))) == ("", 3)
    expect(page.get_by_role("status")).to_have_text(PUBLISHED)
