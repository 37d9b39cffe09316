"""The script in the languages of readers."""

import re
from collections.abc import Iterator

import pytest
from babel import Locale
from playwright.sync_api import Page, Request, expect

from service.languages.reader_language import CODES, texts_of
from tests.support.chromium import OpenPage
from tests.support.program import DEMO_PAGE, Program, running_with
from tests.support.websites import page_with, website

POST = ".parley-form .parley-button"
GERMAN = texts_of("de")["script"]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    comments = [(f"Reader {number}", f"Comment number {number}.") for number in range(3)]
    with running_with(tmp_path_factory.mktemp("var"), comments) as program:
        yield program


def heading(code: str, count: int) -> str:
    form = texts_of(code)["script"]["count"]
    assert isinstance(form, dict)
    number = "۳" if code == "fa" and count == 3 else str(count)
    return form[Locale.parse(code).plural_form(count)].format(count=number)


def visit(program: Program, open_page: OpenPage, attributes: str, html: str = "lang=en") -> Page:
    """A page of another origin with the comments of the demo page."""
    body = f'<div id="parley" data-page="{DEMO_PAGE}"></div>'
    tag = page_with(program, f'data-site="demo" {attributes}', body)
    with website(tag.replace("lang=en", html)) as origin:
        page = open_page(origin)
        expect(page.locator("#parley.parley-built")).to_be_visible()
    return page


def test_it_reads_in_every_language_and_turns_with_it(
    program: Program, open_page: OpenPage
) -> None:
    page = visit(program, open_page, "")
    for code in CODES:
        page.evaluate("(code) => { document.getElementById('parley').dataset.lang = code }", code)

        expect(page.locator("#parley h2")).to_have_text(heading(code, 3))
        expect(page.locator(POST)).to_have_text(str(texts_of(code)["script"]["post"]))
        direction = "rtl" if code in ("ar", "fa", "he") else "ltr"
        expect(page.locator("#parley")).to_have_css("direction", direction)
        expect(page.locator("#parley")).to_have_attribute("lang", re.compile(f"^{code}"))


def test_browser_and_server_know_the_same_plural_forms(
    program: Program, open_page: OpenPage
) -> None:
    page = open_page("about:blank")
    rules = "(code) => new Intl.PluralRules(code).resolvedOptions().pluralCategories"
    names = page.evaluate(f"(codes) => codes.map({rules})", list(CODES))

    assert [set(one) for one in names] == [
        Locale.parse(code).plural_form.tags | {"other"} for code in CODES
    ]


@pytest.mark.parametrize(
    ("attributes", "html", "code"),
    [
        ('data-lang="pl"', "lang=de", "pl"),
        ("", 'lang="de-AT"', "de"),
        ("", 'lang="DE_at"', "de"),
        ("", "lang=hu", "en"),  # the browser's
        ("", 'lang="constructor"', "en"),
        ("", "", "en"),
        ('data-lang="no"', "", "nb"),
        ('data-lang="xx"', "lang=fr", "fr"),
    ],
)
def test_the_site_decides_then_the_page_then_the_browser(
    program: Program, open_page: OpenPage, attributes: str, html: str, code: str
) -> None:
    page = visit(program, open_page, attributes, html)

    expect(page.locator(POST)).to_have_text(str(texts_of(code)["script"]["post"]))


def test_it_follows_the_page_to_another_language_and_leaves_as_it_came(
    program: Program, open_page: OpenPage
) -> None:
    page = visit(program, open_page, "")

    page.evaluate("document.documentElement.lang = 'de'")
    expect(page.locator(POST)).to_have_text(str(GERMAN["post"]))
    page.evaluate("document.documentElement.lang = 'he'")
    expect(page.locator("#parley")).to_have_attribute("dir", "rtl")
    page.evaluate("Parley.unmount(document.getElementById('parley'))")

    assert page.evaluate(
        "['lang', 'dir'].map((name) => document.getElementById('parley').getAttribute(name))"
    ) == [None, None]


@pytest.mark.parametrize(("language", "files"), [("en", 0), ("de", 1)])
def test_english_is_inside_and_any_other_language_one_file(
    program: Program, open_page: OpenPage, language: str, files: int
) -> None:
    asked: list[Request] = []
    page = open_page("about:blank")
    page.on("request", lambda request: asked.append(request))
    body = f"<div data-parley data-page={DEMO_PAGE}></div><div data-parley data-page=/x></div>"
    html = page_with(program, 'data-site="demo"', body)
    with website(html.replace("lang=en", f"lang={language}")) as origin:
        page.goto(origin)
        expect(page.locator(POST)).to_have_count(2)

    assert sum("/languages/" in request.url for request in asked) == files


def test_a_language_that_cannot_be_fetched_leaves_english(
    program: Program, open_page: OpenPage
) -> None:
    page = open_page("about:blank")
    page.route("**/languages/*", lambda route: route.fulfill(status=503, body="{}"))
    body = f'<div id="parley" data-lang="ar" data-page="{DEMO_PAGE}"></div>'
    with website(page_with(program, 'data-site="demo"', body)) as origin:
        page.goto(origin)

        expect(page.locator("#parley h2")).to_have_text("3 Comments")
        expect(page.locator("#parley")).to_have_attribute("dir", "ltr")


def test_the_site_replaces_any_text(program: Program, open_page: OpenPage) -> None:
    texts = """{"post": "Los!", "count": {"one": "{count} Brief", "other": "{count} Briefe"}}"""
    page = visit(program, open_page, f"data-texts='{texts}'", "lang=de")

    expect(page.locator(POST)).to_have_text("Los!")
    expect(page.locator("#parley h2")).to_have_text("3 Briefe")
    expect(page.get_by_text(str(GERMAN["reply"]), exact=True)).to_have_count(3)

    page.evaluate("Parley.mount(document.getElementById('parley'), { texts: { post: 'Ab!' } })")
    expect(page.locator(POST)).to_have_text("Ab!")


@pytest.mark.parametrize("texts", ["{", "[1]", '{"nothing": "x"}', '{"post": 1}', '{"post": null}'])
def test_texts_that_are_none_are_named_in_the_console(
    program: Program, open_page: OpenPage, texts: str
) -> None:
    page = open_page("about:blank")
    body = f"<div id='parley' data-texts='{texts}'></div>"
    with website(page_with(program, 'data-site="demo"', body)) as origin:
        with page.expect_console_message(lambda message: "Parley: " in message.text) as logged:
            page.goto(origin)

        assert "texts are given by their keys" in logged.value.text
        expect(page.locator(POST)).to_have_text("Post comment")


def test_a_refusal_is_in_the_language_of_the_page(program: Program, open_page: OpenPage) -> None:
    page = open_page(program.article)
    page.evaluate("document.getElementById('parley').dataset.lang = 'fr'")
    expect(page.locator(POST)).to_have_text("Publier le commentaire")

    page.locator("#parley-name").fill("a" * 81)
    page.locator("#parley-text").fill("Bonjour")
    page.locator(POST).click()

    sentence = "Il y a 81 caractères, pour un maximum de 80."
    expect(page.locator("#parley-name-wrong")).to_have_text(sentence)
