"""The script that says in lists how many comments each article has."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from service.public.embed import COUNTS, counts_source
from tests.support.chromium import OpenPage
from tests.support.program import DEMO_PAGE, Program, running_with
from tests.support.websites import website

MOST_BYTES = 3_000  # compressed


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    comments = [(f"Reader {number}", f"Comment number {number}.") for number in range(3)]
    with running_with(tmp_path_factory.mktemp("var"), comments) as program:
        yield program


def listing(program: Program, body: str, attributes: str = "data-site=demo") -> str:
    tag = f'<script src="{program.url}/counts.js" {attributes} async></script>'
    return f"<!doctype html><html lang=en><title>List</title>{tag}{body}</html>"


def place(page: str) -> str:
    return f'<a href="/x" data-parley-count="{page}">Comments</a>'


def counted(page: Page) -> Locator:
    return page.locator("[data-parley-count]")


def watched(page: Page, path: str) -> list[Request]:
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if path in request.url else None)
    return asked


def test_all_places_get_their_number_by_one_request(program: Program, open_page: OpenPage) -> None:
    page = open_page("about:blank")
    asked = watched(page, "/v1/counts")
    linked = f'<a href="{DEMO_PAGE}?from=list" data-parley-count>Comments</a>'
    body = place(DEMO_PAGE) + place("/never?p=1") + place("constructor") + linked
    with website(listing(program, body)) as origin:
        page.goto(origin)

        expect(counted(page)).to_have_text(["3 Comments", "0 Comments", "0 Comments", "3 Comments"])

    assert [re.search("site=demo", request.url) is not None for request in asked] == [True]
    assert "from" not in asked[0].url


@pytest.mark.parametrize(
    ("attributes", "text"),
    [
        ("data-site=demo data-lang=pl", "3 komentarze"),
        ("""data-site=demo data-texts='{"count": {"other": "{count}"}}'""", "3"),
    ],
)
def test_it_counts_in_the_words_of_the_page(
    program: Program, open_page: OpenPage, attributes: str, text: str
) -> None:
    with website(listing(program, place(DEMO_PAGE), attributes)) as origin:
        expect(counted(open_page(origin))).to_have_text(text)


def test_it_counts_what_the_page_shows_later(program: Program, open_page: OpenPage) -> None:
    with website(listing(program, place("/none"))) as origin:
        page = open_page(origin)
        expect(counted(page)).to_have_text("0 Comments")
        asked = watched(page, "/v1/counts")

        page.evaluate(
            "(html) => document.body.insertAdjacentHTML('beforeend', html)", place(DEMO_PAGE)
        )
        expect(counted(page)).to_have_text(["0 Comments", "3 Comments"])
        page.evaluate("(page) => { document.links[0].dataset.parleyCount = page }", DEMO_PAGE)
        expect(counted(page)).to_have_text(["3 Comments", "3 Comments"])

    assert len(asked) == 2


def test_a_long_list_is_asked_for_in_parts(program: Program, open_page: OpenPage) -> None:
    page = open_page("about:blank")
    asked = watched(page, "/v1/counts")
    with website(listing(program, "".join(place(f"/{number}") for number in range(201)))) as origin:
        page.goto(origin)
        expect(counted(page)).to_have_text(["0 Comments"] * 201)

    assert [request.url.count("page=") for request in asked] == [100, 100, 1]


@pytest.mark.parametrize(
    ("attributes", "sentence"),
    [("data-site=''", "no site is named"), ("data-site=unknown", 'is there a site "unknown"')],
)
def test_a_mistake_is_named_and_leaves_what_the_page_says(
    program: Program, open_page: OpenPage, attributes: str, sentence: str
) -> None:
    page = open_page("about:blank")
    with website(listing(program, place(DEMO_PAGE), attributes)) as origin:
        with page.expect_console_message(lambda message: "Parley: " in message.text) as logged:
            page.goto(origin)

        assert sentence in logged.value.text
        expect(counted(page)).to_have_text("Comments")


def test_it_is_small_and_needs_no_other_file(program: Program) -> None:
    answer = program.get("/counts.js", **{"Accept-Encoding": "gzip"})

    assert int(answer.headers["Content-Length"]) <= MOST_BYTES
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert re.findall(r"^(?:import|export)\b", counts_source(), re.MULTILINE) == []
    assert COUNTS[-1] == "counts/counts"
