"""Reading, answering and mending a comment without a script, and handing over to the script."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.support.chromium import OpenPage
from tests.support.program import DEMO_PAGE, Program, running_with
from tests.support.websites import page_with, website

THREAD = f"/thread?site=demo&page={DEMO_PAGE}"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    comments = [("Ada", "The first comment."), ("Zoë", "The second comment.")]
    with running_with(tmp_path_factory.mktemp("var"), comments) as program:
        yield program


def test_a_reader_answers_mends_the_mistake_and_is_thanked(
    program: Program, open_page: OpenPage
) -> None:
    page = open_page(program.url + THREAD, javascript=False)

    page.get_by_role("link", name="Reply to Ada").click()
    expect(page.locator(".parley-reply")).to_contain_text("In reply to Ada")
    page.get_by_label("Name").fill("N" * 81)
    page.get_by_label("Comment Text").fill("An answer that I typed.")
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator("#parley-name-wrong")).to_contain_text("81 characters")
    expect(page.get_by_label("Name")).to_be_focused()
    expect(page.get_by_label("Comment Text")).to_have_value("An answer that I typed.")
    page.get_by_label("Name").fill("Nina")
    page.get_by_role("button", name="Post comment").click()

    expect(page.get_by_role("heading", name="Your comment")).to_be_visible()
    expect(page.locator("blockquote")).to_have_text("An answer that I typed.")
    page.get_by_role("link", name="Comments").click()
    expect(page).to_have_url(re.compile(r"/thread\?"))


@pytest.mark.parametrize(
    ("policy", "advice"),
    [
        ("no-referrer", "send strict-origin-when-cross-origin with the page"),
        ("same-origin", "send strict-origin-when-cross-origin with the page"),
        ("strict-origin-when-cross-origin", "is not one of the site demo"),
    ],
)
def test_the_page_that_refuses_a_form_says_what_the_website_has_to_do(
    program: Program, open_page: OpenPage, policy: str, advice: str
) -> None:
    form = program.get(f"/v1/comments.html?site=demo&page={DEMO_PAGE}&fragment=1").text
    meta = f'<meta name="referrer" content="{policy}">'
    with website(page_with(program, "", meta + form)) as origin:
        page = open_page(origin, javascript=False)
        page.get_by_label("Name").fill("Nina")
        page.get_by_label("Comment Text").fill("From another website.")
        page.get_by_role("button", name="Post comment").click()

        expect(page.get_by_text("Please tell the people who run it.")).to_be_visible()
        expect(page.get_by_text(advice)).to_be_visible()


def test_nothing_is_said_to_have_come_where_nothing_was_sent(
    program: Program, open_page: OpenPage
) -> None:
    page = open_page(program.url + THREAD, javascript=False)

    expect(page.locator("article").first).to_be_visible()
    expect(page.locator("#parley-received")).to_be_hidden()


def test_with_the_script_the_page_of_a_thread_submits_too(
    program: Program, open_page: OpenPage
) -> None:
    page = open_page(f"{program.url}{THREAD}&lang=de")
    expect(page.locator("#parley.parley-built h2")).to_contain_text("Kommentare")

    page.get_by_label("Name", exact=True).fill("Nina")
    page.get_by_label("Kommentar", exact=True).fill("Vielen Dank für den Artikel.")
    page.get_by_role("button", name="Kommentar senden").click()

    expect(page.locator(".parley-own").first).to_contain_text("Vielen Dank für den Artikel.")


def test_the_script_takes_over_a_part_that_a_server_wrote(
    program: Program, open_page: OpenPage
) -> None:
    part = program.get(f"/v1/comments.html?site=demo&page={DEMO_PAGE}&fragment=1").text
    typing = "<script>document.getElementById('parley-text').value = 'Begun before.'</script>"
    body = f'<div id="parley" data-page="{DEMO_PAGE}">{part}</div>{typing}'
    with website(page_with(program, 'data-site="demo"', body)) as origin:
        page = open_page(origin)

        expect(page.locator("#parley.parley-built")).to_be_visible()
        expect(page.get_by_label("Comment Text", exact=True)).to_have_value("Begun before.")
        assert page.locator("form").count() == 1
