"""Comments as HTML: nested, in the reader's language, cacheable, and never markup of a reader."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from moderation.comments import Comment
from moderation.sites import Site
from moderation.storage.comments.sites import Sites
from moderation.storage.database.engine import Database
from moderation.storage.decisions.erasures import Erasures
from moderation.storage.schema.comments import comments
from service.languages.reader_language import CODES, first_of
from tests.support.clock import FakeClock
from tests.support.html_outline import HtmlElement, outline

Say = Callable[..., Comment]
PAGE = "/v1/comments.html?site=demo&page=/a"
HOSTILE = """</script><script>alert(1)</script>"'><img src=x onerror=alert(2)> {{ 7*7 }} &lt;"""


def listed(client: FlaskClient, address: str = PAGE, **headers: str) -> HtmlElement:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, answer.text
    return outline(answer.text)


def nesting(element: HtmlElement) -> list[Any]:
    """The texts of a list, each with those below it."""
    return [
        (item.children[0].one("div").text, [nesting(answers) for answers in item.children[1:]])
        for item in element.children
        if item.children and item.children[0].tag == "article"
    ]


def test_answers_stand_below_what_they_answer(client: FlaskClient, say: Say) -> None:
    first = say("first")
    answer = say("answer", first)
    say("second")
    say("answer of the answer", answer)

    lists = listed(client).all("ol", klass="parley-list")

    assert nesting(lists[0]) == [
        ("first", [[("answer", [[("answer of the answer", [])]])]]),
        ("second", []),
    ]


def test_deeper_answers_stand_in_the_last_level_and_say_whom_they_answer(
    client: FlaskClient, say: Say
) -> None:
    comment = None
    for number in range(5):
        comment = say(f"level {number}", comment, name=f"Reader {number}")

    page = listed(client)
    flat = listed(client, f"{PAGE}&depth=1")

    lists = page.all("ol", klass="parley-list parley-answers")
    assert len(lists) == 2
    assert [one.text for one in page.all("p", klass="parley-parent")] == [
        "in reply to Reader 2",
        "in reply to Reader 3",
    ]
    assert len(flat.all("p", klass="parley-parent")) == 4


def test_more_answers_are_behind_a_link(client: FlaskClient, say: Say) -> None:
    first = say("first")
    for number in range(45):
        say(f"answer {number}", first)
    address, texts, words = PAGE, [], []
    while address:
        page = listed(client, address)
        texts += [one.text for one in page.all("div", klass="parley-text")]
        more = page.all("li", klass="parley-more")
        words += [one.text.strip() for one in more]
        address = more[0].one("a").attributes["href"] if more else ""

    assert texts == ["first", *(f"answer {number}" for number in range(45))]
    assert words == ["Show 25 more replies", "Show more"]


def test_more_threads_are_behind_a_link_and_none_is_lost(client: FlaskClient, say: Say) -> None:
    for number in range(5):
        say(f"thread {number}")
    address, texts = f"{PAGE}&limit=2&order=newest", []
    while address:
        page = listed(client, address)
        texts += [one.text for one in page.all("div", klass="parley-text")]
        more = page.all("nav", klass="parley-more")
        address = f"{more[0].one('a').attributes['href']}&limit=2" if more else ""

    assert texts == [f"thread {number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("fragment", ["", "&fragment=1"])
def test_what_a_reader_writes_is_never_markup(client: FlaskClient, say: Say, fragment: str) -> None:
    say(HOSTILE, name=HOSTILE.replace("\n", " ")[:80])

    page = listed(client, PAGE + fragment)

    assert page.one("div", klass="parley-text").text == HOSTILE
    assert page.all("img") == []
    (data,) = page.all("script")
    assert data.attributes == {"type": "application/ld+json"}
    assert json.loads(data.text)["comment"][0]["text"] == HOSTILE


def test_links_and_long_texts_are_as_the_script_shows_them(client: FlaskClient, say: Say) -> None:
    say("See https://example.org/a." + "\nline" * 40)

    page = listed(client)

    link = page.one("div", klass="parley-text").one("a")
    assert link.attributes == {
        "href": "https://example.org/a",
        "rel": "nofollow ugc noopener noreferrer",
    }
    assert len(page.all("details", klass="parley-fold")) == 1


def test_a_whole_page_may_load_our_styles_and_nothing_else(client: FlaskClient, say: Say) -> None:
    say("first", title="On roads", url="https://paper.example/a")

    answer = client.get(PAGE)
    page = outline(answer.text)

    assert answer.headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    )
    assert page.one("title").text == "Comments on On roads"
    assert page.one("link", rel="canonical").attributes["href"] == "https://paper.example/a"
    assert [one.attributes.get("src") for one in page.all("script")] == [None]


def test_a_part_of_another_page_has_no_head(client: FlaskClient, say: Say) -> None:
    say("first")

    part = listed(client, f"{PAGE}&fragment=1")

    assert [one.tag for one in part.children] == ["section"]
    assert part.one("input", name="url").attributes["value"] == "https://paper.example/a"


@pytest.mark.parametrize("code", CODES)
def test_it_speaks_every_language(client: FlaskClient, say: Say, code: str) -> None:
    say("first")
    say("second")

    by_header = listed(client, PAGE, **{"Accept-Language": code})
    by_address = listed(client, f"{PAGE}&lang={code}")

    language = first_of([code])
    for page in (by_header, by_address):
        assert page.one("section").attributes["lang"] == code
        assert page.one("section").attributes["dir"] == language.direction
        assert page.one("h2").text == language.say("count", count=2)
        assert page.one("button").text == language.say("post")
    assert by_address.one("form").attributes["action"].endswith(f"/v1/comments?lang={code}")


def test_it_is_not_sent_again_until_something_public_changes(
    client: FlaskClient, say: Say, database: Database, clock: FakeClock
) -> None:
    comment = say("first")
    first = client.get(PAGE)
    unchanged = client.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})
    Erasures(database, clock).by_author(comment.id)
    changed = client.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "public, no-cache"
    assert first.headers["Vary"] == "Accept-Language"
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    assert changed.status_code == 200
    assert "first" not in outline(changed.text).one("section").text


def test_an_erased_comment_keeps_its_place_while_it_has_answers(
    client: FlaskClient, say: Say, database: Database, clock: FakeClock
) -> None:
    first = say("first", name="Zoë")
    say("answer", first)
    Erasures(database, clock).by_author(first.id)

    page = listed(client)

    assert page.one("p", klass="parley-state").text == "This comment was erased."
    assert "Zoë" not in page.text
    assert page.one("ol", klass="parley-list parley-answers").one("div").text == "answer"


def test_a_comment_that_was_changed_says_so(
    client: FlaskClient, say: Say, database: Database, clock: FakeClock
) -> None:
    changed, _ = say("As it was changed."), say("As it was written.")
    with database.write() as connection:
        of_changed = comments.c.public_id == changed.id
        connection.execute(comments.update().where(of_changed).values(edited_at=clock()))

    assert [one.text for one in listed(client).all(klass="parley-edited")] == ["changed"]


def test_the_answer_to_a_comment_has_a_form_of_its_own(client: FlaskClient, say: Say) -> None:
    comment = say("first", name="Zoë")

    link = listed(client).one("a", klass="parley-plain")
    form = listed(client, link.attributes["href"].partition("#")[0]).one("form")

    assert link.attributes["aria-label"] == "Reply to Zoë"
    assert form.one("p", klass="parley-reply").text.startswith("In reply to Zoë")
    assert form.one("input", name="parent").attributes["value"] == comment.id


def test_only_the_thread_s_own_page_has_the_script(client: FlaskClient, say: Say) -> None:
    say("first")

    answer = client.get("/thread?site=demo&page=/a&lang=de")

    script = outline(answer.text).all("script")[-1]
    assert script.attributes["src"] == "/embed.js"
    assert "script-src 'self'; connect-src 'self'" in answer.headers["Content-Security-Policy"]
    place = outline(answer.text).one("div", id="parley").attributes
    assert (place["data-site"], place["data-page"], place["data-lang"]) == ("demo", "/a", "de")


def test_the_script_goes_on_in_the_order_and_depth_that_were_asked_for(
    client: FlaskClient, say: Say
) -> None:
    say("first")

    answer = client.get("/thread?site=demo&page=/a&order=newest&depth=2")

    place = outline(answer.text).one("div", id="parley").attributes
    assert (place["data-order"], place["data-depth"]) == ("newest", "2")


def test_the_next_part_has_the_order_and_depth_of_the_first(client: FlaskClient, say: Say) -> None:
    for text in ("first", "second"):
        say(text)

    page = listed(client, f"{PAGE}&order=newest&depth=2&limit=1")

    (link,) = [a for a in page.all("a") if "after=" in str(a.attributes.get("href"))]
    assert "order=newest&depth=2" in str(link.attributes["href"])


def test_a_site_without_origins_has_no_form(client: FlaskClient, sites: Sites) -> None:
    sites.add(Site(0, "servers", "Servers", ()))

    assert listed(client, "/v1/comments.html?site=servers&page=/a").all("form") == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("site=demo", 422),
        ("page=/a", 422),
        ("site=none&page=/a", 404),
        ("site=demo&page=/a&depth=0", 422),
        ("site=demo&page=/a&order=best", 422),
        ("site=demo&page=/a&after=none", 422),
        ("site=demo&page=/a&after=x&at=y", 422),
        ("site=demo&page=/a&reply=none", 200),
        ("site=demo&page=/a&lang=%3Cb%3E", 200),
    ],
)
@pytest.mark.parametrize("path", ["/v1/comments.html", "/v1/comments.jsonld", "/thread"])
def test_what_cannot_be_asked_is_refused(
    client: FlaskClient, say: Say, path: str, query: str, status: int
) -> None:
    say("first")

    assert client.get(f"{path}?{query}").status_code == status


def test_a_part_is_asked_for_by_1(client: FlaskClient, site: Site) -> None:
    assert client.get(f"{PAGE}&fragment=yes").status_code == 422
