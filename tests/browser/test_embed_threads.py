"""The script shows comments as threads: where they stand, in which order, and how to go on."""

import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.chromium import OpenPage
from tests.support.program import Program, running
from tests.support.published_threads import SiteServer, site_server
from tests.support.websites import page_with, website

ORDERS = ("oldest", "newest", "replies")
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with running(tmp_path_factory.mktemp("var")) as program:
        yield program


@pytest.fixture(scope="module")
def paper(program: Program) -> Iterator[str]:
    """The website's origin."""
    with website(lambda: page_with(program, 'data-site="paper"')) as origin:
        program.command("site", "add", "paper", "--origin", origin)
        yield origin


@pytest.fixture(scope="module")
def server(program: Program, paper: str) -> SiteServer:
    return site_server(program, "paper")


@pytest.fixture
def visit(open_page: OpenPage, paper: str) -> Visit:
    """Opens a page of the website with its comments."""

    def visit(path: str, options: str = "", **viewer: object) -> Page:
        page = open_page("about:blank", **viewer)
        page.goto(f"{paper}{path}")
        if options:
            expect(page.locator(".parley-built")).to_be_visible()
            page.evaluate("document.getElementById('parley').textContent = ''")
            page.evaluate(f"Parley.mount(document.getElementById('parley'), {options})")
        expect(page.locator("#parley > .parley-list > li").first).to_be_visible()
        return page

    return visit


def firsts(count: int) -> list[tuple[str, str | None]]:
    return [(f"This is thought {number} about the garden.", None) for number in range(count)]


def shown(page: Page) -> list[str]:
    """The ids of the comments, from above."""
    bodies = page.locator(".parley-comment[id]")
    return list(bodies.evaluate_all("all => all.map((one) => one.id.replace('parley-', ''))"))


def body(page: Page, comment_id: str) -> str:
    return f"#parley-{comment_id}"


def parent_of(page: Page, comment_id: str) -> str | None:
    """The comment below which one stands; None: it stands by itself."""
    host = page.locator(f"li:has(> {body(page, comment_id)})").evaluate(
        "one => one.parentElement.closest('li')?.firstElementChild.id"
    )
    return None if host is None else str(host).removeprefix("parley-")


def threads(program: Program, path: str, **others: str) -> list[dict[str, object]]:
    query = "".join(f"&{name}={value}" for name, value in others.items())
    answer = program.get(f"/v1/threads?site=paper&page={quote(path)}&limit=50{query}")
    return list(json.loads(answer.text)["threads"])


def test_answers_stand_below_what_they_answer_and_deep_ones_side_by_side(
    visit: Visit, server: SiteServer
) -> None:
    chain = server.publish("/deep", firsts(1))
    for level in range(5):
        chain += server.publish(
            "/deep", [(f"This is an answer at level {level}.", chain[-1])], f"Cy{level}"
        )

    page = visit("/deep")

    above = [None, chain[0], chain[1], chain[2], chain[2], chain[2]]
    assert [parent_of(page, one) for one in chain] == above
    assert shown(page) == chain
    lines = [page.locator(f"{body(page, one)} .parley-parent").all_inner_texts() for one in chain]
    assert lines == [[], [], [], [], ["in reply to Cy2"], ["in reply to Cy3"]]


def test_a_site_says_how_deep_answers_go(visit: Visit, server: SiteServer) -> None:
    chain = server.publish("/shallow", firsts(1))
    for _ in range(3):
        chain += server.publish("/shallow", [("This is a kind answer to it.", chain[-1])])

    page = visit("/shallow", "{ depth: 1 }")

    assert [parent_of(page, one) for one in chain] == [None, chain[0], chain[0], chain[0]]


def test_a_reply_is_written_where_the_comment_stands(visit: Visit, server: SiteServer) -> None:
    first, second, _ = server.publish("/reply", firsts(3))
    page = visit("/reply")
    page.locator("#parley-text").fill("Begun below all.")

    page.locator(body(page, second)).get_by_role("button", name="Reply").click()

    place = page.locator(f"{body(page, second)} + form")
    expect(place.locator("textarea")).to_be_focused()
    expect(place.locator("textarea")).to_have_value("Begun below all.")
    page.locator(body(page, first)).get_by_role("button", name="Reply").click()
    expect(page.locator(f"{body(page, first)} + form textarea")).to_be_focused()
    page.get_by_role("button", name="Cancel reply").click()
    expect(page.locator("#parley > form:last-child textarea")).to_be_focused()


def test_ones_own_waits_and_is_published_in_its_place(visit: Visit, server: SiteServer) -> None:
    first, _ = server.publish("/own", firsts(2))
    page = visit("/own")
    held: list[Route] = []
    page.route("**/v1/comments/*", lambda route: held.append(route), times=1)
    page.locator(body(page, first)).get_by_role("button", name="Reply").click()
    page.locator("#parley-name").fill("Ada")
    page.locator("#parley-text").fill("My own answer.")

    page.get_by_role("button", name="Post comment").click()

    answer = page.locator(f"li:has(> {body(page, first)}) .parley-own")
    expect(answer).to_contain_text("Being checked…")
    expect(answer).to_be_focused()
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    expect(answer.get_by_role("button", name="Erase")).to_be_visible()
    expect(answer).to_have_attribute("id", re.compile("parley-"))
    expect(answer).to_be_focused()


def test_readers_choose_the_order(visit: Visit, server: SiteServer) -> None:
    one, two, three = server.publish("/orders", firsts(3))
    server.publish("/orders", [("This is a kind answer to it.", two)])
    page = visit("/orders")
    firsts_of = page.locator("#parley > .parley-list > li > .parley-comment")

    seen = {}
    for order in ("newest", "replies", "oldest"):
        page.get_by_label("Order").select_option(order)
        first = {"newest": three, "replies": two, "oldest": one}[order]
        expect(firsts_of.first).to_have_id(f"parley-{first}")
        seen[order] = firsts_of.evaluate_all("all => all.map((it) => it.id.slice(7))")

    assert seen == {
        "newest": [three, two, one],
        "replies": [two, three, one],
        "oldest": [one, two, three],
    }


def test_a_site_says_which_order_is_the_first(visit: Visit, server: SiteServer) -> None:
    ids = server.publish("/newest", firsts(3))

    page = visit("/newest", "{ order: 'newest' }")

    expect(page.get_by_label("Order")).to_have_value("newest")
    expect(page.locator(".parley-comment").first).to_have_id(f"parley-{ids[-1]}")
    assert shown(page) == ids[::-1]


@pytest.mark.parametrize("order", ORDERS)
def test_more_loses_and_doubles_nothing_while_others_write(
    program: Program, visit: Visit, server: SiteServer, order: str
) -> None:
    path = f"/more-{order}"
    ids = server.publish(path, firsts(45))
    server.publish(path, [("This is a kind answer to it.", one) for one in ids[::3]])
    page = visit(path, f"{{ order: '{order}' }}")
    more = page.get_by_role("button", name="Show more")
    expect(more).to_be_visible()

    server.publish(path, [("Answers that lift a thread.", ids[7])] * 3)
    server.publish(path, [("A thought that came later.", None)])
    for number in range(2):
        before = len(shown(page))
        more.click()
        page.wait_for_function(
            "before => document.querySelectorAll('.parley-comment[id]').length > before",
            arg=before,
        )
        if not number:
            server.publish(path, [("Another thought that came later.", None)])
    expect(more).to_be_hidden()
    expect(page.locator(body(page, ids[7]))).to_be_attached()

    seen = shown(page)
    assert len(seen) == len(set(seen))
    assert set(ids) <= set(seen)
    assert threads(program, path)


def test_more_answers_of_a_long_thread_come_when_asked_for(
    visit: Visit, server: SiteServer
) -> None:
    [first] = server.publish("/long", firsts(1))
    answers = server.publish(
        "/long", [(f"This is the kind answer number {one}.", first) for one in range(33)]
    )
    page = visit("/long")
    assert shown(page) == [first, *answers[:20]]

    page.get_by_role("button", name="Show 13 more replies").click()

    expect(page.locator(".parley-rest")).to_have_count(0)
    assert shown(page) == [first, *answers]
    expect(page.locator(body(page, answers[20]))).to_be_focused()


def test_a_link_opens_the_part_where_a_comment_stands(visit: Visit, server: SiteServer) -> None:
    ids = server.publish("/linked", firsts(50))
    answers = server.publish(
        "/linked", [(f"This is the kind answer number {one}.", ids[30]) for one in range(40)]
    )
    deep = server.publish("/linked", [("This is an answer to an answer.", answers[25])])

    page = visit(f"/linked#parley-{deep[0]}")

    expect(page.locator(body(page, deep[0]))).to_be_focused()
    expect(page.locator(body(page, deep[0]))).to_be_in_viewport()
    assert parent_of(page, deep[0]) == answers[25]
    assert shown(page)[:3] == [ids[30], answers[25], *deep][:3]
    page.get_by_role("button", name=re.compile("more replies")).click()
    expect(page.locator(".parley-rest")).to_have_count(0)
    assert set(answers) <= set(shown(page))
    page.get_by_role("button", name="Show earlier comments").click()
    expect(page.locator(body(page, ids[29]))).to_be_attached()
    page.get_by_role("button", name="Show earlier comments").click()
    expect(page.get_by_role("button", name="Show earlier comments")).to_be_hidden()
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()
    tops = page.locator("#parley > .parley-list > li > .parley-comment")
    assert tops.evaluate_all("all => all.map((it) => it.id.slice(7))") == ids


def test_the_time_is_the_link_to_a_comment(visit: Visit, server: SiteServer) -> None:
    ids = server.publish("/times", firsts(30))
    page = visit("/times")

    page.locator(f"{body(page, ids[3])} .parley-link").click()

    expect(page.locator(body(page, ids[3]))).to_be_focused()
    assert page.url.endswith(f"/times#parley-{ids[3]}")
    page.evaluate(f"location.hash = 'parley-{ids[28]}'")
    expect(page.locator(body(page, ids[28]))).to_be_focused()


def test_a_link_to_what_is_not_there_says_so(visit: Visit, server: SiteServer) -> None:
    ids = server.publish("/lost", firsts(2))

    page = visit("/lost#parley-0123456789abcdef")

    expect(page.get_by_text("The comment that this link leads to is not here")).to_be_visible()
    assert shown(page) == ids


def test_new_comments_are_offered_and_the_text_stands_still(
    visit: Visit, server: SiteServer, open_page: OpenPage, paper: str
) -> None:
    ids = server.publish("/fresh", firsts(8))
    page = open_page("about:blank")
    page.clock.install()
    page.goto(f"{paper}/fresh")
    expect(page.locator(body(page, ids[7]))).to_be_visible()
    page.locator(body(page, ids[4])).scroll_into_view_if_needed()
    before = page.locator(".parley-comment").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().y)"
    )
    new = server.publish(
        "/fresh", [("This is a new answer to it.", ids[1]), ("This is a new thought.", None)]
    )

    page.clock.run_for(61_000)

    offer = page.get_by_role("button", name="Show 2 new comments")
    expect(offer).to_be_in_viewport()
    after = page.locator(".parley-comment").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().y)"
    )
    assert after == before
    offer.click()
    expect(page.locator(body(page, new[0]))).to_be_focused()
    expect(offer).to_be_hidden()
    assert parent_of(page, new[0]) == ids[1]
    assert shown(page)[-1] == new[1]
    expect(page.locator("#parley h2")).to_have_text("10 Comments")


def test_a_hidden_page_asks_for_nothing(
    server: SiteServer, open_page: OpenPage, paper: str
) -> None:
    ids = server.publish("/hidden", firsts(1))
    page = open_page("about:blank")
    page.clock.install()
    page.goto(f"{paper}/hidden")
    expect(page.locator(body(page, ids[0]))).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => true })")
    page.clock.run_for(300_000)

    assert asked == []


def test_only_who_writes_fetches_the_rest_of_the_script(
    server: SiteServer, open_page: OpenPage, paper: str
) -> None:
    server.publish("/rest", firsts(1))
    page = open_page("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{paper}/rest")
    expect(page.locator(".parley-built")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert [one for one in asked if "embed-more" in one] == []

    with page.expect_request("**/embed-more.js?*"):
        page.locator("#parley-name").focus()


def test_without_the_rest_a_comment_is_sent_all_the_same(visit: Visit, server: SiteServer) -> None:
    server.publish("/alone", firsts(1))
    page = visit("/alone")
    page.route("**/embed-more.js?*", lambda route: route.abort())
    page.locator("#parley-name").fill("Ada")
    page.locator("#parley-text").fill("Sent without the rest.")

    page.get_by_role("button", name="Post comment").click()

    expect(page.locator(".parley-form .parley-status")).to_have_text(
        "Thank you. Your comment is being checked."
    )
    page.unroute("**/embed-more.js?*")
    page.reload()
    expect(page.locator(".parley-own")).to_contain_text("Sent without the rest.")
