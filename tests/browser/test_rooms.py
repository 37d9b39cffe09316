"""Search, threads, bulks, the score chart, reports and the sample in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from moderation.clock import utc_now
from moderation.comments import Status
from moderation.policy import Decision, Reason
from moderation.review.reports import Reason as ReportReason
from moderation.review.reports import Report
from moderation.storage.comments.sites import Sites
from moderation.storage.review.reports import Reports
from tests.support.chromium import OpenPage
from tests.support.factories import CommentFields
from tests.support.filled_program import prepare
from tests.support.flagged_comments import GOOD, SCORES, add_scored
from tests.support.hostile_texts import HOSTILE, LAYOUT, tags_of
from tests.support.layout import assert_fits, assert_in_order
from tests.support.program import Program, running
from tests.support.queue_page import ids_twice, names, reject, sign_in
from tests.support.snapshot import Snapshot

ROOMS = (
    "/comments?site=demo",
    "/pages/1",
    "/bulk?to=rejected&name=e",
    "/bulks",
    "/scores?low=50",
    "/reports",
    "/appeals",
    "/campaigns",
    "/published-first",
    "/sample",
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """Of a Parley with an approved comment, a reply to it and two that wait."""
    var = tmp_path_factory.mktemp("var")
    database = prepare(var)
    first = add_scored(database, utc_now, GOOD, name="Cy", text="A fine bridge.")
    add_scored(database, utc_now, name="Dee", text="You fool.", parent=first.id)
    scores = {**SCORES, "toxicity": 0.42}
    add_scored(database, utc_now, scores=scores, name="Eve", text="No bridge, fool.")
    site = Sites(database, utc_now).get("demo")
    Reports(database, utc_now).add(
        first.id, site, Report(ReportReason.SPAM, "An advert."), "reader"
    )
    database.close()
    with running(var) as program:
        yield Snapshot(program)


@pytest.fixture
def program(snapshot: Snapshot) -> Program:
    return snapshot.restored()


@pytest.fixture(scope="module")
def hostile_program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A Parley where every hostile text is approved and reported, in every field."""
    var = tmp_path_factory.mktemp("var")
    database = prepare(var)
    site = Sites(database, utc_now).get("demo")
    for text in [*HOSTILE, *LAYOUT]:
        line = text.replace("\n", " ")
        fields: CommentFields = {"text": text, "name": line[:80], "title": line[:300]}
        comment = add_scored(database, utc_now, GOOD, **fields)
        Reports(database, utc_now).add(
            comment.id, site, Report(ReportReason.OTHER, text[:1000]), "x"
        )
    database.close()
    with running(var) as program:
        yield program


def approve_and_undo(page: Page, card: Locator) -> None:
    card.focus()
    page.keyboard.press("f")
    expect(card).to_contain_text("approved by you")
    page.keyboard.press("u")
    expect(card).to_contain_text("rejected by you")


def enter(
    program: Program, open_page: OpenPage, room: str, name: str = "Anna", **how: object
) -> Page:
    page = sign_in(program, open_page, name, **how)
    page.goto(f"{program.url}/moderate{room}")
    return page


def test_a_search_finds_and_decides_without_a_new_page(
    program: Program, open_page: OpenPage
) -> None:
    page = enter(program, open_page, "/comments")

    page.keyboard.press("/")
    page.keyboard.type("FOOL bridge")
    page.keyboard.press("Enter")
    page.wait_for_url("**/comments?*")  # until loaded: keys before that go nowhere
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("button", name="Shortcuts")).to_be_visible()  # the script is here
    page.keyboard.press("j")
    page.keyboard.press("f")

    card = page.get_by_role("article", name="Eve")
    expect(card).to_contain_text("approved by you, just now")
    expect(page.get_by_role("status")).to_contain_text("Eve\u2069: Approved: readers see it now.")
    expect(card).to_be_focused()
    page.keyboard.press("u")
    expect(card).to_contain_text("waiting by you, just now")
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("Nothing left to undo")
    page.keyboard.press("h")
    expect(page.get_by_role("dialog", name="The author's history")).to_be_visible()
    assert ids_twice(page) == []
    page.keyboard.press("Escape")
    reject(card, "Spam")
    expect(card).to_contain_text("rejected by you, just now")
    page.reload()
    expect(page.get_by_role("article", name="Eve")).to_contain_text("rejected by Anna")


def test_undo_gives_a_rejection_its_reason_back(program: Program, open_page: OpenPage) -> None:
    page = enter(program, open_page, "/comments")
    eve, dee = (page.get_by_role("article", name=name) for name in ("Eve", "Dee"))
    reject(eve, "Hate")
    expect(eve).to_contain_text("rejected by you")
    reject(dee, "Off topic")
    expect(dee).to_contain_text("rejected by you")
    approve_and_undo(page, dee)
    page.reload()

    approve_and_undo(page, eve)

    page.reload()
    expect(eve.locator(".badges .reason")).to_have_text("hate")
    expect(dee.locator(".badges .reason")).to_have_text("off-topic")


def test_undo_says_other_where_a_machines_reason_is_no_persons(
    tmp_path: Path, open_page: OpenPage
) -> None:
    database = prepare(tmp_path)
    add_scored(database, utc_now, Decision(Status.REJECTED, (Reason("banned"),)), name="Cy")
    database.close()
    with running(tmp_path) as program:
        page = enter(program, open_page, "/comments")
        card = page.get_by_role("article", name="Cy")

        approve_and_undo(page, card)

        page.reload()
        expect(card.locator(".badges .reason")).to_have_text("other")


def test_who_comes_second_is_told(program: Program, open_page: OpenPage) -> None:
    anna, bea = (enter(program, open_page, "/comments", name=name) for name in ("Anna", "Bea"))
    reject(bea.get_by_role("article", name="Eve"), "Spam")
    expect(bea.get_by_role("article", name="Eve")).to_contain_text("rejected by you")

    anna.get_by_role("article", name="Eve").get_by_role("button", name="Approve").click()

    sentence = "Not decided here: the comment was rejected already by Bea."
    expect(anna.get_by_role("status")).to_have_text(sentence)


def test_everything_works_without_scripts(program: Program, open_page: OpenPage) -> None:
    page = enter(program, open_page, "/comments", javascript=False)

    page.get_by_label("Words in text or name").fill("fool")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("article")).to_have_count(2)
    assert names(page) == ["Eve", "Dee"]
    page.get_by_role("article", name="Eve").get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved: readers see it now.")).to_be_visible()
    page.get_by_role("link", name="reject…").click()
    expect(page.get_by_role("heading", name="Reject 2 comments?")).to_be_visible()
    page.get_by_role("button", name="Reject all: 2").click()
    expect(page.get_by_text("Rejected 2 comments")).to_be_visible()
    page.get_by_role("button", name="Undo 2").click()
    expect(page.get_by_text("Undone.")).to_be_visible()
    page.get_by_role("link", name="Reports").click()
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("No open reports.")).to_be_visible()


def test_an_articles_comments_stand_in_threads(program: Program, open_page: OpenPage) -> None:
    page = enter(program, open_page, "/pages/1")

    assert names(page) == ["Cy", "Dee", "Eve"]
    lefts = [card.bounding_box()["x"] for card in page.locator(".card").all()]  # type: ignore[index]  # all are shown
    assert lefts[0] == lefts[2] < lefts[1]


def test_handles_choose_a_range_by_keyboard(program: Program, open_page: OpenPage) -> None:
    page = enter(program, open_page, "/scores?attribute=toxicity&low=42&high=100")
    expect(page.locator("#number")).to_have_text("2")
    expect(page.locator(".column.chosen")).to_have_count(2)

    page.get_by_label("From").focus()
    page.keyboard.press("ArrowRight")

    expect(page.locator(".column.chosen")).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("Waiting with scores in this range: 1.")
    expect(page.locator("#approving")).to_contain_text("Too few decisions to know")
    page.get_by_role("link", name="Reject all…").click()
    expect(page.get_by_role("heading", name="Reject 1 comment?")).to_be_visible()
    assert names(page) == ["Dee"]


def test_a_reader_reports_a_comment(fresh_program: Program, open_page: OpenPage) -> None:
    page = open_page(fresh_program.article)
    page.get_by_label("Name", exact=True).fill("Lena")
    page.get_by_label("Comment Text", exact=True).fill("A thoughtful piece, thank you.")
    page.get_by_role("button", name="Post comment").click()
    expect(page.get_by_text("Your comment is published.")).to_be_visible()

    page = open_page(fresh_program.article)
    opener = page.get_by_role("button", name="Report the comment of Lena")
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_label("What is wrong with it?")).to_be_focused()
    page.get_by_label("What is wrong with it?").select_option("abuse")
    page.get_by_label("Details (optional)").fill("<b>It is about me</b>")
    page.get_by_role("button", name="Send report").click()

    thanks = page.get_by_text("Thank you: moderators will look at it.")
    expect(thanks).to_be_focused()
    expect(opener).to_have_count(0)
    fresh_program.command("moderator", "add", "Anna")
    moderator = enter(fresh_program, open_page, "/reports")
    card = moderator.get_by_role("article", name="Lena")
    expect(card).to_contain_text("1 report: abuse 1")
    expect(card).to_contain_text("<b>It is about me</b>")


@pytest.mark.parametrize("room", ["/comments", "/pages/1", "/reports"])
def test_hostile_texts_are_shown_and_run_nothing(
    hostile_program: Program, open_page: OpenPage, room: str
) -> None:
    page = enter(hostile_program, open_page, room)  # fails where a script or the policy spoke

    texts = page.locator(".content > .text").all_inner_texts()
    assert set(HOSTILE[:10]) <= set(texts)
    assert tags_of(page.locator(".content > .text *")) == ["A", "BDI"]


def test_no_room_is_wider_than_its_screen_and_its_headings_are_in_order(
    hostile_program: Program, open_page: OpenPage
) -> None:
    page = sign_in(hostile_program, open_page)
    for room in ROOMS:
        page.goto(f"{hostile_program.url}/moderate{room}")

        assert_in_order(page)
        assert_fits(page, 320, 640, 1280)


def test_hostile_words_are_searched_for_as_words(
    hostile_program: Program, open_page: OpenPage
) -> None:
    page = enter(hostile_program, open_page, "/comments")

    for words in (*HOSTILE, *LAYOUT, '"*(', "w" * 1000):
        page.get_by_label("Words in text or name").fill(words)
        with page.expect_navigation() as answer:
            page.get_by_role("button", name="Search").click()
        assert answer.value.status == 200, words[:40]
        texts = page.locator(".content > .text").all_inner_texts()
        assert words not in HOSTILE[:10] or words in texts


def test_the_keys_work_on_what_was_decided(program: Program, open_page: OpenPage) -> None:
    page = enter(program, open_page, "/decided?whose=machine")
    card = page.get_by_role("article", name="Cy")

    page.keyboard.press("j")
    expect(card).to_be_focused()
    page.keyboard.press("b")
    expect(card).to_contain_text("waiting by you, just now")

    page.keyboard.press("u")

    expect(card).to_contain_text("approved by you, just now")
    page.reload()
    expect(card).to_contain_text("Changed since")
