"""The script in Firefox, where no word of it is in the console."""

from collections.abc import Iterator

import pytest

from service.languages.reader_language import texts_of
from tests.support.firefox import Window, firefox, window
from tests.support.program import DEMO_PAGE, Program, running_with
from tests.support.websites import page_with, website

TEXT = "Thank you for this clear article."
ANSWER = "I think so as well, and thank you."
FIRST = "A first comment."


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with running_with(tmp_path_factory.mktemp("var"), [("Eve", FIRST)]) as program:
        yield program


@pytest.fixture(scope="module")
def origin(program: Program) -> Iterator[str]:
    body = f'<div id="parley" data-page="{DEMO_PAGE}"></div>'
    with website(page_with(program, 'data-site="demo"', body)) as origin:
        program.command("site", "set", "demo", "--origin", origin, "--origin", program.url)
        yield origin


@pytest.fixture(scope="module")
def opened() -> Iterator[Window]:
    path = firefox()
    if path is None:
        pytest.skip("no Firefox with geckodriver on PATH here")
    with window(path) as opened:
        yield opened


@pytest.fixture
def firefox_window(opened: Window, origin: str) -> Iterator[Window]:
    """One that shows the comments; whatever it says in the console is too much."""
    opened.messages.clear()
    opened.driver.get(origin)
    opened.run("localStorage.clear()")
    opened.driver.get(origin)
    opened.one("#parley.parley-built")
    yield opened
    assert opened.messages == []


def fill(window: Window, text: str) -> None:
    for field, value in (("name", "Ada"), ("text", text)):
        window.one(f"#parley-{field}").clear()
        window.one(f"#parley-{field}").send_keys(value)


def post(window: Window, text: str) -> None:
    fill(window, text)
    window.one(".parley-form .parley-button").click()


def comments(window: Window) -> str:
    return str(window.one(".parley-list").text)


def test_a_comment_and_an_answer_are_posted_in_their_places(firefox_window: Window) -> None:
    post(firefox_window, TEXT)
    firefox_window.wait(lambda: TEXT in comments(firefox_window))
    firefox_window.wait(lambda: "published" in firefox_window.one(".parley-status").text)

    firefox_window.one('[aria-label="Reply to Eve"]').click()
    assert "In reply to Eve" in firefox_window.one(".parley-reply").text
    post(firefox_window, ANSWER)

    firefox_window.wait(lambda: ANSWER in firefox_window.one(".parley-answers").text)
    firefox_window.wait(lambda: "Being checked" not in comments(firefox_window))


def test_a_draft_is_there_again_after_a_reload(firefox_window: Window) -> None:
    fill(firefox_window, "Not finished yet")

    firefox_window.driver.refresh()

    text = firefox_window.one("#parley.parley-built #parley-text")
    assert text.get_property("value") == "Not finished yet"
    assert firefox_window.one("#parley-name").get_property("value") == "Ada"


def test_a_comment_that_is_too_long_is_refused_in_words_and_stays(firefox_window: Window) -> None:
    firefox_window.one("#parley-name").send_keys("N" * 81)
    firefox_window.one("#parley-text").send_keys("Fine.")
    firefox_window.one(".parley-form .parley-button").click()

    assert "81 characters" in firefox_window.one("#parley-name-wrong").text
    assert firefox_window.one("#parley-text").get_property("value") == "Fine."


@pytest.mark.parametrize("code", ["ar", "he", "fa", "ja"])
def test_it_reads_in_the_direction_of_its_language(firefox_window: Window, code: str) -> None:
    firefox_window.run(f"document.getElementById('parley').dataset.lang = '{code}'")

    post_text = texts_of(code)["script"]["post"]
    firefox_window.wait(lambda: firefox_window.one(".parley-form .parley-button").text == post_text)
    direction = "ltr" if code == "ja" else "rtl"
    assert firefox_window.one("#parley").value_of_css_property("direction") == direction
    assert firefox_window.run("return document.documentElement.scrollWidth <= innerWidth")
